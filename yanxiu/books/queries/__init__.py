"""What is asked of books."""

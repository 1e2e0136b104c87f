"""What is asked of search."""

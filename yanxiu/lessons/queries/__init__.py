"""What is asked of lessons."""

"""What is asked of reading."""

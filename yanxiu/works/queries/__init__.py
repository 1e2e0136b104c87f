"""What is asked of works."""

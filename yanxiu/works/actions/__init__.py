"""What is done in works."""

"""What is done in search."""

"""What is done in books."""

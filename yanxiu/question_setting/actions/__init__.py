"""What is done in question setting."""

"""What is done in observation."""

"""What is done in lessons."""

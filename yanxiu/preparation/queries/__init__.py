"""What is asked of preparation."""

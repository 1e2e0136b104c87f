"""What is asked of question setting."""

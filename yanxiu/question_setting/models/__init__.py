"""The rows of question setting."""

"""The pages of question setting."""

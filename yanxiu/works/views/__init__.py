"""The pages of works."""

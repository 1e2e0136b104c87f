"""The rows of works."""

"""The rows of books."""

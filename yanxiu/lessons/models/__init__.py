"""The rows of lessons."""

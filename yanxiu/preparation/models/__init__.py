"""The rows of preparation."""

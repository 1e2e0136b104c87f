"""The rows of originality."""

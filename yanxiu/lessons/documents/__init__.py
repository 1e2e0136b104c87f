"""Papers about lessons."""

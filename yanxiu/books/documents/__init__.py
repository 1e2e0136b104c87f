"""Papers about reading."""

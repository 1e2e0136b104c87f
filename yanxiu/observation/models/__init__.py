"""The rows of observation."""

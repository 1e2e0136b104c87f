"""The pages of observation."""

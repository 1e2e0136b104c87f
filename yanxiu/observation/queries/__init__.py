"""What is asked of observation."""

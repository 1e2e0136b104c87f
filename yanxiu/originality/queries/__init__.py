"""What is asked of originality."""

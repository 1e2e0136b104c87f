"""What is done in originality."""

"""The pages of originality."""

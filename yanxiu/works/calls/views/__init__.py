"""The pages of calls for papers."""

"""The pages of one's own records and hours, and the office's view of them."""

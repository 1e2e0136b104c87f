"""The first page of each role, and the page that opens a figure."""

"""工作台: the first page of each role and the page that opens a figure."""

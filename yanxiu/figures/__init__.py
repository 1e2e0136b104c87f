"""数据项: the types and the table of all numbers that can be opened."""

"""The floor: the same server and database with one view that inserts one row."""

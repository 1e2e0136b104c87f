"""Reading lessons, timetables and what they add up to."""

"""The ways in which people and organisation say no."""

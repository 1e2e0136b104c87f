"""The forms of people and organisation."""

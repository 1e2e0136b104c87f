"""Plain values that every part of the house may use; no Django here."""

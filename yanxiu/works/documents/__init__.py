"""The papers that works make: one work, and a collection of works."""

"""The documents of plans, each in its own folder."""

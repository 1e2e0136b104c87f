"""The sheet of one observation that works through a whole lesson without a network."""

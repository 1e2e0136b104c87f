"""Documents that tell of several apps at once."""

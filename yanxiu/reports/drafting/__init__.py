"""Help with phrasing from a language model: what is sent and what may be taken."""

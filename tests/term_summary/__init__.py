"""From what happened to the term summary: no number invented, no place left empty."""

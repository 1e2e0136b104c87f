"""Documents: read what schools have, write what they owe. Plain Python, no Django."""

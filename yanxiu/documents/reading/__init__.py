"""Read the file of a plan, a summary or any other prose into one outline."""

from yanxiu.documents.reading.opening import LIMIT, MEGABYTE, read, takes_patience

__all__ = ["LIMIT", "MEGABYTE", "read", "takes_patience"]

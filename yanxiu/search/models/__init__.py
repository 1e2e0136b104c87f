"""The rows of this app."""

from yanxiu.search.models.entry import Changed, Entry

__all__ = ["Changed", "Entry"]

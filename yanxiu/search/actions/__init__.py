"""Keeping the index of the search."""

from yanxiu.search.actions.indexing import note_changed, read_changed, rebuild

__all__ = ["note_changed", "read_changed", "rebuild"]

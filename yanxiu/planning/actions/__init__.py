"""Everything that changes plans."""

from yanxiu.planning.actions.marking import mark_held, mark_missed, mark_scheduled

__all__ = ["mark_held", "mark_missed", "mark_scheduled"]

"""Who must hear at once that facts, posts or tiers of some teachers are others.

What is reckoned from these facts lies above this app, which cannot call it; so it puts itself
down here at start, and is told in the transaction of the change.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

Listener = Callable[[Collection[int], datetime], None]

LISTENERS: Final[list[Listener]] = []

RECKONED_FROM: Final = frozenset({"started_work", "cycle_from", "retires"})
"""The facts of a teacher from which others reckon."""


def tell(teachers: Collection[int], at: datetime) -> None:
    """Tell that posts, tiers or something of `RECKONED_FROM` changed for `teachers` (keys)."""
    if teachers:
        for listener in LISTENERS:
            listener(teachers, at)

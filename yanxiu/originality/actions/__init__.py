"""What changes what is compared."""

from yanxiu.originality.actions.entering import LONGEST, enter, mark_again, mark_all, remove
from yanxiu.originality.actions.known_texts import (
    add_known_text,
    allow_area,
    remove_known_text,
    stop_area,
)

__all__ = [
    "LONGEST",
    "add_known_text",
    "allow_area",
    "enter",
    "mark_again",
    "mark_all",
    "remove",
    "remove_known_text",
    "stop_area",
]

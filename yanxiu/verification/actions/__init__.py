"""Everything that changes rows here."""

from yanxiu.verification.actions.sampling import (
    NewCheck,
    answer,
    assign_checkers,
    call_off,
    draw_sample,
    give_to,
    mark,
)

__all__ = [
    "NewCheck",
    "answer",
    "assign_checkers",
    "call_off",
    "draw_sample",
    "give_to",
    "mark",
]

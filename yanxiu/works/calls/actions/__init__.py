"""Everything that changes calls for papers, entries and reviews."""

from yanxiu.works.calls.actions.calling import (
    CallFacts,
    cancel_call,
    change_call,
    close_call,
    open_call,
    reopen_call,
)
from yanxiu.works.calls.actions.deciding import (
    Decision,
    announce,
    correct_result,
    decide,
    decide_and_announce,
    mark_of,
)
from yanxiu.works.calls.actions.drawing import draw, name_panel
from yanxiu.works.calls.actions.entering import (
    blind_copy,
    enter,
    enter_file,
    withdraw_entry,
)
from yanxiu.works.calls.actions.reviewing import decline, score

__all__ = [
    "CallFacts",
    "Decision",
    "announce",
    "blind_copy",
    "cancel_call",
    "change_call",
    "close_call",
    "correct_result",
    "decide",
    "decide_and_announce",
    "decline",
    "draw",
    "enter",
    "enter_file",
    "mark_of",
    "name_panel",
    "open_call",
    "reopen_call",
    "score",
    "withdraw_entry",
]

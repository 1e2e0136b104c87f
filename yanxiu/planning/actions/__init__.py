"""Everything that changes plans."""

from yanxiu.planning.actions.confirming import confirm_proposal
from yanxiu.planning.actions.editing import (
    add_goal,
    add_item,
    add_quota,
    add_rhythm,
    agree_rhythm,
    assign_owner,
    confirm_plan,
    drop_item,
    finish_item,
    remove_part,
    set_rhythm,
    start_plan,
)
from yanxiu.planning.actions.marking import mark_held, mark_missed, mark_scheduled
from yanxiu.planning.actions.proposing import decide, drop_proposal, read_proposals

__all__ = [
    "add_goal",
    "add_item",
    "add_quota",
    "add_rhythm",
    "agree_rhythm",
    "assign_owner",
    "confirm_plan",
    "confirm_proposal",
    "decide",
    "drop_item",
    "drop_proposal",
    "finish_item",
    "mark_held",
    "mark_missed",
    "mark_scheduled",
    "read_proposals",
    "remove_part",
    "set_rhythm",
    "start_plan",
]

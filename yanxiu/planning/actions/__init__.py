"""Everything that changes plans."""

from yanxiu.planning.actions.adding import (
    add_goal,
    add_item,
    add_note,
    add_quota,
    add_recurring,
    add_rhythm,
    add_year_row,
)
from yanxiu.planning.actions.carrying import copy_plan, drop_carried, explain_carried
from yanxiu.planning.actions.changing import (
    agree_rhythm,
    edit_part,
    edit_plan,
    remove_part,
    set_rhythm,
)
from yanxiu.planning.actions.confirming import confirm_proposal
from yanxiu.planning.actions.deciding import (
    approve_plan,
    confirm_plan,
    read_out,
    return_plan,
    submit_plan,
    withdraw_submission,
)
from yanxiu.planning.actions.demanding import ask_for_plans, end_demand, remind
from yanxiu.planning.actions.items import (
    add_step,
    assign_owner,
    drop_item,
    finish_item,
    finish_step,
    remove_step,
)
from yanxiu.planning.actions.marking import mark_held, mark_missed, mark_scheduled
from yanxiu.planning.actions.merging import choose_for_merge, merge_proposal
from yanxiu.planning.actions.minutes import set_minutes
from yanxiu.planning.actions.proposing import read_proposals
from yanxiu.planning.actions.reviewing import (
    accept_rest,
    decide,
    drop_proposal,
    settle_alike,
    take_proposals,
    undo_decisions,
)
from yanxiu.planning.actions.starting import start_personal_plan, start_plan, start_scheme
from yanxiu.planning.actions.unmerging import undo_merge

__all__ = [
    "accept_rest",
    "add_goal",
    "add_item",
    "add_note",
    "add_quota",
    "add_recurring",
    "add_rhythm",
    "add_step",
    "add_year_row",
    "agree_rhythm",
    "approve_plan",
    "ask_for_plans",
    "assign_owner",
    "choose_for_merge",
    "confirm_plan",
    "confirm_proposal",
    "copy_plan",
    "decide",
    "drop_carried",
    "drop_item",
    "drop_proposal",
    "edit_part",
    "edit_plan",
    "end_demand",
    "explain_carried",
    "finish_item",
    "finish_step",
    "mark_held",
    "mark_missed",
    "mark_scheduled",
    "merge_proposal",
    "read_out",
    "read_proposals",
    "remind",
    "remove_part",
    "remove_step",
    "return_plan",
    "set_minutes",
    "set_rhythm",
    "settle_alike",
    "start_personal_plan",
    "start_plan",
    "start_scheme",
    "submit_plan",
    "take_proposals",
    "undo_decisions",
    "undo_merge",
    "withdraw_submission",
]

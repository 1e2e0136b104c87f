"""Everything that changes activities, sessions and attendance."""

from yanxiu.activities.actions.amending import amend_attendance
from yanxiu.activities.actions.closing import close_session
from yanxiu.activities.actions.ground import lay_ground
from yanxiu.activities.actions.planning import (
    cancel_session,
    give_part,
    move_session,
    plan_session,
    take_part_away,
)
from yanxiu.activities.actions.roll import call_roll, make_up
from yanxiu.activities.actions.scheduling import link_item, schedule_rhythms
from yanxiu.activities.actions.signing_in import close_sign_in, open_sign_in, sign_in
from yanxiu.activities.actions.writing import save_minutes

__all__ = [
    "amend_attendance",
    "call_roll",
    "cancel_session",
    "close_session",
    "close_sign_in",
    "give_part",
    "lay_ground",
    "link_item",
    "make_up",
    "move_session",
    "open_sign_in",
    "plan_session",
    "save_minutes",
    "schedule_rhythms",
    "sign_in",
    "take_part_away",
]

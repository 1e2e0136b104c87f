"""Everything that changes activities, sessions and attendance."""

from yanxiu.activities.actions.agreeing import (
    Point,
    agree,
    conclude,
    end_resolution,
    raise_problem,
    set_agenda,
    take_up,
)
from yanxiu.activities.actions.amending import amend_attendance
from yanxiu.activities.actions.closing import close_session
from yanxiu.activities.actions.deciding import confirm_attendance, set_aside, set_minutes
from yanxiu.activities.actions.ground import lay_ground
from yanxiu.activities.actions.kinds import (
    add_kind,
    change_kind,
    retire_kind,
    retire_theme,
    set_rules,
    set_theme,
)
from yanxiu.activities.actions.leaving import open_sign_out, sign_out, sign_out_all
from yanxiu.activities.actions.minding import remind_of_meetings
from yanxiu.activities.actions.planning import (
    cancel_session,
    give_part,
    move_session,
    occasion_of,
    plan_session,
    take_part_away,
)
from yanxiu.activities.actions.recognising import own_people, recognise_home
from yanxiu.activities.actions.roll import call_roll, make_up, mark_rest, undo_roll
from yanxiu.activities.actions.ruling import (
    drop_sign_in_rule,
    forget_devices,
    set_desk,
    set_sign_in_rule,
)
from yanxiu.activities.actions.scheduling import link_item, schedule_rhythms, undo_schedule
from yanxiu.activities.actions.series import (
    add_partner,
    add_session,
    remove_partner,
    shape_activity,
)
from yanxiu.activities.actions.signing_in import (
    close_sign_in,
    open_sign_in,
    sign_in,
    wait_for_sign_in,
)
from yanxiu.activities.actions.spot_checks import answer_spot_check, draw_spot_check
from yanxiu.activities.actions.voicing import give_feedback, save_note, say, withdraw_remark
from yanxiu.activities.actions.writing import delegate_minutes, save_minutes

__all__ = [
    "Point",
    "add_kind",
    "add_partner",
    "add_session",
    "agree",
    "amend_attendance",
    "answer_spot_check",
    "call_roll",
    "cancel_session",
    "change_kind",
    "close_session",
    "close_sign_in",
    "conclude",
    "confirm_attendance",
    "delegate_minutes",
    "draw_spot_check",
    "drop_sign_in_rule",
    "end_resolution",
    "forget_devices",
    "give_feedback",
    "give_part",
    "lay_ground",
    "link_item",
    "make_up",
    "mark_rest",
    "move_session",
    "occasion_of",
    "open_sign_in",
    "open_sign_out",
    "own_people",
    "plan_session",
    "raise_problem",
    "recognise_home",
    "remind_of_meetings",
    "remove_partner",
    "retire_kind",
    "retire_theme",
    "save_minutes",
    "save_note",
    "say",
    "schedule_rhythms",
    "set_agenda",
    "set_aside",
    "set_desk",
    "set_minutes",
    "set_rules",
    "set_sign_in_rule",
    "set_theme",
    "shape_activity",
    "sign_in",
    "sign_out",
    "sign_out_all",
    "take_part_away",
    "take_up",
    "undo_roll",
    "undo_schedule",
    "wait_for_sign_in",
    "withdraw_remark",
]

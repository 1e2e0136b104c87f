"""Everything that changes lessons, their series and the timetable."""

from yanxiu.lessons.actions.arranging import arrange, change, times_of, unit_of
from yanxiu.lessons.actions.cancelling import cancel, restore
from yanxiu.lessons.actions.giving import (
    forget_listener,
    give,
    note_listener,
    note_researcher,
    on_the_spot,
    take_back,
)
from yanxiu.lessons.actions.ground import lay_ground
from yanxiu.lessons.actions.inviting import answer, invite, request_researcher, withdraw_invitation
from yanxiu.lessons.actions.kinds import add_kind, change_kind, retire_kind, set_up
from yanxiu.lessons.actions.levels import check_level
from yanxiu.lessons.actions.series import (
    change_series,
    put_into_series,
    start_series,
    sum_up_series,
)
from yanxiu.lessons.actions.timetable import (
    read_timetable,
    settle_names,
    take_timetable,
    undo_timetable,
)

__all__ = [
    "add_kind",
    "answer",
    "arrange",
    "cancel",
    "change",
    "change_kind",
    "change_series",
    "check_level",
    "forget_listener",
    "give",
    "invite",
    "lay_ground",
    "note_listener",
    "note_researcher",
    "on_the_spot",
    "put_into_series",
    "read_timetable",
    "request_researcher",
    "restore",
    "retire_kind",
    "set_up",
    "settle_names",
    "start_series",
    "sum_up_series",
    "take_back",
    "take_timetable",
    "times_of",
    "undo_timetable",
    "unit_of",
    "withdraw_invitation",
]

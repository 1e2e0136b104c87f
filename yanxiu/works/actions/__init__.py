"""Everything that changes works, their ways outside and the register of prizes."""

from yanxiu.works.actions.carrying_on import propose_for_session, redesign_plan
from yanxiu.works.actions.correcting import correct_prize
from yanxiu.works.actions.ground import lay_ground
from yanxiu.works.actions.handing import drop, hand_in, restore_version, take_out, withdraw
from yanxiu.works.actions.importing import import_work
from yanxiu.works.actions.kinds import (
    SectionUse,
    add_work_kind,
    retire_work_kind,
    set_sections,
)
from yanxiu.works.actions.reading import read_work, return_work
from yanxiu.works.actions.registering import (
    Told,
    change_outcome,
    confirm_outcome,
    return_outcome,
    tell_outcome,
)
from yanxiu.works.actions.sending import recommend, send, take_back_submission, tell_result
from yanxiu.works.actions.starting import start
from yanxiu.works.actions.writing import change_kind, name_authors, save, share

__all__ = [
    "SectionUse",
    "Told",
    "add_work_kind",
    "change_kind",
    "change_outcome",
    "confirm_outcome",
    "correct_prize",
    "drop",
    "hand_in",
    "import_work",
    "lay_ground",
    "name_authors",
    "propose_for_session",
    "read_work",
    "recommend",
    "redesign_plan",
    "restore_version",
    "retire_work_kind",
    "return_outcome",
    "return_work",
    "save",
    "send",
    "set_sections",
    "share",
    "start",
    "take_back_submission",
    "take_out",
    "tell_outcome",
    "tell_result",
    "withdraw",
]

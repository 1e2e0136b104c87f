"""Everything that changes observations and what follows from them."""

from yanxiu.observation.actions.answering import finish_advice, leave_advice, reply, take_advice
from yanxiu.observation.actions.checking import check, check_all, send_back, uncheck
from yanxiu.observation.actions.handing_in import hand_in, take_back
from yanxiu.observation.actions.keeping import save_marks, save_ratings, save_texts
from yanxiu.observation.actions.rubrics import (
    change_rubric,
    lay_ground,
    make_rubric,
    retire_rubric,
)
from yanxiu.observation.actions.settling import drop, save_setting, set_facts, settle
from yanxiu.observation.actions.starting import start, start_on_the_spot
from yanxiu.observation.actions.taking import NewMark, NewRating, NewText, Saved
from yanxiu.observation.actions.talking import (
    add_photo,
    announce_appraisal,
    enter_test,
    hand_in_account,
    keep_photo,
    save_account,
    say,
    take_word_back,
)

__all__ = [
    "NewMark",
    "NewRating",
    "NewText",
    "Saved",
    "add_photo",
    "announce_appraisal",
    "change_rubric",
    "check",
    "check_all",
    "drop",
    "enter_test",
    "finish_advice",
    "hand_in",
    "hand_in_account",
    "keep_photo",
    "lay_ground",
    "leave_advice",
    "make_rubric",
    "reply",
    "retire_rubric",
    "save_account",
    "save_marks",
    "save_ratings",
    "save_setting",
    "save_texts",
    "say",
    "send_back",
    "set_facts",
    "settle",
    "start",
    "start_on_the_spot",
    "take_advice",
    "take_back",
    "take_word_back",
    "uncheck",
]

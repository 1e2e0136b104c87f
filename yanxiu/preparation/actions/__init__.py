"""Everything that changes lesson plans, what is said of them, schedules and requirements."""

from yanxiu.preparation.actions.checking import mark_example, review, save_form
from yanxiu.preparation.actions.deeds import (
    agree,
    credit_lead,
    hand_in,
    make_own,
    offer,
    reopen,
    take_back,
)
from yanxiu.preparation.actions.dropping import discard, empty_bin, restore
from yanxiu.preparation.actions.requiring import begin_requirement, decide_requirement, propose
from yanxiu.preparation.actions.scheduling import read_topics, set_topics
from yanxiu.preparation.actions.talk import (
    answer_question,
    ask_question,
    comment,
    settle,
    withdraw_comment,
)
from yanxiu.preparation.actions.teaching import (
    add_note,
    change_note,
    remove_note,
    stop_using,
    use_in,
)
from yanxiu.preparation.actions.writing import (
    Clash,
    Saved,
    change_facts,
    revise,
    save,
    start,
    start_from_file,
)

__all__ = [
    "Clash",
    "Saved",
    "add_note",
    "agree",
    "answer_question",
    "ask_question",
    "begin_requirement",
    "change_facts",
    "change_note",
    "comment",
    "credit_lead",
    "decide_requirement",
    "discard",
    "empty_bin",
    "hand_in",
    "make_own",
    "mark_example",
    "offer",
    "propose",
    "read_topics",
    "remove_note",
    "reopen",
    "restore",
    "review",
    "revise",
    "save",
    "save_form",
    "set_topics",
    "settle",
    "start",
    "start_from_file",
    "stop_using",
    "take_back",
    "use_in",
    "withdraw_comment",
]

"""Everything that changes papers that are set, and what is told of setting questions."""

from yanxiu.question_setting.actions.papers import (
    CHANGEABLE,
    TaskFacts,
    change_task,
    drop_task,
    hand_in_paper,
    plan_tasks,
    read_paper,
    set_specification,
    take_back_paper,
)
from yanxiu.question_setting.actions.telling import (
    DeedFacts,
    NominationFacts,
    change_deed,
    decide_nomination,
    follow_nomination,
    nominate,
    remove_deed,
    set_expectations,
    tell_deed,
)

__all__ = [
    "CHANGEABLE",
    "DeedFacts",
    "NominationFacts",
    "TaskFacts",
    "change_deed",
    "change_task",
    "decide_nomination",
    "drop_task",
    "follow_nomination",
    "hand_in_paper",
    "nominate",
    "plan_tasks",
    "read_paper",
    "remove_deed",
    "set_expectations",
    "set_specification",
    "take_back_paper",
    "tell_deed",
]

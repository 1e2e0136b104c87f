"""Everything that changes people and organisations."""

from yanxiu.people.actions.ground import lay_ground
from yanxiu.people.actions.language import choose_language, refuse_unknown_language
from yanxiu.people.actions.organisations import (
    add_organisation,
    add_unit,
    establish_school,
    rename_labels,
)
from yanxiu.people.actions.teachers import (
    add_teacher,
    end_membership,
    end_post,
    give_post,
    hold_tier,
    join_unit,
)

__all__ = [
    "add_organisation",
    "add_teacher",
    "add_unit",
    "choose_language",
    "end_membership",
    "end_post",
    "establish_school",
    "give_post",
    "hold_tier",
    "join_unit",
    "lay_ground",
    "refuse_unknown_language",
    "rename_labels",
]

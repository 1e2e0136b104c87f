"""The rows that every installation starts with."""

from yanxiu.activities import actions as activities
from yanxiu.activities.actions.tagging import lay_teaching_ground
from yanxiu.people import actions as people
from yanxiu.regulations import actions as regulations


def lay_ground() -> None:
    """Add shipped roles and kinds that are missing; safe to do at every start."""
    people.lay_ground()
    activities.lay_ground()
    lay_teaching_ground()
    regulations.lay_ground()

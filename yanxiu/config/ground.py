"""The rows that every installation starts with."""

from yanxiu.activities import actions as activities
from yanxiu.people import actions as people


def lay_ground() -> None:
    """Add shipped roles and kinds that are missing; safe to do at every start."""
    people.lay_ground()
    activities.lay_ground()

"""The rows that every installation starts with."""

from yanxiu.activities import actions as activities
from yanxiu.activities.actions.tagging import lay_teaching_ground
from yanxiu.lessons import actions as lessons
from yanxiu.observation import actions as observation
from yanxiu.people import actions as people
from yanxiu.regulations import actions as regulations
from yanxiu.works import actions as works


def lay_ground() -> None:
    """Add shipped roles and kinds that are missing; safe to do at every start."""
    people.lay_ground()
    activities.lay_ground()
    lay_teaching_ground()
    lessons.lay_ground()
    observation.lay_ground()
    regulations.lay_ground()
    works.lay_ground()

"""What changes for a person or the staff: leave, moving, skills, requirements, goals, teams."""

from yanxiu.people.actions.staff.goals import drop_goal, keep_goal, keep_setting, write_note
from yanxiu.people.actions.staff.moving import add_leave, end_leave, move_teacher
from yanxiu.people.actions.staff.teams import keep_team, open_programme, propose_team
from yanxiu.people.actions.staff.tiers import (
    add_skill,
    note_requirement,
    rate_skills,
    review_tier,
    shape_tier,
)

__all__ = [
    "add_leave",
    "add_skill",
    "drop_goal",
    "end_leave",
    "keep_goal",
    "keep_setting",
    "keep_team",
    "move_teacher",
    "note_requirement",
    "open_programme",
    "propose_team",
    "rate_skills",
    "review_tier",
    "shape_tier",
    "write_note",
]

"""Pages on the staff as a whole."""

from yanxiu.people.views.staff.structure_page import (
    drop_goal,
    goal,
    note,
    setting,
    sheet,
    skill,
    staff,
)
from yanxiu.people.views.staff.teams_page import programme, programme_new, team, team_new, teams
from yanxiu.people.views.staff.tiers_page import shape_tier, tiers

__all__ = [
    "drop_goal",
    "goal",
    "note",
    "programme",
    "programme_new",
    "setting",
    "shape_tier",
    "sheet",
    "skill",
    "staff",
    "team",
    "team_new",
    "teams",
    "tiers",
]

"""Reading the staff as a whole: age, education, tiers, leave, newcomers and goals."""

from yanxiu.people.staff.goals import GoalValue, goal_values
from yanxiu.people.staff.path import Moment, path_of
from yanxiu.people.staff.shape import (
    BANDS,
    COLLEGE,
    EDUCATIONS,
    MatrixRow,
    Member,
    Share,
    Structure,
    age_on,
    at_least,
    members,
    structure,
)
from yanxiu.people.staff.who import (
    are_of_use,
    holders,
    holds_tier_or_above,
    honour_tiers,
    newcomers,
    on_leave,
    setting_of,
    skills_for,
    tiers_at_least,
    tiers_for,
    working_in,
)

__all__ = [
    "BANDS",
    "COLLEGE",
    "EDUCATIONS",
    "GoalValue",
    "MatrixRow",
    "Member",
    "Moment",
    "Share",
    "Structure",
    "age_on",
    "are_of_use",
    "at_least",
    "goal_values",
    "holders",
    "holds_tier_or_above",
    "honour_tiers",
    "members",
    "newcomers",
    "on_leave",
    "path_of",
    "setting_of",
    "skills_for",
    "structure",
    "tiers_at_least",
    "tiers_for",
    "working_in",
]

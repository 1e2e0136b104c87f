"""The rows of people and organisation."""

from yanxiu.people.models.codes import LogInCode
from yanxiu.people.models.delegation import Delegation
from yanxiu.people.models.governing import (
    Guest,
    MembershipRule,
    Responsibility,
    ResponsibilityHolder,
)
from yanxiu.people.models.imports import (
    ColumnMeaning,
    RosterImport,
    RosterLine,
    SameNameDecision,
)
from yanxiu.people.models.organisation import Membership, Organisation, Unit, UnitKind
from yanxiu.people.models.oversight import GuidanceAct, SupervisionNote
from yanxiu.people.models.path import Departure, Leave
from yanxiu.people.models.post import Post, Role
from yanxiu.people.models.profile import Profile, ReformGrade
from yanxiu.people.models.teacher import Teacher
from yanxiu.people.models.tier import (
    Programme,
    RequirementState,
    Tier,
    TierHolding,
    TierRequirement,
    TierReview,
)
from yanxiu.people.models.workforce import (
    Skill,
    TeacherSkill,
    Team,
    TeamMember,
    WorkforceGoal,
    WorkforceNote,
    WorkforceSetting,
)

__all__ = [
    "ColumnMeaning",
    "Delegation",
    "Departure",
    "Guest",
    "GuidanceAct",
    "Leave",
    "LogInCode",
    "Membership",
    "MembershipRule",
    "Organisation",
    "Post",
    "Profile",
    "Programme",
    "ReformGrade",
    "RequirementState",
    "Responsibility",
    "ResponsibilityHolder",
    "Role",
    "RosterImport",
    "RosterLine",
    "SameNameDecision",
    "Skill",
    "SupervisionNote",
    "Teacher",
    "TeacherSkill",
    "Team",
    "TeamMember",
    "Tier",
    "TierHolding",
    "TierRequirement",
    "TierReview",
    "Unit",
    "UnitKind",
    "WorkforceGoal",
    "WorkforceNote",
    "WorkforceSetting",
]

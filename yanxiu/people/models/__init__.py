"""The rows of people and organisation."""

from yanxiu.people.models.codes import LogInCode
from yanxiu.people.models.imports import RosterImport
from yanxiu.people.models.organisation import Membership, Organisation, Unit, UnitKind
from yanxiu.people.models.post import Post, Role
from yanxiu.people.models.teacher import Teacher
from yanxiu.people.models.tier import Tier, TierHolding

__all__ = [
    "LogInCode",
    "Membership",
    "Organisation",
    "Post",
    "Role",
    "RosterImport",
    "Teacher",
    "Tier",
    "TierHolding",
    "Unit",
    "UnitKind",
]

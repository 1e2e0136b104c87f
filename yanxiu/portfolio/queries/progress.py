"""Whether a teacher keeps pace with the year, for the office's overview."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from yanxiu.ledger.queries import TeacherStanding
from yanxiu.ledger.rules.standing import RequirementStanding
from yanxiu.portfolio.queries.hours import main_requirement

SETTLING_DAYS: Final = 28
"""So long after the beginning of a year nobody is behind."""


@dataclass(frozen=True)
class Progress:
    """How one teacher stands in the year under one scheme."""

    requirement: RequirementStanding
    behind: bool


def progress(found: Iterable[TeacherStanding], day: date) -> list[Progress]:
    """Return the main requirement of each scheme, and whether help may be welcome."""
    mains = (main_requirement(each) for each in found)
    return [Progress(one, is_behind(one, day)) for one in mains if one]


def is_behind(requirement: RequirementStanding, day: date) -> bool:
    """Tell whether recognised and pending are behind the elapsed part of the period."""
    span = requirement.span
    passed = (day - span.start).days
    if passed < SETTLING_DAYS:
        return False
    reached = requirement.recognised + requirement.pending
    return reached * (span.end - span.start).days < requirement.required * passed

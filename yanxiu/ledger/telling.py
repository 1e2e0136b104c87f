"""What a standing comes to in one word: which requirement is the main one, and how it stands."""

from datetime import date, timedelta
from typing import Final

from yanxiu.ledger.models import Award, StandingRow
from yanxiu.ledger.queries.standings import TeacherStanding
from yanxiu.ledger.rules.standing import RequirementStanding

SETTLING_DAYS: Final = 28
"""So long after the beginning of a period nobody is behind."""


def main_requirement(each: TeacherStanding) -> RequirementStanding | None:
    """Return the first requirement of the year in hours or credits, else the first of all.

    One that stands by itself goes before a part of another, one that is asked before one that is
    only told.
    """
    asked = each.standing.requirements

    def rank(one: RequirementStanding) -> tuple[bool, bool, bool]:
        is_yearly = one.scope == "year" and one.unit in {"hour", "credit"}
        return (one.severity == "info", not is_yearly, bool(one.parent or one.partition))

    return min(asked, key=rank, default=None)


def behind_from(requirement: RequirementStanding) -> date | None:
    """Return the day from which recognised and pending lag behind the elapsed part of the period.

    None if they will not before its end, should nothing more come.
    """
    span, required = requirement.span, requirement.required
    if required <= 0:
        return None
    reached = requirement.recognised + requirement.pending
    enough = int(reached * (span.end - span.start).days / required) + 1
    day = span.start + timedelta(days=max(SETTLING_DAYS, enough))
    return day if day in span else None


def is_behind(requirement: RequirementStanding, day: date) -> bool:
    """Tell whether recognised and pending lag behind on `day`."""
    first = behind_from(requirement)
    return first is not None and first <= day


def why_nothing(award: Award) -> str:
    """Return in one clause why an award is nothing: what its last step says."""
    text: str = award.steps[-1]["text"] if award.steps else ""
    return text.removesuffix("，不计").removesuffix("，本记录不计")


def state_of(main: RequirementStanding | None) -> str:
    """Return the state of the main requirement, one of `StandingRow.State`."""
    state = StandingRow.State
    if main is None:
        return state.NOTHING
    if main.waived:
        return state.EXEMPT
    if main.recognised >= main.required:
        return state.MET
    return state.MISSING if main.missing else state.WAITING

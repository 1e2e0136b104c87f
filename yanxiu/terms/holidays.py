"""The national holidays as a package knows them: suggestions to accept, never rows by themselves.

The package learns of a year when its arrangement has been published and the package renewed; for a
year it does not know it says nothing, and neither do we.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, in_lieu_days, workdays

from yanxiu.kernel.spans import Span
from yanxiu.terms.models import DayOff

_WHOLE = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
"""Names that the package cuts short."""

_SHORT = {holiday.value: str(holiday.chinese) for holiday in Holiday}  # type: ignore[attr-defined]
NAMES = {value: _WHOLE.get(name, name) for value, name in _SHORT.items()}


@dataclass(frozen=True)
class Suggestion:
    """Days off, or one make-up day with the weekday it most likely stands for."""

    kind: str
    name: str
    span: Span
    taught_as: int | None = None

    @property
    def key(self) -> str:
        """The name of the suggestion in a form."""
        return f"{self.kind}-{self.span.start}"


def known_years() -> set[int]:
    """Return the years whose arrangement is known."""
    return {day.year for day in holidays}


def suggestions(span: Span) -> list[Suggestion]:
    """Return the national days off and make-up days within `span`, in their order."""
    found = _days_off(span) + _make_up_days(span)
    return sorted(found, key=lambda one: one.span.start)


def _days_off(span: Span) -> list[Suggestion]:
    found: list[Suggestion] = []
    for day in sorted(one for one in holidays if one in span):
        name, next_day = NAMES[holidays[day]], day + timedelta(days=1)
        if found and found[-1].name == name and found[-1].span.end == day:
            start = found.pop().span.start
            found.append(Suggestion(DayOff.Kind.OFF, name, Span(start, next_day)))
        else:
            found.append(Suggestion(DayOff.Kind.OFF, name, Span(day, next_day)))
    return found


def _make_up_days(span: Span) -> list[Suggestion]:
    """Pair each make-up day with a day taken off in its stead, both in their order."""
    found = []
    for day in sorted(one for one in workdays if one in span):
        near = _of_the_same(workdays, day), _of_the_same(in_lieu_days, day)
        made_up, taken = near
        number = made_up.index(day)
        taught_as = taken[number].isoweekday() if number < len(taken) else None
        name = NAMES[workdays[day]]
        kind = DayOff.Kind.MAKE_UP
        found.append(Suggestion(kind, name, Span(day, day + timedelta(days=1)), taught_as))
    return found


def _of_the_same(days: dict[date, Any], day: date) -> list[date]:
    """Return those of `days` that belong to the holiday for which `day` is made up."""
    near = timedelta(days=40)
    return sorted(one for one in days if days[one] == workdays[day] and abs(one - day) < near)

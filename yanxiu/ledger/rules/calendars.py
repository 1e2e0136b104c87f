"""Which semester, credit year and cycle a day lies in; a day lies in all of them at once."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.schemes import Cycle

_YEAR: Final = 12
_MOST_OF_A_MONTH: Final = 15
ALWAYS: Final = Span(date.min, date.max)


@dataclass
class Calendar:
    """The periods of one scheme for one teacher.

    Attributes:
        semesters: the school's own terms, as far as known.
        cycle_from: first day of a personal cycle; without it the place's cycle counts.
        extending: days by whose months the end of a cycle is moved.
    """

    cycle: Cycle
    semesters: Sequence[Span] = ()
    cycle_from: date | None = None
    extending: tuple[Span, ...] = ()
    _known: dict[tuple[str, date], Span] = field(default_factory=dict)
    _firsts: dict[str, "_Firsts"] = field(default_factory=dict)
    _after: dict[tuple[str, date], Span] = field(default_factory=dict)
    _starts: dict[int, list[date]] = field(default_factory=dict)
    _near: dict[date, list[Span]] = field(default_factory=dict)

    @property
    def is_own_cycle(self) -> bool:
        """Whether the cycle is counted from a day of this teacher's own."""
        return self.cycle.anchor == "personal" and self.cycle_from is not None

    def span(self, scope: str, day: date) -> Span:
        """Return the `day`, `semester`, `year`, `cycle` or `career` that contains `day`."""
        found = self._known.get((scope, day))
        if found is None:
            found = self._known[scope, day] = {
                "day": self._day,
                "semester": self._semester,
                "year": self._year,
                "cycle": self._cycle,
                "career": self._career,
            }[scope](day)
        return found

    def firsts(self, scope: str) -> "_Firsts":
        """Return the first day of the period of each day, to be asked often: `firsts[day]`."""
        found = self._firsts.get(scope)
        if found is None:
            found = self._firsts[scope] = _Firsts(self, scope)
        return found

    def following(self, scope: str, day: date) -> Span:
        """Return the period after that of `day`; a holiday between terms belongs to the first."""
        own = self.span(scope, day)
        found = self._after.get((scope, own.start))
        if found is None:
            after = own.end
            while self.span(scope, after).start == own.start:
                after += timedelta(days=1)
            found = self._after[scope, own.start] = self.span(scope, after)
        return found

    def _day(self, day: date) -> Span:
        return Span(day, day + timedelta(days=1))

    def _career(self, day: date) -> Span:
        return ALWAYS if day in ALWAYS else Span(day, day)

    def _year(self, day: date) -> Span:
        month, first = self.cycle.year_start
        start = date(day.year, month, first)
        if day < start:
            start = date(day.year - 1, month, first)
        return Span(start, date(start.year + 1, month, first))

    def _cycle(self, day: date) -> Span:
        usual = self._usual_cycle(day)
        if not self.extending:
            return usual
        before = self._cycle_as_lived(self._usual_cycle(usual.start - timedelta(days=1)))
        return before if day in before else self._cycle_as_lived(usual)

    def _cycle_as_lived(self, usual: Span) -> Span:
        """Return a cycle that ends later by the months that extend it, as the one before did."""
        start = usual.start
        if any(each.start < start for each in self.extending):
            before = self._usual_cycle(start - timedelta(days=1))
            start = max(start, self._cycle_as_lived(before).end)
        months = len(months_within(usual, self.extending))
        return Span(start, months_later(usual.end, months)) if months else Span(start, usual.end)

    def _usual_cycle(self, day: date) -> Span:
        months = self.cycle.years * _YEAR
        if self.cycle_from is not None and self.is_own_cycle:
            return _around(self.cycle_from, months, day)
        year = self._year(day).start.year
        passed = (year - self.cycle.first_year) % self.cycle.years
        month, first = self.cycle.year_start
        return Span(
            date(year - passed, month, first), date(year - passed + self.cycle.years, month, first)
        )

    def _semester(self, day: date) -> Span:
        """Return the school's own term, or else the scheme's usual one around `day`.

        A day of the holidays belongs to the term before it, as far as both lie in one usual
        semester: else a lesson observed in the holidays would need a threshold of its own.
        """
        usual = self._usual_semester(day)
        near = self._near.get(usual.start)
        if near is None:
            near = [span for span in self.semesters if span.start < usual.end]
            near = [span for span in near if span.end > usual.start]
            self._near[usual.start] = near
        if not near:
            return usual
        begun = [span for span in near if span.start <= day]
        return max(begun) if begun else min(near)

    def _usual_semester(self, day: date) -> Span:
        starts = self._starts_around(day.year)
        after = bisect_right(starts, day)
        return Span(starts[after - 1], starts[after])

    def _starts_around(self, year: int) -> list[date]:
        if year not in self._starts:
            self._starts[year] = sorted(
                date(each, month, first)
                for each in (year - 1, year, year + 1)
                for month, first in self.cycle.semester_starts
            )
        return self._starts[year]


class _Firsts(dict[date, date]):
    """The first day of the period of each day that was asked for."""

    def __init__(self, calendar: Calendar, scope: str) -> None:
        super().__init__()
        self._calendar, self._scope = calendar, scope
        self._last = Span(date.min, date.min)
        # A school's own terms leave holidays between them, which belong to the one before.
        self._is_gapless = scope != "semester" or not calendar.semesters

    def __missing__(self, day: date) -> date:
        last = self._last
        if not last.start <= day < last.end:
            last = self._calendar.span(self._scope, day)
            if self._is_gapless:
                self._last = last
        first = self[day] = last.start
        return first


def _around(first: date, months: int, day: date) -> Span:
    """Return the span around `day` in the row of spans of `months` that has one from `first`."""
    passed = (day.year - first.year) * _YEAR // months
    while months_later(first, passed * months) > day:
        passed -= 1
    while months_later(first, (passed + 1) * months) <= day:
        passed += 1
    return Span(months_later(first, passed * months), months_later(first, (passed + 1) * months))


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later; the first of the next month where there is none."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // _YEAR, (month + 1) % _YEAR + 1, 1)


def months_of(span: Span) -> list[Span]:
    """Return the months of `span`, counted from its first day; the last may be shorter."""
    months: list[Span] = []
    start = span.start
    while start < span.end:
        end = min(months_later(span.start, len(months) + 1), span.end)
        months.append(Span(start, end))
        start = end
    return months


def months_within(span: Span, spans: Iterable[Span]) -> list[Span]:
    """Return the months of `span` of which `spans` together cover half (15 days) or more."""
    near = [each for each in spans if each.start < span.end and each.end > span.start]
    if not near:
        return []
    return [month for month in months_of(span) if days_within(month, near) >= _half(month)]


def _half(month: Span) -> int:
    return min(_MOST_OF_A_MONTH, (month.end - month.start).days)


def days_within(span: Span, spans: Iterable[Span]) -> int:
    """Return how many days of `span` lie in one or more of `spans`."""
    days, reached = 0, span.start
    for each in sorted(spans):
        start, end = max(each.start, reached), min(each.end, span.end)
        if end > start:
            days += (end - start).days
            reached = end
    return days

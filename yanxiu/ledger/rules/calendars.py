"""Which semester, credit year and cycle a day lies in; a day lies in all of them at once."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.schemes import Cycle


@dataclass
class Calendar:
    """The periods of one scheme; `semesters` are the school's own terms, as far as known."""

    cycle: Cycle
    semesters: Sequence[Span] = ()
    _known: dict[tuple[str, date], Span] = field(default_factory=dict)
    _starts: dict[int, list[date]] = field(default_factory=dict)

    def span(self, scope: str, day: date) -> Span:
        """Return the `day`, `semester`, `year` or `cycle` that contains `day`."""
        key = (scope, day)
        if key not in self._known:
            self._known[key] = {
                "day": self._day,
                "semester": self._semester,
                "year": self._year,
                "cycle": self._cycle,
            }[scope](day)
        return self._known[key]

    def _day(self, day: date) -> Span:
        return Span(day, day + timedelta(days=1))

    def _year(self, day: date) -> Span:
        month, first = self.cycle.year_start
        start = date(day.year, month, first)
        if day < start:
            start = date(day.year - 1, month, first)
        return Span(start, date(start.year + 1, month, first))

    def _cycle(self, day: date) -> Span:
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
        near = [span for span in self.semesters if span.start < usual.end]
        near = [span for span in near if span.end > usual.start]
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

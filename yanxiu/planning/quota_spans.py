"""In which days a quota of a plan is counted."""

import calendar
from datetime import date, timedelta
from typing import Final

from yanxiu.kernel.spans import Span
from yanxiu.people.models import Organisation
from yanxiu.planning.models import Plan, Quota
from yanxiu.terms.queries import term_on

YEAR_BEGINS: Final = 9
"""The month with which a school year begins."""

WEEK: Final = timedelta(days=7)


def school_year_of(on: date) -> Span:
    """Return the days of the school year of `on`."""
    year = on.year if on.month >= YEAR_BEGINS else on.year - 1
    return Span(date(year, YEAR_BEGINS, 1), date(year + 1, YEAR_BEGINS, 1))


class QuotaSpans:
    """The days in which quotas are counted for an organisation on one day.

    A plan for longer than a term asks for its week, month and term anew in each of its terms: what
    was done in the first is not counted in the second.
    """

    def __init__(self, organisation: Organisation, on: date) -> None:
        """Ask nothing yet; the term of the day is asked for once, if a plan goes beyond its own."""
        self._organisation, self._on = organisation, on
        self._current: list[Span | None] = []

    def of(self, quota: Quota) -> Span:
        """Return the days of the week, two weeks, month, term or school year of the day."""
        on = self._on
        if quota.period in {Quota.Period.WEEK, Quota.Period.TWO_WEEKS}:
            weeks = 1 if quota.period == Quota.Period.WEEK else 2
            begins = self._term(quota.plan).start
            first = begins - timedelta(days=begins.weekday())
            start = first + (on - first) // (WEEK * weeks) * WEEK * weeks
            return Span(start, start + WEEK * weeks)
        if quota.period == Quota.Period.MONTH:
            days = calendar.monthrange(on.year, on.month)[1]
            return Span(on.replace(day=1), on.replace(day=1) + timedelta(days=days))
        return school_year_of(on) if quota.period == Quota.Period.YEAR else self._term(quota.plan)

    def _term(self, plan: Plan) -> Span:
        """Return the term of the plan; of a plan for longer, the one of the day."""
        if self._on in plan.term.span:
            return plan.term.span
        if not self._current:
            term = term_on(self._organisation, self._on)
            self._current.append(term.span if term else None)
        return self._current[0] or plan.span

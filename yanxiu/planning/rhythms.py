"""The days on which a rhythm meets: weekly, every few weeks, or so many times a month."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import groupby

from yanxiu.kernel.spans import Span
from yanxiu.planning.models import Rhythm
from yanxiu.terms.queries import SchoolDays

MOST_TIMES = 5
"""A month has at most so many of one weekday."""

MOST_WEEKS = 10
"""What is rarer is no weekly slot."""

USUAL_START = {
    "morning": time(9, 30),
    "afternoon": time(14, 30),
    "evening": time(19, 0),
    "": time(14, 30),
}
"""When a slot begins that names only the half-day."""


def rhythm_days(rhythm: Rhythm, span: Span, calendar: SchoolDays) -> Iterator[date]:
    """Yield the days in `span` on which `rhythm` meets.

    Weeks are counted from the week in which the span begins, so `span` is the whole term even if
    only a part of it is wanted. A day off is left out, not moved; a make-up day counts as the
    weekday that is taught on it. A rhythm of some times a month takes so many of the month's
    days, spread evenly from the first on, and all of them where there are fewer.
    """
    if rhythm.weekday is None:
        return
    days = [day for day in span.days() if calendar.weekday(day) == rhythm.weekday]
    times = times_a_month(rhythm)
    if times:
        for _month, found in groupby(days, key=lambda day: (day.year, day.month)):
            yield from _spread(list(found), times)
        return
    monday = span.start - timedelta(days=span.start.weekday())
    monday += timedelta(weeks=rhythm.from_week - 1)
    for day in days:
        weeks = (day - monday).days // 7
        if weeks >= 0 and weeks % rhythm.every_weeks == 0:
            yield day


def times_a_month(rhythm: Rhythm) -> int:
    """Return how many times a month `rhythm` meets, 0 where it goes by weeks."""
    return int(rhythm.times_a_month or 0)


def _spread(days: list[date], times: int) -> list[date]:
    if len(days) <= times:
        return days
    return [days[number * len(days) // times] for number in range(times)]


def start_of(rhythm: Rhythm) -> time:
    """Return when `rhythm` begins, the usual time of its half-day if it names none."""
    return rhythm.starts_at or USUAL_START[rhythm.half_day]

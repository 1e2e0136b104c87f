"""Days away for an approved reason: what is one absence, and which periods it frees."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.calendars import days_within

_NEAR = timedelta(days=800)
"""Beyond two years on either side nothing changes which periods of a span are free."""

Row = Callable[[Span], Sequence[Span]]
"""Gives the periods that a span touches, in their order."""


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return `spans` in their order, those that touch or overlap as one absence."""
    found: list[Span] = []
    for each in sorted(spans):
        if found and each.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return found


def long_enough(leaves: Sequence[Span], least_days: int, span: Span) -> list[Span]:
    """Return the absences that reduce what is asked in `span`.

    Each that lasts `least_days` from its first day to its last, also where a new year begins
    within it; and all of them where together they take so many days of `span`.
    """
    if days_within(span, leaves) >= max(least_days, 1):
        return list(leaves)
    return [each for each in leaves if (each.end - each.start).days >= least_days]


def freed(leaves: Sequence[Span], least_days: int, span: Span, row: Row) -> list[Span]:
    """Return the periods of `row` inside `span` of which nothing is asked.

    A period is free if the absences take at least `least_days` of it; half of it, where 0 says
    nothing. An absence that takes so much of none frees the one in which most of it lies, as long
    as it lasts `least_days` itself: a leave over New Year frees one year, not none and not two.
    """
    found: set[Span] = set()
    for leave in leaves:
        start, end = max(leave.start, span.start - _NEAR), min(leave.end, span.end + _NEAR)
        if start >= end:
            continue
        near = Span(start, end)
        periods = row(near)
        taken = [each for each in periods if _is_taken(each, leaves, least_days)]
        if not taken and (near.end - near.start).days >= least_days:
            taken = [max(periods, key=lambda each: days_within(each, [near]))]
        found.update(each for each in taken if each.start < span.end and each.end > span.start)
    return sorted(found)


def _is_taken(period: Span, leaves: Sequence[Span], least_days: int) -> bool:
    half = ((period.end - period.start).days + 1) // 2
    return days_within(period, leaves) >= (least_days or half)

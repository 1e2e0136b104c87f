"""任意连续几年: what counts in any so many years in a row, on whatever day they begin."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Final

from yanxiu.ledger.rules.amounts import NOTHING
from yanxiu.ledger.rules.calendars import months_later
from yanxiu.ledger.rules.demands import Limit

_YEAR: Final = 12
_OVER: Final = {"career": "任教以来"}


def over_what(limit: Limit) -> str:
    """Return the title of a limit, with the years it looks at where they are no one period."""
    years = f"任意连续 {limit.years} 年" if limit.years else _OVER.get(limit.scope, "")
    return limit.title + years


def fullest(counted: Mapping[Hashable, Decimal], day: date, years: int) -> Decimal:
    """Return the most that counts in one of the spans of so many years in which `day` lies.

    Of all spans those that begin with a day on which something counts, or with `day`, hold most.
    """
    days = sorted(each for each, value in counted.items() if isinstance(each, date) and value)
    sums = [NOTHING, *accumulate(counted[each] for each in days)]
    most = NOTHING
    for first in {day, *days[: bisect_right(days, day)]}:
        last = months_later(first, years * _YEAR)
        if day < last:
            inside = sums[bisect_left(days, last)] - sums[bisect_left(days, first)]
            most = max(most, inside)
    return most


def best_apart(worths: Sequence[tuple[date, Decimal]], years: int) -> set[int]:
    """Return the places of those that are worth most together, no two in the same `years`.

    `worths` are sorted by day; among choices of the same worth the earlier ones are taken.
    """
    days = [day for day, _ in worths]
    best: list[tuple[Decimal, frozenset[int]]] = [(NOTHING, frozenset())]
    for place, (day, worth) in enumerate(worths):
        before = bisect_right(days, day, key=lambda each: months_later(each, years * _YEAR))
        value, chosen = best[min(before, place)]
        with_it = value + worth
        best.append((with_it, chosen | {place}) if with_it > best[-1][0] else best[-1])
    return set(best[-1][1])

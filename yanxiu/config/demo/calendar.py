"""The two terms of the demo, set around the day on which it is loaded."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Half:
    """One term: the year in which its school year begins, 1 or 2, and its days `[start, end)`."""

    school_year: int
    half: int
    start: date
    end: date


FIRST_BEGINS, FIRST_ENDS = (9, 1), (1, 24)
SECOND_BEGINS, SECOND_ENDS = (2, 24), (7, 11)


def halves_around(today: date) -> tuple[Half, Half]:
    """Return the term before the last begun one, and the last begun one."""
    found = [_first(year) for year in range(today.year - 2, today.year + 1)]
    found += [_second(year) for year in range(today.year - 2, today.year + 1)]
    begun = sorted((half for half in found if half.start <= today), key=lambda half: half.start)
    return begun[-2], begun[-1]


def _first(year: int) -> Half:
    return Half(year, 1, date(year, *FIRST_BEGINS), date(year + 1, *FIRST_ENDS))


def _second(year: int) -> Half:
    return Half(year, 2, date(year + 1, *SECOND_BEGINS), date(year + 1, *SECOND_ENDS))


def days_off(half: Half) -> list[tuple[str, date, date]]:
    """Return the holidays inside `half` as (name, start, end excluded)."""
    year = half.start.year
    if half.half == 1:
        rows = [
            ("国庆假期", date(year, 10, 1), date(year, 10, 8)),
            ("元旦", date(year + 1, 1, 1), date(year + 1, 1, 2)),
        ]
    else:
        rows = [
            ("清明节", date(year, 4, 4), date(year, 4, 7)),
            ("劳动节", date(year, 5, 1), date(year, 5, 6)),
        ]
    return [row for row in rows if row[1] < half.end]


def week_of(half: Half, number: int, weekday: int) -> date:
    """Return the day with `weekday` (1 Monday) in week `number` of `half`."""
    monday = half.start - timedelta(days=half.start.weekday())
    return monday + timedelta(weeks=number - 1, days=weekday - 1)

"""A rhythm meets on the days that a simple reckoning by hand gives, over years with holidays."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.kernel.spans import Span
from yanxiu.planning.models import Rhythm
from yanxiu.planning.rhythms import rhythm_days
from yanxiu.terms.queries import SchoolDays

BEGIN = date(2025, 9, 1)
days = st.integers(0, 3 * 366).map(lambda number: BEGIN + timedelta(days=number))


@st.composite
def calendars(draw: st.DrawFn) -> SchoolDays:
    off: set[date] = set()
    for first in draw(st.lists(days, max_size=8)):
        off |= {first + timedelta(days=step) for step in range(draw(st.integers(1, 9)))}
    make_up = draw(st.dictionaries(days, st.integers(1, 7), max_size=8))
    return SchoolDays(frozenset(off), make_up)


spans = st.builds(lambda start, length: Span(start, start + timedelta(days=length)), days,
                  st.integers(0, 400))  # fmt: skip


def taught(day: date, calendar: SchoolDays) -> int | None:
    """The weekday that is taught on `day`, said again in other words."""
    if day in calendar.make_up:
        return calendar.make_up[day]
    if day in calendar.off:
        return None
    return day.weekday() + 1


def by_hand(
    weekday: int, every: int, span: Span, calendar: SchoolDays, first: int = 1
) -> list[date]:
    """Walk from Monday to Monday, and look at the seven days of every n-th week."""
    found = []
    monday = span.start
    while monday.weekday():
        monday -= timedelta(days=1)
    monday += timedelta(days=7 * (first - 1))
    while monday < span.end:
        week = [monday + timedelta(days=step) for step in range(7)]
        found += [day for day in week if day in span and taught(day, calendar) == weekday]
        monday += timedelta(days=7 * every)
    return found


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 7), st.integers(1, 5), st.integers(1, 5), spans, calendars())
def test_it_agrees_with_a_reckoning_by_hand(
    weekday: int, every: int, first: int, span: Span, calendar: SchoolDays
) -> None:
    rhythm = Rhythm(weekday=weekday, every_weeks=every, from_week=first)

    met = list(rhythm_days(rhythm, span, calendar))

    assert met == by_hand(weekday, every, span, calendar, first)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 7), st.integers(1, 6), spans, calendars())
def test_so_many_times_a_month_and_never_more(
    weekday: int, times: int, span: Span, calendar: SchoolDays
) -> None:
    rhythm = Rhythm(weekday=weekday, times_a_month=times)
    possible = by_hand(weekday, 1, span, calendar)

    met = list(rhythm_days(rhythm, span, calendar))

    months = {(day.year, day.month) for day in possible}
    for month in months:
        there = [day for day in possible if (day.year, day.month) == month]
        taken = [day for day in met if (day.year, day.month) == month]
        assert set(taken) <= set(there)
        assert len(taken) == min(times, len(there))
        assert taken[0] == there[0]
    assert met == sorted(met)


def test_twice_a_month_on_mondays_means_the_first_and_the_third() -> None:
    rhythm = Rhythm(weekday=1, times_a_month=2)
    span = Span(date(2026, 9, 1), date(2026, 12, 1))

    met = list(rhythm_days(rhythm, span, SchoolDays(frozenset(), {})))

    assert [day.day for day in met if day.month == 9] == [7, 21]
    assert len(met) == 6


def test_what_is_to_be_agreed_has_no_days() -> None:
    span = Span(date(2026, 9, 1), date(2027, 1, 20))

    assert list(rhythm_days(Rhythm(weekday=None), span, SchoolDays(frozenset(), {}))) == []

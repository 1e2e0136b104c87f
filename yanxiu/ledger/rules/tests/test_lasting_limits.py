"""A cap may look at any so many years in a row, or at all the years of somebody's work."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from yanxiu.ledger.rules.calendars import months_later
from yanxiu.ledger.rules.checking import findings
from yanxiu.ledger.rules.standing import counted_lines
from yanxiu.ledger.rules.tests.floors import counts, done, earned_by, place, stand, told

TOTAL = "requirements: [{requirement: total, title: 周期, source: 甲, scope: cycle, min: MIN}]\n"
END = date(2034, 12, 31)
CAP = "scope: rolling, years: 5, for: {kind: [training]}, max: 10"
LATER = """
  - {limit: held, title: 网络, source: 乙, scope: year, for: {delivery_mode: [online]}, max: 3,
     overflow: hold}
"""


def _limit(text: str, least: int = 0) -> str:
    total = TOTAL.replace("MIN", str(least)) if least else ""
    return f"{total}limits:\n  - {{limit: most, title: 培训, source: 甲, {text}}}\n"


def _papers(*days: date, items: int = 1) -> list[Any]:
    return [
        done(number, kind="paper", on=day, items=Decimal(items)) for number, day in enumerate(days)
    ]


def test_once_in_any_five_years_is_five_years_later_and_over_the_end_of_a_cycle() -> None:
    scheme = place(_limit("scope: rolling, years: 5, for: {kind: [paper]}, max_items: 1"))
    days = date(2023, 5, 10), date(2028, 5, 9), date(2028, 5, 10)

    assert counts(stand(scheme, *_papers(*days[:2]), on=END)) == [4, 0]
    assert counts(stand(scheme, *_papers(days[0], days[2]), on=END)) == [4, 4]


def test_the_choice_that_gives_most_counts_and_says_why_another_does_not() -> None:
    rule = """
award_rules:
  - {rule: paper, title: 论文, source: 甲, for: {kind: [paper]}, per: item, by: organiser_level,
     rates: {school: 1, county: 5}}
"""
    once = "scope: rolling, years: 5, for: {kind: [paper]}, max_items: 1"
    scheme = place(_limit(once, 1), rules=rule)
    records = [
        done(1, kind="paper", on=date(2021, 5, 10), organiser_level="school"),
        done(2, kind="paper", on=date(2023, 5, 10), organiser_level="county"),
    ]

    result = stand(scheme, *records, on=date(2024, 12, 31))

    assert counts(result) == [0, 5]
    assert "培训任意连续 5 年至多 1 份，计最高的，减去 1" in told(result, "total")


def test_two_pieces_in_one_record_are_not_one() -> None:
    scheme = place(_limit("scope: rolling, years: 5, for: {kind: [paper]}, max_items: 1"))
    assert counts(stand(scheme, *_papers(date(2021, 5, 10), items=2))) == [4]


def test_once_in_a_career_is_once_in_all_cycles() -> None:
    scheme = place(_limit("scope: career, for: {kind: [paper]}, max_items: 1", 1))
    records = _papers(date(2021, 5, 10), date(2033, 5, 10))

    result = stand(scheme, *records, on=END)

    assert counts(result) == [4, 0]
    assert "培训任教以来至多 1 份，计最高的，减去 4" in told(result, "total")


def test_what_is_held_takes_room_once_in_the_years_in_a_row() -> None:
    scheme = place(_limit(CAP) + LATER)
    record = done(1, 8, delivery_mode="online", on=date(2020, 5, 1))
    another = done(2, 2, on=date(2021, 5, 1))

    result = stand(scheme, record, another, on=date(2021, 12, 31))

    assert (result.cycle.hours, counts(result)) == (8, [3, 2])


def test_a_floor_above_such_a_cap_is_a_contradiction() -> None:
    for text in (CAP, "scope: career, for: {kind: [training]}, max: 10"):
        for least, reachable in ((10, True), (11, False)):
            scheme = place(_limit(text, least).replace("min:", "for: {kind: [training]}, min:"))
            codes = [each.code for each in findings(scheme)]
            assert ("floor-above-caps" in codes) is not reachable, (text, least)


RECORDS = st.lists(
    st.tuples(st.integers(0, 12 * 365), st.integers(1, 9), st.sampled_from(["online", ""])),
    max_size=14,
)


def _records(drawn: list[tuple[int, int, str]]) -> list[Any]:
    return [
        done(number, hours, delivery_mode=mode, on=date(2022, 1, 1) + timedelta(days=days))
        for number, (days, hours, mode) in enumerate(drawn)
    ]


@given(RECORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_no_five_years_hold_more_than_the_cap_in_any_order(
    drawn: list[tuple[int, int, str]], dice: random.Random
) -> None:
    scheme, records = place(_limit(CAP) + LATER), _records(drawn)
    lines, _ = counted_lines(scheme, earned_by(scheme, records), on=END)
    for first in {line.day for line in lines}:
        last = months_later(first, 60)
        assert sum(line.left for line in lines if first <= line.day < last) <= 10
    shuffled = list(records)
    dice.shuffle(shuffled)
    assert stand(scheme, *shuffled, on=END) == stand(scheme, *records, on=END)


@given(RECORDS, st.integers(0, 12 * 365), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_one_more_record_never_lowers_what_counts_in_all(
    drawn: list[tuple[int, int, str]], days: int, hours: int
) -> None:
    more = [*drawn, (days, hours, "")]
    for text in (CAP, "scope: rolling, years: 5, for: {kind: [training]}, max_items: 1"):
        scheme = place(_limit(text))
        before, after = (
            sum(counts(stand(scheme, *_records(some), on=END))) for some in (drawn, more)
        )
        assert after >= before

"""A sample can be drawn again by anybody, keeps to its strata, and nobody checks the own group."""

from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from random import Random

import pytest

from yanxiu.ledger.rules.auditing import (
    Candidate,
    Checker,
    assign,
    draw,
    draw_by_digit,
    how_many,
)
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.refusals import SchemeUnreadable

SMALL = """
id: made-up-sample
version: "2026"
title: 虚构县抽查办法
source: 《虚构县学时办法》
effective_from: 2026-09-01
unit: hour
time: {minutes_per_hour: 45, source: 第二条}
conversions: [{hours_per_credit: 10, source: 第三条}]
rounding: {step: 0.5, mode: floor, at: award, source: 第四条}
cycle: {years: 5, year_start: 09-01, first_year: 2026, semester_starts: [09-01], source: 第五条}
labels: {unit: {hour: 学时, credit: 学分}}
audit:
  {method: random, percent: 10, strata: [school, group], on_fail: redo, by: central_school,
   window: [09-01, 12-31], spare_sampled: true, source: 第九条}
transfers:
  - {transfer: from-hours, title: 外县学时折成学分, from: hour, to: credit, factor: 1/10,
     source: 第十条}
"""
PEOPLE = [Candidate(f"uid-{n}", (f"{n % 3}校",), f"{n:04d}", n % 2) for n in range(60)]


def test_the_section_is_read() -> None:
    audit = loads(SMALL).audit

    assert audit is not None
    assert (audit.percent, audit.strata, audit.window) == (
        Decimal(10),
        ("school", "group"),
        ((9, 1), (12, 31)),
    )


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("percent: 10", "percent: 110"),
        ("method: random", "method: dice"),
        ("strata: [school, group]", "strata: [school, school]"),
        ("window: [09-01, 12-31]", "window: [09-01]"),
        ("on_fail: redo", "on_fail: punish"),
    ],
)
def test_a_slip_is_refused_with_its_line(right: str, wrong: str) -> None:
    with pytest.raises(SchemeUnreadable, match=r"第 1[45] 行"):
        loads(SMALL.replace(right, wrong))


def test_it_is_the_same_whatever_the_order_and_another_with_another_seed() -> None:
    mixed = list(PEOPLE)
    Random(1).shuffle(mixed)  # noqa: S311 (any order)

    first = draw(PEOPLE, seed="2026秋", percent=Decimal(20))
    assert draw(mixed, seed="2026秋", percent=Decimal(20)) == first
    assert {one.uid for one in draw(PEOPLE, seed="2027春", percent=Decimal(20))} != {
        one.uid for one in first
    }


def test_anybody_can_reckon_it_with_sha256_alone() -> None:
    school = [one for one in PEOPLE if one.stratum == ("0校",)]
    by_hand = sorted(school, key=lambda one: sha256(f"2026秋|{one.uid}".encode()).hexdigest())[:4]

    drawn = [
        one.uid
        for one in draw(PEOPLE, seed="2026秋", percent=Decimal(20))
        if one.stratum == ("0校",)
    ]

    assert drawn == [one.uid for one in by_hand]


def test_each_stratum_has_its_share_and_at_least_one() -> None:
    few = [*PEOPLE, Candidate("alone", ("小教学点",))]

    drawn = draw(few, seed="s", percent=Decimal(10))

    counts = {one.stratum[0]: 0 for one in drawn}
    for one in drawn:
        counts[one.stratum[0]] += 1
    assert counts == {"0校": 2, "1校": 2, "2校": 2, "小教学点": 1}
    assert [how_many(Decimal(10), size) for size in (0, 1, 10, 11)] == [0, 1, 1, 2]


def test_who_was_drawn_before_comes_last_where_the_scheme_says_so() -> None:
    drawn = draw(PEOPLE, seed="s", percent=Decimal(50), spare_sampled=True)

    known = {one.uid: one.before for one in PEOPLE}
    for one, after in pairwise(drawn):
        if one.stratum == after.stratum:
            assert known[one.uid] <= known[after.uid]
    assert {known[one.uid] for one in drawn} == {0}


def test_a_tail_digit_takes_everybody_who_has_it() -> None:
    drawn = draw_by_digit([*PEOPLE, Candidate("none")], "5")

    assert sorted(one.uid for one in drawn) == sorted(f"uid-{n}" for n in range(5, 60, 10))


def test_nobody_checks_the_own_group_or_person_and_the_work_is_shared() -> None:
    maths, chinese = frozenset({"数学"}), frozenset({"语文"})
    drawn = [(f"m{n}", maths) for n in range(6)] + [(f"c{n}", chinese) for n in range(2)]
    drawn.append(("boss", frozenset()))
    checkers = [
        Checker("m9", maths), Checker("c9", chinese), Checker("boss", frozenset()),
    ]  # fmt: skip

    found = assign(drawn, checkers)

    assert all(found[f"m{n}"] != "m9" for n in range(6))
    assert all(found[f"c{n}"] != "c9" for n in range(2))
    assert found["boss"] != "boss"
    share = [list(found.values()).count(one.uid) for one in checkers]
    assert max(share) - min(share) <= 1
    assert assign([("m1", maths)], [Checker("m9", maths)]) == {}

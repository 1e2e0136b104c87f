"""Factors of one record: the highest alone, by teacher, after a cap, for a late claim; absence."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from yanxiu.ledger.rules.dependence import amount_of
from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.floors import counts, place, stand

RULES = """
award_rules:
  - rule: training
    title: 培训
    source: 第五条
    for: {kind: [training]}
    per: hour
    rates: 1
    MORE
    multiply:
      - {by: organiser_level, rates: {county: 1.2, municipal: 1.5}, source: 第五条}
      - {who: [new_head], rates: 1.3, source: 第五条}
      - {for: {role: [attendee]}, rates: 1/2, source: 第五条}
"""
LATE = """
validity:
  - {for: {kind: [training]}, claim_within_days: 60, late_factor: 1/2, source: 第六条}
  - {claim_by: 12-31, late_factor: 0.4, source: 第六条}
  - {for: {role: [presenter]}, claim_within_days: 90, source: 第六条}
"""
DAY = date(2021, 5, 10)
HEAD = Person(tiers=frozenset(["new_head"]))


def _place(more: str = "", sections: str = "") -> Any:
    return place(sections, rules=RULES.replace("MORE", more or "unit: hour"))


def _done(number: int = 1, hours: int = 60, **more: Any) -> Facts:
    given = {"stated": Decimal(hours), "on": DAY, **more}
    return Facts(UUID(int=number), UUID(int=0xA), "training", **given)


def _worth(facts: Facts, scheme: Any, person: Person | None = None) -> Decimal:
    given, looked_up = award(scheme, facts, person), amount_of(scheme, facts, person)
    assert given is not None
    assert looked_up is not None
    assert looked_up.amount == given.amount, "looked up as explained"
    return given.amount


@pytest.mark.parametrize(
    ("more", "person", "role", "hours"),
    [
        ("", None, "", 90),
        ("", HEAD, "", 117),
        ("multiply_policy: all", HEAD, "", 117),
        ("multiply_policy: highest", HEAD, "", 90),
        ("multiply_policy: highest", HEAD, "attendee", 45),
        ("base_cap: 40", HEAD, "", 78),
        ("base_cap: 40", None, "attendee", 30),
    ],
)
def test_factors_multiply_or_only_the_highest_of_those_above_one(
    more: str, person: Person | None, role: str, hours: int
) -> None:
    facts = _done(organiser_level="municipal", role=role)
    assert _worth(facts, _place(more), person) == hours


def test_a_factor_by_teacher_and_a_cap_before_factors_are_explained() -> None:
    made = award(_place("base_cap: 40"), _done(), HEAD)
    assert made is not None
    texts = [step.text for step in made.steps]
    assert texts[1:] == ["乘系数以前的上限 40 → 40", "新任校长 × 1.3 = 52"]


def test_parts_of_one_event_stand_under_one_cap_before_factors() -> None:
    scheme = _place("base_cap: 40")
    level = {"organiser_level": "municipal"}
    parts = [_done(n, 30, event_key="甲", **level) for n in (1, 2)]
    assert counts(stand(scheme, *parts)) == [45, 15]
    assert counts(stand(scheme, _done(1, 30, **level), _done(2, 30, **level))) == [45, 45]


@pytest.mark.parametrize(
    ("claimed", "role", "hours"),
    [
        (None, "", 60),
        (date(2021, 7, 9), "", 60),
        (date(2021, 7, 10), "", 30),
        (date(2022, 1, 1), "", 24),
        (date(2021, 7, 10), "presenter", 30),
        (date(2021, 9, 1), "presenter", 0),
    ],
)
def test_a_late_claim_counts_in_part_where_the_place_says_so(
    claimed: date | None, role: str, hours: int
) -> None:
    assert _worth(_done(claimed_on=claimed, role=role), _place(sections=LATE)) == hours


def test_a_late_claim_is_explained() -> None:
    made = award(_place(sections=LATE), _done(claimed_on=date(2021, 8, 1)))
    assert made is not None
    assert made.valid
    assert made.steps[-1].text == "应在 2021-07-09 以前登记，2021-08-01 才登记，× 0.5 = 30"


@pytest.mark.parametrize(("said", "at", "beyond"), [("from", 0, 0), ("over", 60, 0)])
def test_to_reach_a_share_is_less_than_to_exceed_it(said: str, at: int, beyond: int) -> None:
    missed = f"attendance: {{nothing_for: [], absent_share: {{{said}: 1/5}}, source: 第七条}}\n"
    scheme = _place(sections=missed)
    exactly, more = (_done(absent_minutes=minutes) for minutes in (720, 721))
    assert [_worth(exactly, scheme), _worth(more, scheme)] == [at, beyond]


def test_who_misses_any_of_it_gets_nothing_where_all_of_it_is_asked_for() -> None:
    missed = "attendance: {nothing_for: [], absent_share: {over: 0}, source: 第七条}\n"
    scheme = _place(sections=missed)
    whole, part = _done(absent_minutes=0), _done(absent_minutes=1)

    assert _worth(whole, scheme) > 0
    assert _worth(part, scheme) == 0
    made = award(scheme, part)
    assert made is not None
    assert "没有全程参加" in str([step.text for step in made.steps])


def test_a_late_record_names_the_rule_that_would_have_paid() -> None:
    narrow = (
        "award_rules:\n  - {rule: school, title: 校级, source: 第五条,"
        " for: {kind: [training], organiser_level: [school]}, per: hour, rates: 1}\n"
    )
    first = RULES.replace("award_rules:\n", narrow).replace("MORE", "unit: hour")
    scheme = place("validity: {claim_by: 12-31, source: 第六条}\n", rules=first)
    made = award(scheme, _done(organiser_level="county", claimed_on=date(2022, 3, 1)))
    assert made is not None
    assert (made.valid, made.rule) == (False, "training")


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("validity: {accepted_from: 2021-01-01, late_factor: 1/2, source: 甲}", "何时算过期"),
        ("validity: {claim_by: 12-31, late_factor: 2, source: 甲}", "不大于 1"),
        ("attendance: {nothing_for: [], absent_share: {}, source: 甲}", "缺席多少没有写明"),
    ],
)
def test_a_factor_that_means_nothing_is_refused(section: str, words: str) -> None:
    with pytest.raises(SchemeUnreadable, match=words):
        _place(sections=f"{section}\n")

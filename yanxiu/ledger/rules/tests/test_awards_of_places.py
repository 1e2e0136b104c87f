"""The award side of real rules can be written down, and reckons what their places reckon."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.tests.made_up import given, record, worth
from yanxiu.ledger.rules.tests.places import EVERYTHING, MISSED, MULTIPLIED, place

NEIJIANG = place(MULTIPLIED)
JIANGHAN = place(MISSED)
ALL = place(EVERYTHING)
HOUR = 45
PROOF = frozenset({"certificate", "list"})


def done(kind: str, **more: Any) -> Any:
    """Return a record of `kind` on a day on which every scheme of these tests is in force."""
    return record(kind=kind, **{"minutes": None, "on": date(2025, 5, 15), **more})


@pytest.mark.parametrize(
    ("role", "level", "hours"),
    [("presenter", "county", 10), ("observer", "county", 1), ("presenter", "school", 4)],
)
def test_t1_a_presenter_gets_more_by_level_and_a_listener_half(
    role: str, level: str, hours: int
) -> None:
    lesson = done("open_lesson", role=role, organiser_level=level, lessons=Decimal(2))
    assert worth(lesson, NEIJIANG) == hours


@pytest.mark.parametrize(("role", "hours"), [("lead", 30), ("member", 10)])
def test_t2_a_member_of_a_project_gets_a_third(role: str, hours: int) -> None:
    assert worth(done("research_project", role=role, organiser_level="provincial"), NEIJIANG) == (
        hours
    )


@pytest.mark.parametrize(
    ("grade", "hours"), [("excellent", "13"), ("pass", "12"), ("fail", "2"), ("", "12")]
)
def test_a_day_has_six_hours_and_the_result_weighs(grade: str, hours: str) -> None:
    course = done("training", days=Decimal(2), grade=grade, organiser_level="county")
    assert worth(course, NEIJIANG) == Decimal(hours)


@pytest.mark.parametrize(
    ("more", "hours"),
    [
        ({"stated": Decimal(40), "absent_minutes": 8 * HOUR}, 0),
        ({"stated": Decimal(40), "absent_minutes": 8 * HOUR - 1}, 40),
        ({"stated": Decimal(40), "minutes": 32 * HOUR, "absent_minutes": 8 * HOUR}, 0),
        ({"stated": Decimal(40), "minutes": 33 * HOUR, "absent_minutes": 8 * HOUR}, 40),
    ],
)
def test_t12_who_misses_a_fifth_gets_nothing(more: dict[str, Any], hours: int) -> None:
    assert worth(done("training", **more), JIANGHAN) == hours


def test_what_was_missed_is_told_with_the_article() -> None:
    result = given(done("training", stated=Decimal(40), absent_minutes=8 * HOUR), JIANGHAN)
    last = result.steps[-1]
    assert (result.valid, last.source) == (False, "第六条")
    assert last.text == "全程 1800 分钟，缺席 360 分钟，达到 1/5，本次不计"


def test_another_place_pays_half_to_who_missed_much() -> None:
    late = done("talk", role="attendee", minutes=2 * HOUR, absent_minutes=HOUR)
    assert [step.text for step in given(late, ALL).steps] == [
        "90 分钟 ÷ 45 = 2 学时",
        "全程 135 分钟，缺席 45 分钟，达到 1/3，× 0.5 = 1",
    ]


@pytest.mark.parametrize(
    ("more", "credits"),
    [
        ({"days": Decimal(3)}, "3.5"),
        ({"days": Decimal("3.5")}, "4"),
        ({"stated": Decimal(20)}, "4"),
        ({"minutes": 20 * HOUR}, "4"),
    ],
)
def test_half_days_are_counted_by_days_or_else_by_hours(
    more: dict[str, Any],
    credits: str,  # noqa: A002
) -> None:
    result = given(done("training", **more), ALL)
    assert (result.rule, result.unit, result.amount) == (
        "long-training",
        "credit",
        Decimal(credits),
    )


def test_an_hour_is_paid_by_minutes_else_as_stated_else_by_days() -> None:
    for more, hours in (
        ({"minutes": 90, "stated": Decimal(5)}, 2),
        ({"stated": Decimal(5)}, 5),
        ({"days": Decimal("0.5")}, 3),
    ):
        assert worth(done("talk", **more), ALL) == hours


def test_a_filter_has_alternatives_bounds_and_exceptions() -> None:
    def rule_of(**more: Any) -> str:
        return given(done("training", evidence=PROOF, **more), ALL).rule

    assert rule_of(stated=Decimal("19.9")) == "training"
    assert rule_of(stated=Decimal(20)) == "long-training"
    assert rule_of(stated=Decimal(2), days=Decimal(3)) == "long-training"
    outside = given(done("training", stated=Decimal(30), delivery_mode="school_based"), ALL)
    assert not outside.valid


def test_one_of_several_proofs_is_enough() -> None:
    course = done("training", stated=Decimal(4), evidence=frozenset({"certificate"}))
    assert given(course, ALL).steps[-1].text == "缺通知或签到表，本记录暂不计；补齐后即可认定"
    assert worth(done("training", stated=Decimal(4), evidence=PROOF), ALL) == 4


def test_a_rule_may_be_for_some_teachers_only() -> None:
    course = done("training", stated=Decimal(4), evidence=PROOF)
    novice = award(ALL, course, Person(tiers=frozenset({"novice"})))
    anyone = award(ALL, course, Person())
    assert novice
    assert anyone
    assert (novice.amount, anyone.amount) == (Decimal(8), Decimal(4))


def test_who_is_not_eligible_earns_nothing_and_reads_why() -> None:
    result = award(ALL, done("talk", minutes=90), Person(tiers=frozenset({"retiring"})))
    assert result
    assert not result.valid
    assert result.steps[-1].text == "本办法不适用于临退休教师，本记录不计"
    assert worth(done("talk", minutes=90), ALL) == 2, "of whom nothing is known"


@pytest.mark.parametrize(
    ("kind", "on", "claimed_on", "valid"),
    [
        ("talk", date(2025, 5, 15), date(2025, 12, 1), True),
        ("talk", date(2025, 5, 15), date(2025, 12, 2), False),
        ("talk", date(2025, 12, 30), date(2025, 12, 31), True),
        ("talk", date(2025, 12, 30), date(2026, 1, 1), False),
        ("paper", date(2022, 2, 28), None, False),
        ("paper", date(2022, 3, 1), None, True),
        ("paper", date(2026, 6, 30), None, True),
        ("paper", date(2026, 7, 1), None, False),
        ("talk", date(2026, 12, 31), None, True),
        ("talk", date(2027, 1, 1), None, False),
    ],
)
def test_a_deed_has_its_days_and_its_claim_a_deadline(
    kind: str, on: date, claimed_on: date | None, *, valid: bool
) -> None:
    deed = done(kind, on=on, claimed_on=claimed_on, minutes=90, characters=Decimal(2000))
    assert given(deed, ALL).valid is valid


@pytest.mark.parametrize(
    ("by", "on", "last"),
    [
        ("12-31", date(2025, 1, 1), date(2025, 12, 31)),
        ("03-31", date(2025, 12, 31), date(2026, 3, 31)),
        ("11-15", date(2025, 6, 1), date(2025, 11, 15)),
        ("11-15", date(2025, 11, 16), date(2026, 11, 15)),
    ],
)
def test_a_claim_day_is_near_the_end_of_the_credit_year(by: str, on: date, last: date) -> None:
    scheme = place(f"{MISSED}validity: {{claim_by: {by}, source: 第七条}}\n")

    def valid(day: date) -> bool:
        return given(done("talk", minutes=90, on=on, claimed_on=day), scheme).valid

    assert valid(last)
    assert not valid(last + timedelta(days=1))


def test_rounding_at_the_period_is_left_to_the_period() -> None:
    assert worth(done("paper", characters=Decimal(1500)), ALL) == Decimal("2.25")


def test_an_event_limit_spares_what_it_excepts() -> None:
    assert worth(done("talk", minutes=20 * HOUR), ALL) == 8, "the cap of the rule"
    assert worth(done("research_project", role="lead", organiser_level="county"), ALL) == 10
    lead = done("research_project", role="lead", organiser_level="provincial")
    member = done("research_project", role="member", organiser_level="provincial")
    assert [worth(lead, ALL), worth(member, ALL)] == [30, 12]


def test_every_step_of_every_place_has_its_source() -> None:
    deeds: list[tuple[Scheme, Any]] = [
        (NEIJIANG, done("training", days=Decimal(2), grade="fail")),
        (ALL, done("training", minutes=40 * HOUR)),
        (ALL, done("talk", days=Decimal(1), grade="excellent", attendance="late")),
    ]
    for scheme, deed in deeds:
        steps = given(deed, scheme).steps
        assert len(steps) > 1
        assert all(step.source and step.text for step in steps)


def test_what_no_rule_is_for_is_told_with_all_that_is_accepted() -> None:
    def last(scheme: Scheme, kind: str, **more: Any) -> str:
        return given(done(kind, **more), scheme).steps[-1].text

    assert last(NEIJIANG, "open_lesson", role="lead") == (
        "公开课只认定：执教、听课；本记录为“主研”，不计"
    )
    long = place(
        "award_rules:\n  - {rule: a, title: 培训, source: 第五条, per: stated, rates: 1,"
        " for: {kind: [training], at_least: {hour: 4}}, who: [novice]}\n"
    )
    assert last(long, "training", stated=Decimal(3)) == "培训只对新教师认定，不计"
    novice = award(long, done("training", stated=Decimal(3)), Person(tiers=frozenset({"novice"})))
    assert novice
    assert novice.steps[-1].text == "培训只认定不少于 4 学时的，本记录不计"

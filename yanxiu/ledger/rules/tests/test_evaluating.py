"""One record earns what its rule says, and the steps say how."""

import json
from datetime import date
from decimal import Decimal

from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.tests.made_up import FORTY_HOURS, HANDBOOK, MADE_UP, given, record, worth


def test_the_last_step_stands_at_the_amount() -> None:
    result = given(record(kind="school_theme_training", role="main_speaker"), FORTY_HOURS)
    assert [step.text for step in result.steps] == [
        "90 分钟 ÷ 45 = 2 课时",
        "主讲 × 2 = 4",
        "单次上限 2 → 2",
    ]
    assert result.steps[-1].amount == result.amount == Decimal(2)
    assert all(step.source for step in result.steps)


def test_a_kind_of_which_the_scheme_does_not_speak_gets_no_award() -> None:
    assert award(HANDBOOK, record(kind="sports_day")) is None


def test_a_void_record_gets_a_reason_instead_of_an_amount() -> None:
    result = given(record(attendance="leave"))
    assert (result.valid, result.amount) == (False, Decimal(0))
    assert result.steps[-1].text == "请假，本次不计"


def test_a_plan_is_valid_although_it_earns_nothing() -> None:
    result = given(record(kind="personal_plan"))
    assert (result.valid, result.amount) == (True, Decimal(0))


def test_a_third_of_six_is_two() -> None:
    proof = frozenset({"project_closure"})
    level = "provincial"
    member = record(
        kind="research_project", role="project_member", organiser_level=level, evidence=proof
    )
    assert worth(member) == Decimal(2)


def test_a_rule_gives_nothing_before_its_first_rate() -> None:
    later = loads(MADE_UP.replace("rates: {2025-09-01: 1}", "rates: {2026-09-01: 1}"))
    result = given(record(), later)
    assert not result.valid
    assert result.steps[-1].text == "本条自 2026-09-01 起施行，此前的记录不计"
    assert worth(record(on=date(2026, 9, 1)), later) == 2


def test_an_event_limit_over_several_rules_holds_too() -> None:
    text = MADE_UP.replace("scope: year, for: {kind: [research_activity]}", "scope: event")
    result = given(record(), loads(text.replace("max: 12", "max: 1.5")))
    assert result.amount == Decimal("1.5")
    assert result.steps[-1].rule == "most"


def test_it_becomes_json_with_four_places() -> None:
    told = given(record()).as_json()
    again = json.loads(json.dumps(told, ensure_ascii=False))
    assert (again["amount"], again["unit"], again["unit_label"]) == ("1.0000", "credit", "学分")
    assert again["steps"][-1]["text"] == "单次上限 1 → 1"
    assert again["digest"] == HANDBOOK.digest


def test_lateness_is_taken_off_before_rounding() -> None:
    late = (
        "attendance: {nothing_for: [absent], deduct: {late: 0.25}, source: 虚构办法第九条}\n"
        "labels:\n  attendance: {absent: 缺席, late: 迟到}\n"
    )
    result = given(record(attendance="late"), loads(MADE_UP.replace("labels:\n", late)))
    assert [step.text for step in result.steps[-2:]] == [
        "迟到 − 0.25 = 1.75",
        "按 0.5 取整（舍）→ 1.5",
    ]


def test_the_order_of_an_author_without_a_word_is_not_read_as_a_factor() -> None:
    by_order = 'multiply: [{by: author_order, rates: {"1": 1, other: 0}, source: 第一条}]'
    text = MADE_UP.replace("rates: {2025-09-01: 1}", f"rates: {{2025-09-01: 1}}\n    {by_order}", 1)
    text = text.replace("labels:\n", 'labels:\n  author_order: {"1": 第一作者}\n', 1)

    result = given(record(author_order=5), loads(text))

    assert result.amount == 0
    assert "第5作者 × 0 = 0" in [step.text for step in result.steps]

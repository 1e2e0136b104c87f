"""The sections about steps, notices, objections and declaring: read, dated, and slips explained."""

from datetime import date

import pytest

from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.process import HOST, SCHOOL, SELF
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.steps import SCHEME


def test_a_chain_says_where_a_record_stands_after_each_deed() -> None:
    outside, works = loads(SCHEME).recognition

    assert [outside.after(deed) for deed in (SELF, HOST, SCHOOL)] == [0, 0, 1]
    assert [works.after(deed) for deed in (SELF, HOST, SCHOOL)] == [0, 0, 2]
    assert [works.above(level) for level in (SCHOOL, "central_school", "county")] == [2, 3, 3]


def test_days_are_dated() -> None:
    scheme = loads(SCHEME.replace("window_days: 7", "window_days: {2025-09-01: 7, 2027-09-01: 5}"))

    assert scheme.appeal
    assert [scheme.appeal.window(date(year, 9, 1)) for year in (2026, 2027)] == [7, 5]


def test_a_scheme_without_the_sections_says_the_same_as_before() -> None:
    bare = SCHEME[: SCHEME.index("recognition:")]

    assert loads(bare).digest != loads(SCHEME).digest
    assert loads(bare).recognition == ()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (", due_days: 15, final: true}", ", due_days: 15}", "最后一步写 final: true"),
        ("by: school, due_days: 10}", "by: school, final: true}", "其余各步不写"),
        ("by: central_school, due_days: 15", "by: bureau, due_days: 15", "central_school"),
        ("step: central,", "step: school,", "每步取不同的名字"),
        (
            "- {step: school, title: 学校认定, by: school",
            "- {step: school, by: county",
            "从本人往上写",
        ),
        ("levels: [school, central_school]", "levels: [central_school, school]", "从下往上写"),
        ("fields: [name, kind, hours]", "fields: [name, phone]", "此处只能是"),
        ("{kind: paper, proof: required", "{kind: course, proof: required", "一个类别"),
        ("{kind: paper, proof: required", "{kind: papers, proof: required", "不认识代码"),
        ("automatic: true, reference", "automatic: yes, reference", "此处只能是"),
        ("chain: works", "chain: outside", "编号"),
        ("working_days: 5", "working_days: 0", "应大于 0"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_and_what_would_be_right(
    right: str, wrong: str, told: str
) -> None:
    assert right in SCHEME

    with pytest.raises(SchemeUnreadable, match=told) as refused:
        loads(SCHEME.replace(right, wrong, 1))

    assert "行" in str(refused.value)

"""Every key of a case is looked at or refused: none holds because it was passed over."""

from pathlib import Path

import pytest

from yanxiu.ledger.rules.cases import Outcome, cases_beside, cases_in, run, untried
from yanxiu.ledger.rules.loading import loads, shipped
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.made_up import MADE_UP

HANDBOOK = shipped()["cn-central-school-handbook"]
ONE = "{kind: research_activity, on: 2025-10-15, minutes: 90}"


def _tried(more: str, given: str = ONE) -> Outcome:
    return run(cases_in(f"- {{name: 甲, given: {given}, {more}}}\n", "甲")[0], HANDBOOK)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("expect: {credit: 1, counted: [3]}", "计入应为 [3]"),
        ("expect: {credit: 1, total: {year: {credit: 5}}}", "year 合计应为 5"),
        ("expect: {credit: 1, met: true}", "应达标"),
        ("expect: {steps: [没有这一步], met: false}", "步骤应为"),
        ("expect: {valid: false}", "应不认可，实认可"),
        ("rule: nonexistent, expect: {counted: [1]}", "没有条目 nonexistent"),
        ("rule: paper, expect: {counted: [1]}", "应按条目 paper，"),
        ("expect: {not_asked: [yaerly]}", "没有要求 yaerly"),
        ("tiers: [new_techer], expect: {credit: 1}", "没有教师类别 new_techer"),
    ],
)
def test_what_was_asked_in_one_way_or_the_other_is_compared(more: str, said: str) -> None:
    assert [each[: len(said)] for each in _tried(more).differences] == [said]


def test_both_ways_may_be_asked_of_one_record() -> None:
    assert _tried("expect: {credit: 1, counted: [1], met: false}").differences == ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("expect: {}", "甲 第 1 行：expect 里什么都没有写"),
        ("expect: {hour: 1, credit: 1}", "甲 第 1 行：hour 和 credit 都写了"),
        ("pending: [], expect: {hour: 1}", "甲 第 1 行：写了 pending"),
        ("versions: [], expect: {hour: 1}", "甲 第 1 行：versions 里一个版本都没有写"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_with_its_line(more: str, said: str) -> None:
    with pytest.raises(SchemeUnreadable, match=said):
        _tried(more)


def test_what_one_record_earns_is_not_asked_of_several() -> None:
    with pytest.raises(SchemeUnreadable, match=r"given 里有 2 条记录.*写了 hour.*counted"):
        _tried("expect: {hour: 1, counted: [1, 1]}", f"[{ONE}, {ONE}]")


def test_a_version_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "2017.yaml").write_text(MADE_UP, "utf-8")
    text = f'- name: 甲\n  given: {ONE}\n  versions: ["2071"]\n  expect: {{hour: 1}}\n'
    (tmp_path / "cases" / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(SchemeUnreadable, match=r"a\.yaml 第 1 行：versions 写了“2071”.*2017"):
        cases_beside(tmp_path / "2017.yaml")


def test_a_tier_is_held_from_the_day_that_since_says() -> None:
    double = "multiply: [{who: [leader], rates: 2, source: 甲}]"
    text = MADE_UP.replace("per: item\n", f"per: item\n    {double}\n", 1)
    text = text.replace("labels:\n", "labels:\n  tier: {leader: 组长}\n", 1)
    scheme = loads(text)
    one = "kind: paper, organiser_level: school"
    given = f"[{{{one}, on: 2025-10-14}}, {{{one}, on: 2025-10-15}}]"
    person = "person: {since: {leader: 2025-10-15}}"
    expect = "expect: {counted: [1, 2]}"
    [case] = cases_in(f"- {{name: 甲, {person}, given: {given}, {expect}}}", "甲")
    assert run(case, scheme).differences == ()


@pytest.mark.parametrize("expect", ["{counted: [0]}", "{valid: false}"])
def test_a_record_outside_the_days_of_a_scheme_is_told_with_both_days(expect: str) -> None:
    given = "{kind: research_activity, on: 2001-10-15, minutes: 90}"
    said = "2001-10-15 的记录不在本方案施行的日子里（"
    steps = _tried(f"on: 2025-10-15, expect: {expect}", given).steps
    assert any(said in step and f"{HANDBOOK.effective_from}" in step for step in steps)


def test_a_rule_that_pays_nothing_is_tried_by_a_case_of_what_it_leads_to() -> None:
    scheme = loads(MADE_UP.replace("school: 1, county: 2", "school: 0, county: 2"))
    given = "[{kind: paper, organiser_level: school, on: 2025-10-14}]"
    [case] = cases_in(
        f"- {{name: 甲, given: {given}, expect: {{total: {{year: {{credit: 0}}}}}}}}", "甲"
    )
    assert "paper" not in untried(scheme, [run(case, scheme)])

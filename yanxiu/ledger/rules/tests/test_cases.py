"""The cases beside each scheme hold, and no rule stands without a source and a case."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from yanxiu.ledger.rules.cases import (
    Case,
    Outcome,
    cases_beside,
    cases_in,
    read_cases,
    run,
    untried,
)
from yanxiu.ledger.rules.loading import SHIPPED, load, loads, shipped
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.schemes import Scheme

FILES = sorted(SHIPPED.glob("*/*.yaml"))
ALL = [
    pytest.param(path, case, id=f"{path.parent.name}-{case.name}")
    for path in FILES
    for case in cases_beside(path)
]
HANDBOOK = shipped()["cn-central-school-handbook"]
VECTORS = ("T1", "T2", "T4", "T6", "T9", "T12", "T14", "T16", "T18", "T19")


@cache
def _scheme(path: Path) -> Scheme:
    return load(path)


@cache
def _outcomes(path: Path) -> tuple[Outcome, ...]:
    return tuple(run(case, _scheme(path)) for case in cases_beside(path))


@pytest.mark.parametrize(("path", "case"), ALL)
def test_the_case_holds(path: Path, case: Case) -> None:
    assert run(case, _scheme(path)).differences == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_rule_limit_and_requirement_has_a_source_and_a_case(path: Path) -> None:
    scheme = _scheme(path)
    parts: list[Any] = [*scheme.award_rules, *scheme.limits, *scheme.requirements, *scheme.bundles]
    parts += [*scheme.gates, *scheme.cross_credits, *scheme.exemptions]
    assert [part.title for part in parts if not part.source] == []
    assert untried(scheme, _outcomes(path)) == []


def test_there_are_many_cases_and_all_the_vectors_of_the_rules_that_were_read() -> None:
    names = [case.name for path in FILES for case in cases_beside(path)]
    assert len(names) >= 150
    assert [each for each in VECTORS if not any(n.startswith(f"{each} ") for n in names)] == []


def test_a_rule_without_a_case_is_named() -> None:
    tried = cases_in(
        "- {name: 一例, given: {kind: paper, on: 2025-10-15}, expect: {credit: 0}}", "一例"
    )
    left = untried(HANDBOOK, [run(case, HANDBOOK) for case in tried])
    assert "paper" not in left
    assert {"open-lesson", "paper-a-year", "observe"} <= set(left)


def test_a_case_that_does_not_hold_says_what_came_out() -> None:
    given = "{kind: research_activity, on: 2025-10-15, minutes: 90}"
    [case] = cases_in(f"- {{name: 错例, given: {given}, expect: {{credit: 9}}}}\n", "错例")

    outcome = run(case, HANDBOOK)

    assert outcome.differences == ("应为 9 credit，算得 1 credit",)


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        (
            "{counted: [3]}",
            "计入应为 [3]，算得 [1]：第 1 条（2025-10-15 教研组、备课组活动）应为 3，算得 1",
        ),
        ("{met: true}", "应达标，算得不达标"),
        ("{total: {year: {credit: 5}}}", "year 合计应为 5 credit，算得 1"),
        ("{standing: {yearly: {missing: 1}}}", "yearly 的 missing 应为 1，算得 23"),
        ("{standing: {yaerly: {missing: 1}}}", "没有要求 yaerly"),
        ("{not_asked: [yearly]}", "不应有要求 yearly"),
        ("{standing: {yearly: {steps: [没有这一步]}}}", "yearly 的步骤里应有“没有这一步”"),
    ],
)
def test_what_is_expected_of_a_standing_is_compared(expect: str, said: str) -> None:
    given = "{kind: research_activity, on: 2025-10-15, minutes: 90}"
    [case] = cases_in(f"- {{name: 错例, given: {given}, expect: {expect}}}\n", "错例")

    [difference] = run(case, HANDBOOK).differences

    assert difference.startswith(said)


def test_a_slip_in_a_case_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text("- name: 错例\n  gven: {}\n  expect: {credit: 9}\n", encoding="utf-8")
    with pytest.raises(
        SchemeUnreadable, match=r"slip\.yaml 第 2 行：不认识键“gven”。是否想写“given”"
    ):
        read_cases(path)


def test_what_has_no_id_of_its_own_is_called_as_its_author_calls_it() -> None:
    band = (Path(__file__).parent / "made_up.yaml").read_text(encoding="utf-8")
    scheme = loads(band + "year_band: {min: 3, max: 200, source: 虚构办法}\n")
    assert {"year_band 的 min", "year_band 的 max"} <= set(untried(scheme, []))


def test_a_number_of_a_record_that_is_none_names_its_key() -> None:
    given = "{kind: paper, on: 2026-03-01, author_order: second}"
    said = f"- {{name: 甲, given: {given}, expect: {{hour: 1}}}}"
    with pytest.raises(SchemeUnreadable, match="author_order 读到“second”。这里应是整数"):
        cases_in(said, "甲")


def test_the_day_of_a_case_is_the_latest_of_what_is_given() -> None:
    given = "[{kind: paper, on: 2025-12-01}, {kind: paper, on: 2025-10-01}]"
    [case] = cases_in(f"- {{name: 甲, given: {given}, expect: {{counted: [1, 1]}}}}", "甲")
    assert f"{case.on}" == "2025-12-01"


def test_what_lies_after_the_day_of_a_case_is_told() -> None:
    given = "[{kind: paper, on: 2025-12-01}]"
    said = f"- {{name: 甲, on: 2025-11-01, given: {given}, expect: {{counted: []}}}}"
    outcome = run(cases_in(said, "甲")[0], HANDBOOK)
    told = "注意：2025-12-01 的记录在 on（2025-11-01）以后，这一天还看不到，不计"
    assert told in outcome.steps


TRANSFERS = """
transfers:
  - {transfer: other-county, title: 外县转入, from: hour, to: credit, factor: 1/10, source: 虚构}
exemptions:
  - {reason: secondment, title: 支教, effect: waive_year, scopes: [year], source: 虚构}
"""


def _tried(more: str) -> Outcome:
    scheme = loads((Path(__file__).parent / "made_up.yaml").read_text("utf-8") + TRANSFERS)
    return run(cases_in(f"- {{name: 甲, on: 2026-03-01, given: [], {more}}}", "甲")[0], scheme)


def test_a_case_tries_what_is_transferred_in_by_the_table() -> None:
    opening = "{on: 2025-10-01, amount: 45, unit: hour, title: 外县, transfer: other-county}"
    expect = "expect: {standing: {yearly: {recognised: 4.5}}}"
    assert _tried(f"person: {{opening: [{opening}]}}, {expect}").differences == ()
    unlike = opening.replace("unit: hour", "unit: credit")
    [wrong] = _tried(f"person: {{opening: [{unlike}]}}, {expect}").differences
    assert wrong == "转入折算 other-county 不读 credit，或那天还没有折算的数"
    unknown = opening.replace("other-county", "other")
    [wrong] = _tried(f"person: {{opening: [{unknown}]}}, {expect}").differences
    assert wrong == "没有转入折算 other；已有：other-county"


def test_what_is_waived_is_not_asked_either() -> None:
    excused = "person: {exemptions: [{reason: secondment, from: 2025-09-01, to: 2026-08-31}]}"
    assert _tried(f"{excused}, expect: {{not_asked: [yearly]}}").differences == ()
    assert _tried("expect: {not_asked: [yearly]}").differences == ("不应有要求 yearly",)

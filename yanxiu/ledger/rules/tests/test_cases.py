"""The cases beside each scheme hold, and no rule stands without a source and a case."""

from pathlib import Path

import pytest

from yanxiu.ledger.rules.cases import Case, read_cases, run
from yanxiu.ledger.rules.loading import SHIPPED, shipped
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.schemes import Scheme

ALL = [
    pytest.param(scheme, case, id=f"{scheme.id}-{case.name}")
    for scheme in shipped().values()
    for path in sorted((SHIPPED / scheme.id / "cases").glob("*.yaml"))
    for case in read_cases(path)
]


@pytest.mark.parametrize(("scheme", "case"), ALL)
def test_the_case_holds(scheme: Scheme, case: Case) -> None:
    assert run(case, scheme).differences == ()


@pytest.mark.parametrize("scheme", shipped().values(), ids=lambda scheme: scheme.id)
def test_every_rule_has_a_source_and_a_case(scheme: Scheme) -> None:
    exercised: set[str] = set()
    for param in ALL:
        of, case = param.values
        if isinstance(of, Scheme) and isinstance(case, Case) and of == scheme:
            exercised |= run(case, scheme).rules
    own = [rule for rule in scheme.award_rules if rule.origin == scheme.id]
    sources = {rule.id: rule.source for rule in own}
    sources |= {limit.id: limit.source for limit in scheme.limits}
    sources |= {each.id: each.source for each in scheme.requirements}
    assert [name for name, source in sources.items() if not source] == []
    assert sources.keys() - exercised == set()


def test_a_case_that_does_not_hold_says_what_came_out(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    given = "{kind: research_activity, on: 2025-10-15, minutes: 90}"
    path.write_text(f"- {{name: 错例, given: {given}, expect: {{credit: 9}}}}\n", encoding="utf-8")

    [case] = read_cases(path)
    outcome = run(case, shipped()["cn-central-school-handbook"])

    assert outcome.differences == ("应为 9 credit，算得 1.0000 credit",)


def test_a_slip_in_a_case_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text("- name: 错例\n  gven: {}\n  expect: {credit: 9}\n", encoding="utf-8")
    with pytest.raises(
        SchemeUnreadable, match=r"slip\.yaml 第 2 行：不认识键“gven”。是否想写“given”"
    ):
        read_cases(path)

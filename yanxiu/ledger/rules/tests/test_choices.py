"""Some of several requirements: one of two, two of three themes; the members only tell."""

from datetime import date
from typing import Any

import pytest

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.checking import findings
from yanxiu.ledger.rules.persons import Exempt, Person
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.standing import standing
from yanxiu.ledger.rules.tests.floors import done, earned_by, of, place, stand, told

MEMBERS = """
requirements:
  - {requirement: two-themes, title: 三个主题至少两个, source: 第六条, scope: year,
     at_least_of: {n: 2, of: [ethics, skills, papers]}}
  - {requirement: ethics, title: 师德, source: 第六条, scope: year, for: {theme: [ethics]},
     min: 6, severity: info}
  - {requirement: skills, title: 技能, source: 第六条, scope: year, for: {theme: [skills]},
     min: 6, severity: info, not_who: [novice]}
  - {requirement: papers, title: 论文, source: 第六条, scope: year, unit: item,
     for: {kind: [paper]}, min: 2, severity: info}
"""
ETHICS, SKILLS = done(1, 6, theme="ethics"), done(2, 5, theme="skills")
PAPERS = (done(3, kind="paper"), done(4, kind="paper"))


def _choice(*records: Any, **known: Any) -> Any:
    return of(stand(place(MEMBERS), *records, **known), "two-themes")


def test_it_counts_which_of_them_are_met() -> None:
    one, two = _choice(ETHICS, SKILLS), _choice(ETHICS, SKILLS, *PAPERS)
    assert (one.recognised, one.missing, one.met, one.unit_label) == (1, 1, False, "项")
    assert (two.recognised, two.missing, two.met) == (2, 0, True)


def test_the_whole_stands_or_falls_with_the_choice_and_not_with_its_members() -> None:
    assert not stand(place(MEMBERS), ETHICS).met
    assert stand(place(MEMBERS), ETHICS, *PAPERS).met


def test_it_says_of_each_how_it_stands() -> None:
    steps = told(stand(place(MEMBERS), ETHICS, SKILLS), "two-themes")
    assert steps[:3] == ["“师德”已达到", "“技能”还差 1", "“论文”还差 2"]
    assert steps[-1] == "已认定 1，待认定 0，要求 2，还差 1 项"


def test_what_is_not_asked_of_a_teacher_is_not_among_the_choices() -> None:
    novice = Person(tiers=frozenset(["novice"]))
    assert _choice(ETHICS, SKILLS, *PAPERS, person=novice).recognised == 2
    only = MEMBERS.replace("of: [ethics, skills, papers]", "of: [ethics, skills, skills-too]")
    more = "  - {requirement: skills-too, title: 又, source: 甲, scope: year, who: [new_head],\n"
    scheme = place(only + more + "     min: 1, severity: info}\n")
    assert of(stand(scheme, ETHICS, person=novice), "two-themes").required == 1


def test_what_is_waived_is_met() -> None:
    study = (
        "exemptions: [{reason: study, title: 免, effect: waive, requirements: [skills],"
        " source: 第七条}]\n"
    )
    away = Person(exemptions=(Exempt("study", Span(date(2021, 1, 1), date(2021, 7, 1))),))
    result = stand(place(MEMBERS + study), ETHICS, person=away)
    assert of(result, "two-themes").met


def test_a_record_fills_it_that_fills_one_of_them() -> None:
    choice = _choice()
    assert choice.fills(ETHICS)
    assert choice.fills(PAPERS[0])
    assert not choice.fills(done(9, theme="practice"))


def test_pending_ones_are_told_as_they_would_be() -> None:
    scheme = place(MEMBERS)
    posted, pending = earned_by(scheme, [ETHICS]), earned_by(scheme, PAPERS)
    choice = of(standing(scheme, posted, pending, on=date(2021, 12, 31)), "two-themes")
    assert (choice.recognised, choice.pending, choice.missing) == (1, 1, 0)


@pytest.mark.parametrize(
    ("said", "instead", "words"),
    [
        ("n: 2", "n: 3", "应小于 of 里的项数"),
        ("[ethics, skills, papers]", "[ethics, skills, talks]", "没有编号为“talks”的要求"),
        ("[ethics, skills, papers]", "[ethics, skills, two-themes]", "请直接写其中各项"),
        ("scope: year, unit: item", "scope: cycle, unit: item", "的期间是 cycle"),
        ("scope: year,\n     at_least_of", "scope: year, min: 3,\n     at_least_of", "写了 min"),
    ],
)
def test_a_choice_that_is_none_is_refused(said: str, instead: str, words: str) -> None:
    with pytest.raises(SchemeUnreadable, match=words):
        place(MEMBERS.replace(said, instead, 1))


def test_members_that_block_by_themselves_are_told() -> None:
    strict = place(MEMBERS.replace("min: 6, severity: info}", "min: 6}", 1))
    [found] = [each for each in findings(strict) if each.code == "choice-among-floors"]
    assert "“师德”自己也非达到不可" in found.sentence
    assert "choice-among-floors" not in {each.code for each in findings(place(MEMBERS))}

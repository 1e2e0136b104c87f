"""What was entered for a call is told of once its result is announced, and to nobody before."""

from datetime import date

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.figures.leaves import leaves_of
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher
from yanxiu.works import actions as works
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts, Decision
from yanxiu.works.calls.leaves import LEAVES
from yanxiu.works.models import CallForPapers
from yanxiu.works.tests.conftest import Write

TERM = Span(date(2026, 9, 1), date(2027, 1, 23))
[ENTRIES] = LEAVES


@pytest.fixture
def closed(cast: Cast, write: Write, wang: Teacher, zhou: Teacher) -> CallForPapers:
    """A call of the school for which 王老师 has entered a paper; it is decided, not announced."""
    paper = write(wang, "paper", title="分饼的三种说法")
    paper = works.hand_in(paper, by=wang, at=MORNING)
    facts = CallFacts(
        title="本学期论文", closes_on=date(2026, 11, 30), way="choice", level="county",
        destination="区教师进修学校",
    )  # fmt: skip
    call = actions.open_call(cast.school, facts, by=zhou, at=MORNING)
    entry = actions.enter(call, paper, by=wang, at=MORNING)
    call = actions.close_call(call, by=zhou, at=MORNING)
    decision = Decision(prize="first", is_chosen=True)
    actions.decide(call, {entry.pk: decision}, by=zhou, at=MORNING)
    return call


def numbers(cast: Cast) -> dict[str, int]:
    """Return the numbers of the school."""
    scope = Scope(cast.school.pk, cast.school.path, TERM)
    codes = ("entered", "entered_county", "entered_school", "awarded", "awarded_county", "chosen")
    return {code: int(figure(f"works.{code}").value(scope)) for code in codes}


def test_the_growth_file_tells_the_entry_and_its_result(
    closed: CallForPapers, wang: Teacher, zhou: Teacher
) -> None:
    actions.announce(closed, by=zhou, at=MORNING)

    [leaf] = leaves_of(ENTRIES, TERM, [wang.pk], wang)[wang.pk]
    assert (leaf.title, leaf.part, leaf.category) == ("分饼的三种说法", "参评", "papers")
    assert dict(leaf.facts) == {
        "征集": "本学期论文",
        "主办": "清河小学",
        "级别": "区县级",
        "结果": "一等奖，选送区教师进修学校",
    }


def test_numbers_tell_of_it_by_level(closed: CallForPapers, cast: Cast, zhou: Teacher) -> None:
    actions.announce(closed, by=zhou, at=MORNING)

    assert numbers(cast) == {
        "entered": 1, "entered_county": 1, "entered_school": 0,
        "awarded": 1, "awarded_county": 1, "chosen": 1,
    }  # fmt: skip


def test_before_the_result_neither_file_nor_number_tells_who_entered(
    closed: CallForPapers, cast: Cast, wang: Teacher
) -> None:
    assert leaves_of(ENTRIES, TERM, [wang.pk], wang) == {}
    assert not any(numbers(cast).values())

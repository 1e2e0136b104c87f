"""What a central school asks, each school answers; nothing gets lost on the way down or up."""

from datetime import date

import pytest

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations import actions, queries
from yanxiu.regulations.models import Requirement, RequirementAnswer
from yanxiu.regulations.refusals import NobodyAsked, NothingAnswered, Withdrawn, WrongState

DUE = date(2026, 10, 31)
AFTER = date(2026, 11, 2)


@pytest.fixture
def requirement(cast: Cast, central: Organisation, sun: Teacher) -> Requirement:
    return actions.issue_requirement(
        central, [cast.school, cast.other_school], title="制订研修计划", due_on=DUE, by=sun,
        at=MORNING,
    )  # fmt: skip


@pytest.fixture
def given(cast: Cast, requirement: Requirement) -> RequirementAnswer:
    return requirement.answers.get(organisation=cast.school)


def owed(given: RequirementAnswer) -> set[str]:
    tasks = Task.objects.filter(source_id=given.uid, state="open")
    return set(tasks.values_list("teacher__name", flat=True))


def test_those_who_answer_for_each_school_get_a_task(given: RequirementAnswer) -> None:
    assert owed(given) == {"沈校长", "周主任"}
    assert Task.objects.filter(source_id=given.uid, due_on=DUE).count() == 2


def test_the_superior_sees_where_each_school_stands(
    requirement: Requirement, given: RequirementAnswer, zhou: Teacher, sun: Teacher
) -> None:
    actions.receive(given, by=zhou, at=MORNING)
    actions.answer(given, "计划已交，见系统", by=zhou, at=NOON)
    (before,) = queries.progress([requirement], AFTER)

    actions.judge(given, met=True, words="", by=sun, at=NOON)

    (after,) = queries.progress([requirement], AFTER)
    assert (before.asked, before.answered, before.met, before.overdue) == (2, 1, 0, 1)
    assert (after.answered, after.met, after.overdue) == (0, 1, 1)


def test_an_answer_ends_the_task_and_a_return_brings_it_back(
    given: RequirementAnswer, zhou: Teacher, sun: Teacher
) -> None:
    actions.answer(given, "已办", by=zhou, at=MORNING)
    assert owed(given) == set()

    returned = actions.judge(given, met=False, words="缺分组安排", by=sun, at=NOON)

    assert returned.state == RequirementAnswer.State.RETURNED
    assert owed(given) == {"沈校长", "周主任"}
    assert actions.answer(given, "已补", by=zhou, at=NOON).text == "已补"


def test_receiving_twice_keeps_the_first(given: RequirementAnswer, zhou: Teacher) -> None:
    actions.receive(given, by=zhou, at=MORNING)

    assert actions.receive(given, by=zhou, at=NOON).received_at == MORNING


def test_another_school_does_not_answer_for_it(given: RequirementAnswer, qian: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.answer(given, "代答", by=qian, at=NOON)


def test_a_school_does_not_judge_itself(given: RequirementAnswer, zhou: Teacher) -> None:
    actions.answer(given, "已办", by=zhou, at=MORNING)

    with pytest.raises(NotAllowed):
        actions.judge(given, met=True, words="", by=zhou, at=NOON)


def test_a_school_asks_nothing_of_its_neighbour(cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.issue_requirement(
            cast.school, [cast.other_school], title="来听课", due_on=DUE, by=zhou, at=MORNING
        )


def test_nobody_asked_is_no_requirement(central: Organisation, sun: Teacher) -> None:
    with pytest.raises(NobodyAsked):
        actions.issue_requirement(central, [], title="要求", due_on=DUE, by=sun, at=MORNING)


def test_an_answer_has_words_or_a_file(given: RequirementAnswer, zhou: Teacher) -> None:
    with pytest.raises(NothingAnswered):
        actions.answer(given, " ", by=zhou, at=NOON)

    assert actions.answer(given, "", by=zhou, at=NOON, has_file=True).answered_at == NOON


def test_nothing_is_judged_before_it_is_answered(given: RequirementAnswer, sun: Teacher) -> None:
    with pytest.raises(WrongState, match="未签收"):
        actions.judge(given, met=True, words="", by=sun, at=NOON)


def test_a_return_says_what_is_missing(
    given: RequirementAnswer, zhou: Teacher, sun: Teacher
) -> None:
    actions.answer(given, "已办", by=zhou, at=MORNING)

    with pytest.raises(BadInput, match="还缺什么"):
        actions.judge(given, met=False, words="", by=sun, at=NOON)


def test_what_was_taken_back_is_owed_by_nobody(
    requirement: Requirement, given: RequirementAnswer, sun: Teacher, zhou: Teacher
) -> None:
    actions.withdraw_requirement(requirement, because="重复", by=sun, at=NOON)

    assert owed(given) == set()
    with pytest.raises(Withdrawn, match="重复"):
        actions.answer(given, "已办", by=zhou, at=NOON)

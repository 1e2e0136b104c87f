"""Handing in records the observer's part once, opens the words, and can be taken back."""

import pytest

from yanxiu.ledger.models import Record
from yanxiu.lessons.models import Lesson, Listener
from yanxiu.observation import actions, refusals
from yanxiu.observation.actions import NewText
from yanxiu.observation.models import Observation
from yanxiu.observation.permissions import may_read_observation
from yanxiu.observation.tests.conftest import AFTER, BEGINS
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher


def hand_in(observation: Observation, by: Teacher, text: str = "追问让学生说出了理由") -> None:
    actions.save_texts(observation, [NewText("overall", text)], by=by, at=AFTER)
    actions.hand_in(observation, by=by, at=AFTER)


def reads(teacher: Teacher, observation: Observation) -> bool:
    rows = Observation.objects.filter(pk=observation.pk)
    return allowed(may_read_observation, teacher, rows).exists()


def test_it_records_one_lesson_for_the_observer_with_the_comment_as_evidence(
    observation: Observation, li: Teacher
) -> None:
    hand_in(observation, li)
    actions.hand_in(observation, by=li, at=AFTER)

    record = Record.objects.get(source_id=observation.uid)
    assert (record.kind, record.role, record.lessons) == ("lesson_observation", "observer", 1)
    assert record.evidence == ["comment"]
    assert Listener.objects.get(teacher=li).recorded_at == AFTER


def test_a_draft_is_read_by_nobody_else(
    observation: Observation, wang: Teacher, zhou: Teacher
) -> None:
    assert not reads(wang, observation)
    assert not reads(zhou, observation)


def test_growth_is_read_by_the_presenter_and_by_no_office(
    observation: Observation, li: Teacher, wang: Teacher, shen: Teacher, zhou: Teacher
) -> None:
    hand_in(observation, li)

    assert reads(wang, observation)
    assert not reads(shen, observation)
    assert not reads(zhou, observation)


def test_who_sat_there_too_reads_only_after_handing_in(
    observation: Observation, lesson: Lesson, li: Teacher, zhou: Teacher
) -> None:
    hand_in(observation, li)
    second = actions.start(lesson, by=zhou, at=BEGINS)

    assert not reads(zhou, observation)
    hand_in(second, zhou)
    assert reads(zhou, observation)
    assert reads(li, second)


def test_an_empty_one_is_not_handed_in(observation: Observation, li: Teacher) -> None:
    with pytest.raises(refusals.NothingNoted):
        actions.hand_in(observation, by=li, at=AFTER)


def test_it_can_be_taken_back_with_its_record_and_handed_in_again(
    observation: Observation, li: Teacher, wang: Teacher
) -> None:
    hand_in(observation, li)
    actions.take_back(observation, by=li, at=AFTER)

    assert not reads(wang, observation)
    assert not Record.objects.filter(source_id=observation.uid, withdrawn_at=None).exists()
    actions.hand_in(observation, by=li, at=AFTER)
    assert Record.objects.filter(source_id=observation.uid, withdrawn_at=None).count() == 1


def test_each_paragraph_of_the_suggestions_becomes_an_advice(
    observation: Observation, li: Teacher
) -> None:
    said = NewText("suggestions", "1. 让学生先画再说\n\n2、板书留下错例\n")
    actions.save_texts(observation, [said], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)

    texts = [row.text for row in observation.advice.all()]
    assert texts == ["让学生先画再说", "板书留下错例"]


def test_nobody_reads_as_recognising_the_own_observation(
    observation: Observation, li: Teacher
) -> None:
    hand_in(observation, li)

    (step,) = Record.objects.get(source_id=observation.uid).steps.all()
    assert (step.title, step.get_decision_display()) == ("本人交来记录", "按方案记入")

"""Handing in records the observer's part once, opens the words, and can be taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from yanxiu.cast import Cast
from yanxiu.ledger.models import Record
from yanxiu.lessons.models import Lesson, Listener
from yanxiu.observation import actions, refusals
from yanxiu.observation.actions import NewText
from yanxiu.observation.models import Observation
from yanxiu.observation.permissions import may_read_observation
from yanxiu.observation.tests.conftest import AFTER, BEGINS, ENDS, arrange
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


def test_two_lessons_heard_at_one_time_are_asked_about_once_and_the_word_is_read(
    cast: Cast, observation: Observation, li: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    half = timedelta(minutes=20)
    other = arrange(cast, zhao, zhou, title="古诗", starts_at=BEGINS + half, ends_at=ENDS + half)
    sheets = [observation, actions.start(other, by=li, at=BEGINS)]
    for sheet in sheets:
        actions.save_texts(sheet, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
    client, office = Client(), Client()
    client.force_login(li)
    office.force_login(zhou)
    ways = [f"/observation/{sheets[1].uid}/{end}" for end in ("offline/", "hand-in/")]

    with time_machine.travel(AFTER):
        actions.hand_in(sheets[0], by=li, at=AFTER)
        asked = [client.post(way, {"do": "hand-in", "edition": "1"}) for way in ways]
        told = client.post(ways[1], {"same_time": "各听半节"})
        shown = [
            office.get(end).content.decode()
            for end in (f"/observation/{sheets[1].uid}/", "/observation/checking/")
        ]

    assert [each.status_code for each in asked] == [422, 422]
    assert "同一时间已有另一节课的听课记录" in asked[0].content.decode()
    assert told.status_code == 302
    assert all("各听半节" in page for page in shown)
    actions.take_back(sheets[1], by=li, at=AFTER)
    actions.hand_in(sheets[1], by=li, at=AFTER)
    assert Record.objects.filter(withdrawn_at=None, source_id=sheets[1].uid).count() == 1


def test_a_lesson_right_after_another_is_not_asked_about(
    cast: Cast, observation: Observation, li: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    after = arrange(cast, zhao, zhou, starts_at=ENDS, ends_at=ENDS + timedelta(minutes=40))
    for sheet in (observation, actions.start(after, by=li, at=BEGINS)):
        actions.save_texts(sheet, [NewText("overall", "问到了点子上")], by=li, at=AFTER)
        assert actions.hand_in(sheet, by=li, at=AFTER).state == Observation.State.HANDED_IN

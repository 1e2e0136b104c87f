"""A lesson counts once somebody has said that it was given, and writes its record once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger.models import Record
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, Listener
from yanxiu.lessons.refusals import NotOver, WrongState
from yanxiu.lessons.tests.conftest import kind
from yanxiu.people.models import Teacher

Arrange = Callable[..., Lesson]


def test_one_tap_writes_the_record_of_who_gave_it(
    lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    actions.give(lesson, by=li, at=NOON)
    actions.give(lesson, by=wang, at=NOON)

    record = Record.objects.get()
    assert (record.teacher, record.kind, record.role) == (wang, "open_lesson", "presenter")
    assert (record.minutes, record.organiser_level, record.state) == (40, "school", "recognised")


def test_it_is_not_given_before_it_begins(lesson: Lesson, li: Teacher) -> None:
    with pytest.raises(NotOver):
        actions.give(lesson, by=li, at=MORNING)


def test_one_s_own_word_alone_waits_until_somebody_heard_it(
    arrange: Arrange, wang: Teacher, zhao: Teacher
) -> None:
    lesson = arrange(wang, wang)
    actions.give(lesson, by=wang, at=NOON)
    assert Record.objects.get().state == "waiting"

    actions.note_listener(lesson, zhao, at=NOON)

    standing = Record.objects.get(withdrawn_at=None)
    assert (standing.state, standing.assurance) == ("recognised", "host")


def test_a_lesson_of_which_an_observation_came_in_was_given(lesson: Lesson, zhao: Teacher) -> None:
    actions.note_listener(lesson, zhao, at=NOON)

    assert Lesson.objects.get().state == "given"
    assert Listener.objects.get().recorded_at == NOON


def test_a_kind_without_record_writes_none(arrange: Arrange, wang: Teacher, zhao: Teacher) -> None:
    actions.give(arrange(wang, zhao, "routine_lesson"), by=zhao, at=NOON)

    assert not Record.objects.exists()


def test_two_who_come_in_unasked_write_about_one_lesson(
    cast: Cast, wang: Teacher, zhao: Teacher, shen: Teacher
) -> None:
    here: dict[str, Any] = {
        "teacher": wang,
        "kind": kind("push_door_lesson"),
        "starts_at": datetime(2026, 10, 15, 0, 20, tzinfo=UTC),
        "ends_at": datetime(2026, 10, 15, 1, tzinfo=UTC),
        "at": MORNING,
    }
    first = actions.on_the_spot(cast.school, by=shen, **here)
    second = actions.on_the_spot(cast.school, by=zhao, **here)

    assert first == second
    assert Listener.objects.count() == 2


def test_taking_back_withdraws_the_record_and_needs_a_reason(lesson: Lesson, li: Teacher) -> None:
    actions.give(lesson, by=li, at=NOON)
    with pytest.raises(BadInput):
        actions.take_back(lesson, because="", by=li, at=NOON)

    actions.take_back(lesson, because="点错了", by=li, at=NOON)

    assert Record.objects.get().withdrawn_because == "点错了"
    assert Lesson.objects.get().state == "planned"


def test_what_was_called_off_was_not_given(lesson: Lesson, li: Teacher) -> None:
    actions.cancel(lesson, because="停电", by=li, at=MORNING)

    with pytest.raises(WrongState):
        actions.give(lesson, by=li, at=NOON)


def test_nobody_learns_of_a_surprise_by_pretending_to_sit_in_it(
    cast: Cast, arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    hidden = arrange(wang, zhou, "push_door_lesson")

    found = actions.on_the_spot(
        cast.school, teacher=wang, kind=kind("routine_lesson"), starts_at=hidden.starts_at,
        ends_at=hidden.ends_at, by=wang, at=NOON,
    )  # fmt: skip

    assert found != hidden


def test_the_scheme_pays_by_level_and_one_content_once(
    cast: Cast, arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    for day, level in ((12, "school"), (13, "county"), (14, "group")):
        lesson = arrange(wang, zhou, on=date(2026, 10, day), level=level)
        actions.give(lesson, by=zhou, at=NOON)

    paid = {record.organiser_level: record.awards.first() for record in Record.objects.all()}
    assert {level: award.amount if award else None for level, award in paid.items()} == {
        "school": 2, "county": 3, "group": 0,
    }  # fmt: skip
    assert len(set(Record.objects.values_list("content_key", flat=True))) == 1

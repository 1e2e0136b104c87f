"""A lesson's record says what the lesson says, and a high level is believed once it was checked."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.queries.counts import counts
from yanxiu.lessons.queries.levels import UNCHECKED
from yanxiu.lessons.refusals import RecordConfirmed
from yanxiu.lessons.tests.conftest import THURSDAY
from yanxiu.people.models import Teacher
from yanxiu.places.waiting import waiting_for

Arrange = Callable[..., Lesson]


def standing() -> Record:
    """Return the one record that was not withdrawn."""
    return Record.objects.get(withdrawn_at=None)


# --- put right ---------------------------------------------------------------------------------


def test_a_topic_put_right_later_is_what_the_record_says_and_one_content(
    arrange: Arrange, wang: Teacher, li: Teacher
) -> None:
    wrong = actions.give(arrange(wang, li, title="分数的初步认织"), by=li, at=NOON)
    actions.give(arrange(wang, li, on=THURSDAY.replace(day=14)), by=li, at=NOON)

    actions.change(wrong, by=wang, at=NOON, title="分数的初步认识")

    alive = Record.objects.filter(withdrawn_at=None)
    assert {row.title for row in alive} == {"分数的初步认识"}
    assert len({row.content_key for row in alive}) == 1
    assert {(row.state, row.assurance) for row in alive} == {("recognised", "host")}


def test_what_the_record_does_not_say_leaves_it_alone(
    lesson: Lesson, wang: Teacher, li: Teacher
) -> None:
    actions.give(lesson, by=li, at=NOON)

    actions.change(lesson, by=wang, at=NOON, room="录播室", class_size=41, class_name="三（1）班")

    assert Record.objects.get().withdrawn_at is None


def test_the_own_word_waits_again_when_the_topic_is_another(
    arrange: Arrange, wang: Teacher
) -> None:
    lesson = actions.give(arrange(wang, wang), by=wang, at=NOON)

    actions.change(lesson, by=wang, at=NOON, title="认识小数")

    assert (standing().title, standing().state) == ("认识小数", "waiting")


def test_a_topic_recognised_above_the_school_stays(
    lesson: Lesson, wang: Teacher, li: Teacher
) -> None:
    actions.give(lesson, by=li, at=NOON)
    standing().steps.update(level="central_school")

    with pytest.raises(RecordConfirmed, match="没有改动"):
        actions.change(lesson, by=wang, at=NOON, title="认识小数")

    assert Lesson.objects.get().title == "分数的初步认识"


def test_only_a_lesson_that_was_given_is_said_to_have_a_record_written_anew(
    client: Client, lesson: Lesson, wang: Teacher, li: Teacher
) -> None:
    client.force_login(wang)
    url = reverse("lessons:edit", args=[lesson.uid])

    planned = client.post(url, {"title": "认识小数"}, follow=True).content.decode()
    actions.give(Lesson.objects.get(), by=li, at=NOON)
    given = client.post(url, {"title": "认识分数"}, follow=True).content.decode()

    assert "研修记录也照新的重写了" not in planned
    assert "研修记录也照新的重写了" in given


# --- levels ------------------------------------------------------------------------------------


def levels_of(reader: Teacher, cast: Cast) -> dict[str, int]:
    """Return how many given lessons the counts show at each level."""
    found = counts(reader, cast.school, Span(THURSDAY, THURSDAY.replace(day=16)))
    [line] = found.by_kind
    return dict(zip([code for code, _name in found.levels], line.numbers, strict=True))


def test_one_s_own_national_lesson_counts_as_national_once_somebody_has_checked_it(
    cast: Cast, arrange: Arrange, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    lesson = arrange(wang, wang, level="national")
    actions.give(lesson, by=wang, at=NOON)
    actions.note_listener(lesson, zhao, at=NOON)

    assert levels_of(zhou, cast) == {UNCHECKED: 1}
    assert (standing().assurance, standing().state) == ("declared", "waiting")
    assert "待核对" in Lesson.objects.get().level_text

    actions.check_level(lesson, stands=True, by=zhou, at=NOON)

    assert levels_of(zhou, cast) == {"national": 1}
    assert (standing().organiser_level, standing().state) == ("national", "recognised")
    assert Lesson.objects.get().level_text == "国家级"


def test_a_level_that_is_not_so_becomes_the_school_s_and_the_record_with_it(
    cast: Cast, arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    lesson = actions.give(arrange(wang, wang, level="county"), by=wang, at=NOON)

    actions.check_level(lesson, stands=False, by=zhou, at=NOON)

    assert levels_of(zhou, cast) == {"school": 1}
    assert (standing().organiser_level, standing().lessons) == ("school", Decimal(1))


def test_a_level_of_the_school_or_written_by_the_office_needs_no_check(
    arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    assert arrange(wang, wang, level="group").level_stands
    office = arrange(wang, zhou, on=THURSDAY.replace(day=13), level="county")
    assert (office.level_stands, office.level_confirmed_by_name) == (True, zhou.name)


def test_nobody_checks_the_level_of_an_own_lesson(arrange: Arrange, zhou: Teacher) -> None:
    lesson = arrange(zhou, zhou, level="county")

    assert not lesson.level_stands
    with pytest.raises(NotAllowed):
        actions.check_level(lesson, stands=True, by=zhou, at=NOON)


def test_a_level_changed_by_its_teacher_waits_to_be_checked_again(
    arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    lesson = arrange(wang, wang, level="county")
    actions.check_level(lesson, stands=True, by=zhou, at=NOON)

    actions.change(Lesson.objects.get(), by=wang, at=NOON, level="national")

    assert not Lesson.objects.get().level_stands


def test_the_first_page_tells_who_is_to_check_and_the_page_offers_it(
    arrange: Arrange, client: Client, wang: Teacher, zhou: Teacher, zhao: Teacher
) -> None:
    lesson = actions.give(arrange(wang, wang, level="county"), by=wang, at=NOON)
    offer = {"do": "stands"}
    url = reverse("lessons:level", args=[lesson.uid])

    [line] = [each for each in waiting_for(zhou) if UNCHECKED in each.url]
    assert "1 节课" in line.text
    assert not [each for each in waiting_for(zhao) if UNCHECKED in each.url]

    client.force_login(zhou)
    page = client.get(line.url).content.decode()
    assert str(lesson.uid) in page
    assert url in client.get(reverse("lessons:lesson", args=[lesson.uid])).content.decode()
    client.post(url, offer)
    assert Lesson.objects.get().level_stands
    assert not [each for each in waiting_for(zhou) if UNCHECKED in each.url]


# --- arranging ---------------------------------------------------------------------------------


def test_a_lesson_of_which_nothing_is_said_is_not_shown_to_the_whole_school(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    client.force_login(wang)
    form: Any = client.get(reverse("lessons:new")).context["form"]
    chosen = form.fields["kind"].queryset.model.objects.get(uid=form.initial["kind"])
    assert (chosen.code, chosen.is_open) == ("routine_lesson", False)
    asked: Any = client.get(reverse("lessons:new") + "?code=open_lesson").context["form"]
    opened = chosen.__class__.objects.get(uid=asked.initial["kind"])
    assert opened.code == "open_lesson"

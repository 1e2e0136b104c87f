"""A lesson is arranged once, told to those concerned, and hidden where it is a surprise."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from yanxiu.agenda.models import Occasion
from yanxiu.agenda.permissions import may_see_occasion, mine
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_change_lesson, may_manage_lesson, may_see_lesson
from yanxiu.lessons.refusals import AlreadyThatDay, NoSuchPerson, TeacherBusy
from yanxiu.notices.models import Notice
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

Arrange = Callable[..., Lesson]


def sees(teacher: Teacher, lesson: Lesson) -> bool:
    return allowed(may_see_lesson, teacher, Lesson.objects.filter(pk=lesson.pk)).exists()


def test_its_teacher_is_told_and_has_it_in_the_calendar(lesson: Lesson, wang: Teacher) -> None:
    assert Notice.objects.get(teacher=wang).title == "请您上公开课：分数的初步认识"
    assert allowed(mine, wang, Occasion.objects.all()).get().source_id == lesson.uid


def test_it_is_in_nobody_elses_calendar(lesson: Lesson, zhao: Teacher, zhou: Teacher) -> None:
    assert not allowed(mine, zhao, Occasion.objects.all()).exists()
    assert not allowed(may_see_occasion, zhou, Occasion.objects.all()).exists()


def test_everybody_of_the_school_may_come_to_an_open_lesson(
    lesson: Lesson, zhao: Teacher, qian: Teacher
) -> None:
    assert sees(zhao, lesson)
    assert not sees(qian, lesson)


def test_a_surprise_is_hidden_from_its_teacher_and_from_others(
    arrange: Arrange, zhou: Teacher, wang: Teacher, zhao: Teacher, shen: Teacher
) -> None:
    lesson = arrange(wang, zhou, "push_door_lesson")

    assert not sees(wang, lesson)
    assert not sees(zhao, lesson)
    assert sees(shen, lesson)
    assert not Notice.objects.filter(teacher=wang).exists()
    assert not Occasion.objects.filter(attendees__teacher=wang).exists()


def test_a_surprise_is_hidden_even_from_a_teacher_who_sees_all_lessons(
    arrange: Arrange, li: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    lesson = arrange(zhou, shen, "push_door_lesson")

    for permission in (may_see_lesson, may_manage_lesson, may_change_lesson):
        assert not allowed(permission, zhou, Lesson.objects.filter(pk=lesson.pk)).exists()


def test_after_it_was_given_its_teacher_is_told_of_a_surprise(
    arrange: Arrange, zhou: Teacher, wang: Teacher
) -> None:
    lesson = arrange(wang, zhou, "push_door_lesson")

    actions.give(lesson, by=zhou, at=NOON)

    assert sees(wang, lesson)
    assert Notice.objects.get(teacher=wang).title == "听了您的课：分数的初步认识"


def test_only_those_who_may_come_unannounced_can_plan_a_surprise(
    arrange: Arrange, wang: Teacher, zhao: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        arrange(wang, zhao, "push_door_lesson")


def test_a_colleague_may_come_to_hear_but_not_arrange_an_open_lesson(
    arrange: Arrange, wang: Teacher, zhao: Teacher
) -> None:
    assert arrange(wang, zhao, "routine_lesson").audience == "invited"
    with pytest.raises(NotAllowed):
        arrange(wang, zhao, "open_lesson", begins=time(14), ends=time(14, 40))


def test_nobody_is_watched_twice_a_day_without_saying_so(
    arrange: Arrange, lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    later = {"begins": time(14), "ends": time(14, 40)}
    with pytest.raises(AlreadyThatDay):
        arrange(wang, li, **later)

    assert arrange(wang, li, even_so=True, **later)


def test_nobody_gives_two_lessons_at_once(
    arrange: Arrange, lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    with pytest.raises(TeacherBusy):
        arrange(wang, li, even_so=True)


def test_a_hidden_lesson_is_not_betrayed_by_a_refusal(
    arrange: Arrange, zhou: Teacher, wang: Teacher
) -> None:
    arrange(wang, zhou, "push_door_lesson")

    assert arrange(wang, wang, "open_lesson")


def test_who_does_not_work_there_has_no_lesson_there(
    arrange: Arrange, zhou: Teacher, qian: Teacher
) -> None:
    with pytest.raises(NoSuchPerson):
        arrange(qian, zhou)


def test_it_belongs_to_the_group_of_its_teacher(lesson: Lesson, cast: Cast) -> None:
    assert (lesson.unit, lesson.subject) == (cast.maths, "数学")


def test_a_move_is_told_and_its_own_teacher_cannot_move_it(
    lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    moved: dict[str, Any] = {
        "starts_at": lesson.starts_at.replace(hour=6),
        "ends_at": lesson.ends_at.replace(hour=7),
    }

    with pytest.raises(NotAllowed):
        actions.change(lesson, by=wang, at=MORNING, **moved)
    actions.change(lesson, by=li, at=MORNING, **moved)

    assert Notice.objects.filter(teacher=wang, title__startswith="听课的时间或地点有变").exists()
    assert Occasion.objects.get().starts_at == moved["starts_at"]


def test_its_own_teacher_may_say_what_is_taught(lesson: Lesson, wang: Teacher) -> None:
    actions.change(lesson, by=wang, at=MORNING, title="分数的意义", lesson_type="new")

    assert Lesson.objects.get().title == "分数的意义"
    assert "分数的意义" in Occasion.objects.get().title


def test_calling_off_needs_a_reason_and_can_be_taken_back(
    lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    with pytest.raises(BadInput):
        actions.cancel(lesson, because=" ", by=li, at=MORNING)

    actions.cancel(lesson, because="王老师外出学习", by=li, at=MORNING)
    assert Occasion.objects.get().state == "cancelled"
    assert Notice.objects.filter(teacher=wang, title="课已取消：分数的初步认识").exists()

    actions.restore(lesson, by=li, at=MORNING)
    assert (Occasion.objects.get().state, Lesson.objects.get().state) == ("planned", "planned")

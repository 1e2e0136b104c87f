"""A lesson and the session in which it is talked about lead to each other, written once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher

Arrange = Callable[..., Lesson]


def page(client: Client, teacher: Teacher, name: str, uid: Any) -> str:
    client.force_login(teacher)
    return client.get(reverse(name, args=[uid])).content.decode()


def edited(client: Client, teacher: Teacher, lesson: Lesson, **more: Any) -> int:
    """Send the form for changing a lesson; return the status."""
    client.force_login(teacher)
    given = {
        "day": "2026-10-15", "period_no": 3, "title": lesson.title, "level": "school",
        "class_name": lesson.class_name, **more,
    }  # fmt: skip
    return client.post(reverse("lessons:edit", args=[lesson.uid]), given).status_code


@pytest.mark.usefixtures("clock")
def test_who_arranges_it_names_the_session_and_both_pages_say_so(
    client: Client, lesson: Lesson, session: Session, li: Teacher, wang: Teacher
) -> None:
    assert edited(client, li, lesson, session=session.uid) == 302

    assert f"/lessons/{lesson.uid}/" in page(client, wang, "activities:session", session.uid)
    assert f"/sessions/{session.uid}/" in page(client, wang, "lessons:lesson", lesson.uid)


@pytest.mark.usefixtures("clock")
def test_a_lesson_that_was_given_can_still_be_brought_to_its_talk(
    client: Client, lesson: Lesson, session: Session, li: Teacher, wang: Teacher
) -> None:
    given = actions.give(lesson, by=li, at=NOON)

    assert edited(client, li, given, session=session.uid) == 302
    assert 'name="session"' not in page(client, wang, "lessons:edit", lesson.uid)
    edited(client, wang, given, session="")

    given.refresh_from_db()
    assert given.session == session


def test_nobody_names_a_session_that_is_not_for_his_eyes(
    arrange: Arrange, session: Session, zhao: Teacher, wang: Teacher, lesson: Lesson
) -> None:
    with pytest.raises(NotAllowed):
        arrange(zhao, zhao, session=session)
    with pytest.raises(NotAllowed):
        actions.change(lesson, by=wang, at=MORNING, session=session)


def test_who_may_not_see_a_lesson_does_not_find_it_on_the_session(
    client: Client, arrange: Arrange, session: Session, zhou: Teacher, wang: Teacher
) -> None:
    hidden = arrange(wang, zhou, "push_door_lesson", session=session)

    assert str(hidden.uid) not in page(client, wang, "activities:session", session.uid)
    assert str(hidden.uid) in page(client, zhou, "activities:session", session.uid)


@pytest.mark.usefixtures("clock")
def test_a_series_belongs_to_an_activity(
    client: Client, cast: Cast, session: Session, li: Teacher, wang: Teacher
) -> None:
    client.force_login(li)
    given = {
        "kind": "polishing", "title": "磨分数", "starts_on": "2026-10-12",
        "audience": cast.maths.uid, "activity": session.activity.uid,
    }  # fmt: skip
    client.post(reverse("lessons:series_new"), given)

    made = LessonSeries.objects.get()
    assert made.activity == session.activity
    assert "磨分数" in page(client, wang, "activities:session", session.uid)
    assert session.activity.theme in page(client, wang, "lessons:series", made.uid)
    client.force_login(li)
    client.post(reverse("lessons:series_edit", args=[made.uid]), {**given, "activity": ""})
    made.refresh_from_db()
    assert made.activity is None


def test_a_session_far_away_is_not_offered_but_the_one_named_is_kept(
    client: Client, lesson: Lesson, session: Session, li: Teacher, clock: Any
) -> None:
    actions.change(lesson, by=li, at=MORNING, session=session)
    clock.move_to(session.starts_at + timedelta(days=200))

    shown = page(client, li, "lessons:edit", lesson.uid)

    assert f'value="{session.uid}" selected' in shown
    client.force_login(li)
    assert str(session.uid) not in client.get(reverse("lessons:new")).content.decode()


def test_the_first_page_opens_the_lesson_of_today_and_asks_nobody_to_sign_in(
    client: Client, lesson: Lesson, wang: Teacher, clock: Any
) -> None:
    clock.move_to(lesson.starts_at)
    client.force_login(wang)

    shown = client.get("/").content.decode()

    assert f'href="/lessons/{lesson.uid}/" aria-label="打开公开课：分数的初步认识' in shown
    assert "还没有开始签到" not in shown

"""A plan, the lesson that was observed and the plan revised are shown side by side."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions
from yanxiu.observation.actions import NewText
from yanxiu.observation.models import Observation
from yanxiu.observation.tests.conftest import AFTER
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions as preparation
from yanxiu.preparation.models import LessonPlan

OLD, NEW = "教师示范折纸，学生模仿。", "学生先折，再互相说折法。"


def _plan(cast: Cast, wang: Teacher) -> LessonPlan:
    return preparation.start(
        cast.school,
        kind="personal",
        unit=cast.maths,
        facts={"title": "分数的意义", "subject": "数学"},
        texts={"process": OLD},
        by=wang,
        at=MORNING,
    )


def test_plan_lesson_and_revised_plan_stand_side_by_side(
    client: Client, cast: Cast, lesson: Lesson, observation: Observation, li: Teacher, wang: Teacher
) -> None:
    plan = _plan(cast, wang)
    preparation.use_in(plan, lesson, by=wang, at=MORNING)
    said = NewText("suggestions", "让学生先折，再示范")
    actions.save_texts(observation, [said], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)
    later = AFTER + timedelta(hours=1)
    version = preparation.revise(plan, reason="听课以后", texts={"process": NEW}, by=wang, at=later)
    advice = actions.take_advice(observation.advice.get(), by=wang, at=later)
    client.force_login(wang)
    done = {"what_changed": "改成学生先折", "version": str(version.uid), "part": "过程第一段"}
    client.post(reverse("observation:finish", args=[advice.uid]), done)

    page = client.get(reverse("observation:before_and_after", args=[lesson.uid])).content.decode()
    record = client.get(reverse("observation:observation", args=[observation.uid]))

    assert OLD in page
    assert "<ins>" in page
    assert "让学生先折，再示范" in page
    assert reverse("preparation:version", args=[version.uid]) in record.content.decode()


def test_a_plan_that_the_reader_may_not_see_is_left_out(
    client: Client, cast: Cast, lesson: Lesson, zhao: Teacher, wang: Teacher
) -> None:
    preparation.use_in(_plan(cast, wang), lesson, shown=False, by=wang, at=MORNING)
    client.force_login(zhao)

    page = client.get(reverse("observation:before_and_after", args=[lesson.uid]))

    assert page.status_code == 200
    assert OLD not in page.content.decode()

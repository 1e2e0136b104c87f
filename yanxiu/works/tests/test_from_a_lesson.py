"""A reflection begins at a lesson, and goes on into the plan and into a talk with others."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import moment_at
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions as preparation
from yanxiu.works import actions, lesson_section
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work
from yanxiu.works.refusals import NoPlanToRevise
from yanxiu.works.tests.conftest import Write, kind

DAY = date(2026, 10, 14)


@pytest.fixture
def lesson(cast: Cast, wang: Teacher, li: Teacher) -> Lesson:
    found = lessons.arrange(
        cast.school,
        teacher=wang,
        kind=LessonKind.objects.get(organisation=None, code="study_lesson"),
        starts_at=moment_at(DAY, time(10, 20)),
        ends_at=moment_at(DAY, time(11)),
        by=li,
        at=moment_at(DAY, time(8)),
        title="认识周长",
        class_name="三（2）班",
        subject="数学",
    )
    return lessons.give(found, by=wang, at=MORNING)


def test_title_class_and_day_come_along_with_one_tap(
    client: Client, wang: Teacher, lesson: Lesson
) -> None:
    client.force_login(wang)
    sent = {"kind": kind("reflection").uid, "lesson": lesson.uid}

    client.post(reverse("works:start"), sent)
    client.post(reverse("works:start"), sent)

    work = Work.objects.get()
    assert (work.title, work.about, work.happened_on) == (
        "《认识周长》教学反思", "《认识周长》 三（2）班 数学", DAY,
    )  # fmt: skip


def test_the_lesson_offers_it_to_its_teacher_and_shows_what_is_shared(
    write: Write, wang: Teacher, li: Teacher, lesson: Lesson
) -> None:
    offered = lesson_section.of_lesson(lesson, wang)
    assert offered is not None
    assert offered["reflects"] == kind("reflection")
    assert lesson_section.of_lesson(lesson, li) is None

    work = write(wang, lesson=lesson)
    assert lesson_section.of_lesson(lesson, li) is None
    actions.share(work, shared_with="group", by=wang, at=NOON)

    shown = lesson_section.of_lesson(lesson, li)
    assert shown is not None
    assert shown["works"] == [work]


def test_a_redesign_becomes_a_version_of_the_plan(
    cast: Cast, write: Write, wang: Teacher, lesson: Lesson
) -> None:
    work = write(wang, lesson=lesson, texts={"redesign": "先让学生自己想办法量。"})
    with pytest.raises(NoPlanToRevise):
        actions.redesign_plan(work, by=wang, at=NOON)
    plan = preparation.start(
        cast.school, kind="personal", facts={"title": "认识周长"}, texts={"process": "围树叶。"},
        by=wang, at=MORNING,
    )  # fmt: skip
    preparation.use_in(plan, lesson, by=wang, at=MORNING)

    version = actions.redesign_plan(work, by=wang, at=NOON)

    assert version.plan_id == plan.pk
    text = str(version.content)
    assert "围树叶。" in text
    assert "先让学生自己想办法量。" in text


def test_a_work_brought_to_a_session_is_read_by_those_who_come(
    client: Client, write: Write, wang: Teacher, li: Teacher, zhao: Teacher, session: Session
) -> None:
    work = actions.propose_for_session(write(wang), session, by=wang, at=NOON)
    assert not allowed(may_see_work, zhao, Work.objects.all()).exists()
    with pytest.raises(NotAllowed):
        actions.propose_for_session(work, session, by=li, at=NOON)

    session.unit = None
    session.save(update_fields=["unit"])

    client.force_login(zhao)
    for page in ("works:of_session", "activities:session"):
        assert work.title in client.get(reverse(page, args=[session.uid])).content.decode()
    actions.propose_for_session(work, None, by=wang, at=NOON)
    assert (
        work.title
        not in client.get(reverse("activities:session", args=[session.uid])).content.decode()
    )
    assert not allowed(may_see_work, zhao, Work.objects.all()).exists()


def test_the_check_shows_its_author_passages_and_others_nothing(
    client: Client, write: Write, wang: Teacher, li: Teacher
) -> None:
    passage = "先让学生用绳子沿着树叶的边线围一圈，再把绳子拉直量出长度，体会一周的含义。"
    earlier = write(li, "case", title="围一围的案例", texts={"": passage})
    actions.share(earlier, shared_with="school", by=li, at=NOON)
    work = write(wang, texts={"success": "今天是这样上的。" + passage})
    url = reverse("works:alike", args=[work.uid])

    client.force_login(wang)
    shown = client.get(url).content.decode()
    assert "围一围的案例" in shown
    assert "沿着树叶的边线围一圈" in shown

    client.force_login(li)
    assert client.get(url).status_code == 404


def test_a_private_draft_and_a_private_heading_are_compared_with_nobody(
    client: Client, write: Write, wang: Teacher, li: Teacher
) -> None:
    passage = "这节课我把周长和面积的单位写混了两次，被学生指出来以后才慌忙改了过来。"
    draft = write(li, "case", texts={"": passage})
    mine = write(li, texts={"success": "平常的一句话。", "slips": passage})
    actions.share(mine, shared_with="school", by=li, at=NOON)
    work = write(wang, texts={"success": passage})
    client.force_login(wang)
    url = reverse("works:alike", args=[work.uid])
    assert "没有找到相同的段落" in client.get(url).content.decode()

    actions.share(draft, shared_with="school", by=li, at=NOON)
    assert "没有找到相同的段落" not in client.get(url).content.decode()
    actions.share(draft, shared_with="nobody", by=li, at=NOON)
    assert "没有找到相同的段落" in client.get(url).content.decode()

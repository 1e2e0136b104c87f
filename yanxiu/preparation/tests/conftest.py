"""What the tests of preparing stand on."""

from collections.abc import Callable
from typing import Any

import pytest

from yanxiu.activities.models import ActivityKind, Session
from yanxiu.cast import MORNING, Cast
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions
from yanxiu.preparation.models import LessonPlan

TEXTS = {
    "objectives": "能用分数表示把一个整体平均分后的一份或几份。",
    "key_points": "重点：理解平均分。\n难点：认识单位“1”。",
    "process": (
        "复习导入：口算三组除法。\n探究新知：把一张圆片平均分成四份。\n巩固练习：完成练习一。"
    ),
}
"""A draft of three sections."""

Started = Callable[..., LessonPlan]


@pytest.fixture
def started(cast: Cast, li: Teacher) -> Started:
    """Begin a plan: shared, of the maths group, by 李组长, unless said otherwise."""

    def start(by: Teacher = li, kind: str = "shared", **more: Any) -> LessonPlan:
        facts = {"title": "分数的初步认识", "subject": "数学", "grade": "三年级"}
        facts |= more.pop("facts", {})
        given: dict[str, Any] = {"unit": cast.maths, "texts": TEXTS, **more}
        return actions.start(cast.school, kind=kind, facts=facts, by=by, at=MORNING, **given)

    return start


@pytest.fixture
def discussed(started: Started, li: Teacher) -> LessonPlan:
    """A plan that the maths group talks about."""
    return actions.offer(started(), by=li, at=MORNING)


@pytest.fixture
def agreed(discussed: LessonPlan, li: Teacher) -> LessonPlan:
    """The agreed plan of the maths group."""
    return actions.agree(discussed, by=li, at=MORNING)


@pytest.fixture
def talk(session: Session) -> Session:
    """The session of the maths group, in which lessons are prepared together."""
    kind = ActivityKind.objects.get(organisation=None, code="collective_lesson_preparation")
    session.activity.kind = kind
    session.activity.save(update_fields=["kind"])
    return session


@pytest.fixture
def lesson(cast: Cast, wang: Teacher, talk: Session) -> Lesson:
    """A lesson of 王老师 that the maths group may come to."""
    found: Lesson = Lesson.objects.create(
        organisation=cast.school,
        unit=cast.maths,
        teacher=wang,
        kind=LessonKind.objects.get(organisation=None, code="open_lesson"),
        subject="数学",
        title="分数的初步认识",
        audience=Lesson.Audience.UNIT,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        made_at=MORNING,
    )
    return found

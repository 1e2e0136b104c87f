"""A lesson that 王老师 gives and others hear."""

from datetime import date, time
from typing import Any

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.spans import moment_at
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.observation import actions
from yanxiu.observation.models import Observation
from yanxiu.people.models import Teacher

BEGINS = moment_at(date(2026, 10, 15), time(9, 10))
ENDS = moment_at(date(2026, 10, 15), time(9, 50))
AFTER = moment_at(date(2026, 10, 15), time(12))


def arrange(cast: Cast, teacher: Teacher, by: Teacher, **more: Any) -> Lesson:
    code = more.pop("kind", "open_lesson")
    given = {
        "teacher": teacher,
        "kind": LessonKind.objects.get(organisation=None, code=code),
        "starts_at": BEGINS,
        "ends_at": ENDS,
        "by": by,
        "at": MORNING,
        "title": "分数的意义",
        "subject": "数学",
        "class_name": "五（2）班",
        "class_size": 42,
        **more,
    }
    return lessons.arrange(cast.school, **given)


@pytest.fixture
def lesson(cast: Cast, li: Teacher, wang: Teacher) -> Lesson:
    """An open lesson of 王老师, 15 October 2026, 9:10 to 9:50, arranged by 李组长."""
    lessons.lay_ground()
    return arrange(cast, wang, li)


@pytest.fixture
def observation(lesson: Lesson, li: Teacher) -> Observation:
    """李组长 has begun to observe it."""
    return actions.start(lesson, by=li, at=BEGINS)

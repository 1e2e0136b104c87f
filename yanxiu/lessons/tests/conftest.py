"""Lessons of the cast."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.spans import moment_at
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.people.models import Teacher

THURSDAY = date(2026, 10, 15)


def kind(code: str) -> LessonKind:
    """Return a shipped kind."""
    return LessonKind.objects.get(code=code)


@pytest.fixture
def arrange(cast: Cast) -> Callable[..., Lesson]:
    """Arrange a lesson at the school on 15 October 2026, 10:20 to 11:00."""

    def arranged(
        teacher: Teacher,
        by: Teacher,
        code: str = "open_lesson",
        *,
        on: date = THURSDAY,
        begins: time = time(10, 20),
        ends: time = time(11),
        **facts: Any,
    ) -> Lesson:
        given = {"title": "分数的初步认识", "class_name": "三（2）班", **facts}
        return actions.arrange(
            cast.school,
            teacher=teacher,
            kind=kind(code),
            starts_at=moment_at(on, begins),
            ends_at=moment_at(on, ends),
            by=by,
            at=MORNING,
            **given,
        )

    return arranged


@pytest.fixture
def lesson(arrange: Callable[..., Lesson], wang: Teacher, li: Teacher) -> Lesson:
    """An open lesson of 王老师, arranged by 李组长."""
    return arrange(wang, li)

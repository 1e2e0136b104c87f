"""What the tests of training stand on."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Attendance, Session, Tag
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.spans import moment_at
from yanxiu.people.models import Teacher, Unit
from yanxiu.training import actions
from yanxiu.training.models import OutsideCourse, OutsideTraining

FACTS: dict[str, Any] = {
    "title": "小学数学新课标研修班",
    "organiser": "县教师进修学校",
    "level": "county",
    "starts_on": date(2026, 10, 12),
    "last_on": date(2026, 10, 14),
    "place": "县城",
    "hours": Decimal(12),
}
"""A course that was over the day before the morning of the tests."""

Hold = Callable[..., Session]


@pytest.fixture
def ethics(cast: Cast) -> Tag:
    found: Tag = Tag.objects.get(classification__code="content", code="ethics")
    return found


@pytest.fixture
def homework(cast: Cast) -> Tag:
    found: Tag = Tag.objects.get(classification__code="content", code="homework")
    return found


@pytest.fixture
def hold(cast: Cast, zhou: Teacher) -> Hold:
    """Hold a session on 13 October 2026 with those who came, and close it."""

    def held(
        *came: Teacher, unit: Unit | None = None, title: str = "新常规全体培训", **more: Any
    ) -> Session:
        session = activities.plan_session(
            cast.school,
            title=title,
            by=zhou,
            at=MORNING,
            kind=ActivityKind.objects.get(organisation=None, code="school_theme_training"),
            unit=unit,
            starts_at=moment_at(date(2026, 10, 13), time(14)),
            ends_at=moment_at(date(2026, 10, 13), time(15, 30)),
            **more,
        )
        for teacher in came:
            Attendance.objects.create(
                session=session,
                teacher=teacher,
                state=Attendance.State.PRESENT,
                method=Attendance.Method.ROLL_CALL,
                at=MORNING,
            )
        return activities.close_session(session, by=zhou, at=NOON)

    return held


@pytest.fixture
def course(cast: Cast, zhou: Teacher) -> OutsideCourse:
    return actions.enter_course(cast.school, FACTS, by=zhou, at=MORNING)


@pytest.fixture
def applied(cast: Cast, course: OutsideCourse, wang: Teacher) -> OutsideTraining:
    return actions.apply(
        cast.school,
        course=course,
        purpose="想弄清新课标里数感怎样教",
        cost=Decimal(600),
        by=wang,
        at=MORNING,
    )


@pytest.fixture
def approved(applied: OutsideTraining, zhou: Teacher) -> OutsideTraining:
    return actions.approve(applied, by=zhou, at=MORNING)


@pytest.fixture
def reported(approved: OutsideTraining, wang: Teacher) -> OutsideTraining:
    return actions.hand_in(
        approved, hours=Decimal(12), report="数感要从生活里的数来。", by=wang, at=NOON
    )

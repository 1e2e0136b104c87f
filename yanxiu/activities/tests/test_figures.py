"""The figures equal an independent count, and open to rows under the reader's rights."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from yanxiu.activities import actions, codes
from yanxiu.activities.figures import FIGURES
from yanxiu.activities.models import ActivityKind, Attendance, Session
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.figures.table import Scope
from yanxiu.kernel.spans import Span, moment_at
from yanxiu.people.models import Teacher

BY_CODE = {figure.code.partition(".")[2]: figure for figure in FIGURES}
OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))


def scope(cast: Cast, span: Span = OCTOBER, **more: int) -> Scope:
    return Scope(organisation=cast.school.pk, path=cast.school.path, span=span, **more)


def values(asked: Scope, *codes_: str) -> list[Decimal]:
    return [BY_CODE[code].value(asked) for code in codes_]


@pytest.fixture
def october(cast: Cast, session: Session, li: Teacher, wang: Teacher, zhao: Teacher) -> Cast:
    """One held session of 90 minutes (one late, one on leave, a walk-in), one off, one left."""
    actions.open_sign_in(session, by=li, at=session.starts_at)
    session.refresh_from_db()
    late = session.starts_at + timedelta(minutes=20)
    for who in (wang, zhao):
        actions.sign_in(session.uid, who, at=late, code=codes.code_at(session, late))
    actions.call_roll(session, {li: "leave"}, by=li, at=late)
    actions.close_session(session, by=li, at=NOON)
    for day in (20, 21):
        made = actions.plan_session(
            cast.school, title="另一场", by=li, at=MORNING, unit=cast.maths,
            kind=ActivityKind.objects.get(code="research_activity"),
            starts_at=moment_at(date(2026, 10, day), time(14)),
            ends_at=moment_at(date(2026, 10, day), time(15)),
        )  # fmt: skip
    actions.cancel_session(made, because="停电", by=li, at=MORNING)
    return cast


def test_sessions_are_counted_by_what_became_of_them(october: Cast) -> None:
    found = values(
        scope(october), "sessions_planned", "sessions_held", "sessions_cancelled",
        "sessions_left_open", "session_hours", "minutes_written", "minutes_missing",
    )  # fmt: skip

    assert found == [3, 1, 1, 1, Decimal("1.5"), 0, 1]


def test_attendance_equals_a_count_by_hand(october: Cast) -> None:
    rows = list(Attendance.objects.filter(session__closed_at__isnull=False))
    came = [row for row in rows if row.state in {"present", "late"}]
    due = [row for row in rows if row.expected]

    found = values(
        scope(october), "attendances", "expected", "expected_who_came", "late", "leave",
        "on_duty", "absences",
    )  # fmt: skip

    assert found == [len(came), len(due), len([row for row in due if row in came]), 2, 1, 0, 0]
    assert found[:3] == [2, 2, 1]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.code)
def test_a_figure_keeps_to_its_scope(october: Cast, figure: object) -> None:
    code = figure.code.partition(".")[2]  # type: ignore[attr-defined]
    elsewhere = Scope(october.other_school.pk, october.other_school.path, OCTOBER)
    september = scope(october, Span(date(2026, 9, 1), date(2026, 10, 1)))

    assert values(elsewhere, code) == values(september, code) == [0]
    assert values(scope(october, unit=october.chinese.pk), code) == [0]


def test_the_days_are_those_of_the_school(october: Cast) -> None:
    eve = moment_at(date(2026, 11, 1)) - timedelta(minutes=1)  # 23:59 on 31 October, in Shanghai
    Session.objects.filter(closed_at__isnull=False).update(
        starts_at=eve, ends_at=eve + timedelta(hours=1)
    )

    assert values(scope(october), "sessions_held") == [1]


def test_one_teacher_is_counted_alone(october: Cast, wang: Teacher) -> None:
    asked = scope(october, teacher=wang.pk)

    assert values(asked, "sessions_held", "attendances", "late", "leave") == [1, 1, 1, 0]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.code)
def test_it_opens_to_its_rows_under_the_readers_rights(
    october: Cast, zhou: Teacher, qian: Teacher, figure: object
) -> None:
    rows = figure.opened(figure.rows(scope(october)))  # type: ignore[attr-defined]

    mine = rows.filter(figure.seen_by(zhou))  # type: ignore[attr-defined]
    assert mine.count() == rows.count()
    assert not rows.filter(figure.seen_by(qian)).exists()  # type: ignore[attr-defined]
    for row in mine:
        assert len(figure.cells(row)) == len(figure.columns)  # type: ignore[attr-defined]

"""A group without a fixed time is reminded once, after a month without a meeting."""

from datetime import date, time, timedelta

import pytest

from yanxiu.activities import actions
from yanxiu.activities.models import ActivityKind, Session
from yanxiu.agenda.models import Task
from yanxiu.agenda.running import Composer
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.spans import moment_at
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan

LATER = moment_at(date(2026, 10, 20), time(9))


@pytest.fixture
def plan(cast: Cast, zhou: Teacher) -> Plan:
    """The Chinese group agrees on its own time."""
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    planning.add_rhythm(plan, unit=cast.chinese, weekday=None, half_day="", by=zhou, at=MORNING)
    return planning.confirm_plan(plan, by=zhou, at=MORNING)


def meets(cast: Cast, zhao: Teacher, day: date) -> Session:
    return actions.plan_session(
        cast.school, title="读写结合", unit=cast.chinese, by=zhao, at=MORNING,
        kind=ActivityKind.objects.get(code="research_activity"),
        starts_at=moment_at(day, time(15)), ends_at=moment_at(day, time(16)),
    )  # fmt: skip


def test_its_leader_is_reminded_once(plan: Plan, zhao: Teacher) -> None:
    assert actions.remind_of_meetings(at=LATER) == 1
    assert actions.remind_of_meetings(at=LATER + timedelta(days=1)) == 0

    assert Task.objects.get(teacher=zhao).title.startswith("语文教研组一个月没有活动")
    assert Notice.objects.get(teacher=zhao).kind == "reminder"


def test_a_meeting_set_ends_the_reminder_and_none_follows(
    plan: Plan, cast: Cast, zhao: Teacher
) -> None:
    actions.remind_of_meetings(at=LATER)

    meets(cast, zhao, date(2026, 10, 28))

    assert Task.objects.get(teacher=zhao).state == Task.State.DONE
    assert actions.remind_of_meetings(at=LATER + timedelta(days=1)) == 0


def test_a_month_later_it_is_reminded_again(plan: Plan, cast: Cast, zhao: Teacher) -> None:
    actions.remind_of_meetings(at=LATER)
    meets(cast, zhao, date(2026, 10, 28))

    assert actions.remind_of_meetings(at=moment_at(date(2026, 11, 29), time(9))) == 1
    assert Task.objects.get(teacher=zhao).state == Task.State.OPEN


def test_a_called_off_meeting_is_none(plan: Plan, cast: Cast, zhao: Teacher) -> None:
    session = meets(cast, zhao, date(2026, 10, 12))
    actions.cancel_session(session, because="停电", by=zhao, at=MORNING)

    assert actions.remind_of_meetings(at=LATER) == 1


def test_nobody_is_late_in_the_first_month_nor_after_the_term(plan: Plan) -> None:
    assert actions.remind_of_meetings(at=moment_at(date(2026, 9, 20), time(9))) == 0
    assert actions.remind_of_meetings(at=moment_at(date(2027, 2, 20), time(9))) == 0


def test_who_has_a_fixed_time_is_not_reminded(plan: Plan) -> None:
    plan.rhythms.update(weekday=3)

    assert actions.remind_of_meetings(at=LATER) == 0


def test_the_loop_beside_the_pages_does_it_each_day(
    plan: Plan, zhao: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test lives in one transaction, which would end with its connection.
    monkeypatch.setattr("yanxiu.agenda.running.close_old_connections", lambda: None)

    Composer().turn(LATER)

    assert Task.objects.filter(teacher=zhao).exists()

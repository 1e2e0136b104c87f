"""A rhythm fills the term, leaves out the days off, and fills no day twice."""

from datetime import date, time, timedelta

import pytest

from yanxiu.activities import actions
from yanxiu.activities.models import Session
from yanxiu.agenda.models import Occasion
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.terms import actions as terms


@pytest.fixture
def plan(cast: Cast, zhou: Teacher) -> Plan:
    """A confirmed plan: maths meets on Thursday afternoons of the first four weeks of term."""
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    planning.add_rhythm(
        plan, unit=cast.maths, weekday=4, half_day=Rhythm.HalfDay.AFTERNOON, by=zhou, at=MORNING
    )
    return planning.confirm_plan(plan, by=zhou, at=MORNING)


def days() -> list[date]:
    return [day_of(session.starts_at) for session in Session.objects.order_by("starts_at")]


def test_it_meets_on_its_weekday_and_not_on_days_off(plan: Plan, cast: Cast, zhou: Teacher) -> None:
    terms.set_day_off(
        cast.school,
        name="国庆",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 8),
        by=None,
        at=MORNING,
    )
    actions.schedule_rhythms(plan, by=zhou, at=MORNING)

    assert all(day.isoweekday() == 4 for day in days())
    assert date(2026, 9, 3) in days()
    assert date(2026, 10, 1) not in days()
    assert Occasion.objects.count() == len(days()) == 20


def test_a_make_up_day_counts_as_the_weekday_it_is_taught_as(
    plan: Plan, cast: Cast, zhou: Teacher
) -> None:
    terms.set_day_off(
        cast.school,
        name="调休",
        starts_on=date(2026, 10, 10),
        ends_on=date(2026, 10, 11),
        kind="make_up",
        taught_as=4,
        by=None,
        at=MORNING,
    )
    actions.schedule_rhythms(plan, by=zhou, at=MORNING)

    assert date(2026, 10, 10) in days()


def test_doing_it_again_adds_nothing(plan: Plan, zhou: Teacher) -> None:
    actions.schedule_rhythms(plan, by=zhou, at=MORNING)
    before = days()

    assert actions.schedule_rhythms(plan, by=zhou, at=MORNING) == []
    assert days() == before


def test_a_moved_or_linked_session_keeps_its_day(plan: Plan, zhou: Teacher) -> None:
    actions.schedule_rhythms(plan, by=zhou, at=MORNING)
    first, second = Session.objects.order_by("starts_at")[:2]
    later = moment_at(day_of(first.starts_at) + timedelta(days=1), time(15))
    actions.move_session(
        first, starts_at=later, ends_at=later + timedelta(hours=1), by=zhou, at=MORNING
    )
    item = planning.add_item(plan, text="第一次主题研讨", month=9, by=zhou, at=MORNING)
    actions.link_item(second, item, by=zhou, at=MORNING)

    assert actions.schedule_rhythms(plan, by=zhou, at=MORNING) == []


def test_every_other_week_means_every_other_week(plan: Plan, zhou: Teacher) -> None:
    plan.rhythms.update(every_weeks=2)

    actions.schedule_rhythms(plan, by=zhou, at=MORNING)

    gaps = {(after - before).days for before, after in zip(days(), days()[1:], strict=False)}
    assert gaps == {14}

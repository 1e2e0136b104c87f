"""A rhythm fills the term, leaves out the days off, and fills no day twice."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import Activity, Session
from yanxiu.agenda.models import Occasion
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.terms import actions as terms
from yanxiu.terms.models import Term


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


# ---- a plan over a year ----
@pytest.fixture
def spring(cast: Cast) -> Term:
    return terms.set_term(
        cast.school, school_year=2026, half=2, starts_on=date(2027, 2, 22),
        ends_on=date(2027, 7, 10), by=None, at=MORNING,
    )  # fmt: skip


@pytest.fixture
def year_plan(plan: Plan, spring: Term) -> Plan:
    """The plan, for the calendar year from September to the end of April."""
    plan.period, plan.starts_on, plan.ends_on = "year", date(2026, 9, 1), date(2027, 5, 1)
    plan.save()
    return plan


def test_each_term_of_a_year_plan_is_filled_by_itself(
    year_plan: Plan, spring: Term, zhou: Teacher
) -> None:
    actions.schedule_rhythms(year_plan, by=zhou, at=MORNING)
    autumn = days()

    actions.schedule_rhythms(year_plan, by=zhou, at=MORNING, term=spring)

    added = days()[len(autumn) :]
    assert len(autumn) == 21
    assert (added[0], added[-1]) == (date(2027, 2, 25), date(2027, 4, 29))
    assert {row.term for row in Activity.objects.all()} == {year_plan.term, spring}


def test_the_page_lets_choose_the_term(
    year_plan: Plan, spring: Term, zhou: Teacher, client: Client
) -> None:
    client.force_login(zhou)
    address = reverse("activities:schedule", args=[year_plan.uid])
    assert f"?term={spring.uid}" in client.get(address).content.decode()
    preview = reverse("activities:preview", args=[year_plan.uid])
    seen = client.get(preview, {"term": str(spring.uid)}).content.decode()

    client.post(address, {"term": str(spring.uid), "since": "term"})

    assert f"将排 <strong>{len(days())}</strong> 场" in seen
    assert days()[0] == date(2027, 2, 25)


def test_a_personal_plan_makes_no_sessions(
    plan: Plan, zhou: Teacher, wang: Teacher, client: Client
) -> None:
    Plan.objects.update(teacher=wang, kind="personal")
    plan.refresh_from_db()
    client.force_login(zhou)

    assert client.get(reverse("activities:schedule", args=[plan.uid])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.schedule_rhythms(plan, by=zhou, at=MORNING)

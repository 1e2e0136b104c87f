"""A plan shows the sessions that came of it: linked for who may see them, cheap however many."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import Plan, PlanItem, Rhythm

DAY = date(2026, 10, 15)


@pytest.fixture
def plan(cast: Cast, zhou: Teacher) -> Plan:
    """A confirmed plan: 数学教研组 meets on Wednesdays, and 课堂调研 is for October."""
    plan = actions.start_plan(cast.school, cast.term, "研修计划", by=zhou, at=MORNING)
    half_day = Rhythm.HalfDay.AFTERNOON
    actions.add_rhythm(plan, unit=cast.maths, weekday=3, half_day=half_day, by=zhou, at=MORNING)
    actions.add_item(plan, text="课堂调研", month=10, by=zhou, at=MORNING)
    return actions.confirm_plan(plan, by=zhou, at=MORNING)


@pytest.fixture
def item(plan: Plan) -> PlanItem:
    return plan.planitems.get()


@pytest.fixture
def office(client: Client, zhou: Teacher) -> Client:
    client.force_login(zhou)
    return client


def text_of(client: Client, plan: Plan) -> str:
    return client.get(reverse("planning:plan", args=[plan.uid])).content.decode()


def test_a_session_is_linked_for_who_may_see_it(
    client: Client, plan: Plan, item: PlanItem, session: Session, li: Teacher, zhao: Teacher
) -> None:
    actions.mark_held(item, source=source_of(session), on=DAY)

    client.force_login(li)
    assert reverse("activities:session", args=[session.uid]) in text_of(client, plan)
    client.force_login(zhao)
    assert reverse("activities:session", args=[session.uid]) not in text_of(client, plan)
    assert "10月15日（周四）" in text_of(client, plan)


def test_a_month_shows_its_items_days_and_weekly_times(
    office: Client, plan: Plan, item: PlanItem, session: Session
) -> None:
    actions.mark_scheduled(item, source=source_of(session), on=DAY)

    text = office.get(reverse("planning:month", args=[plan.uid, "2026-10"])).content.decode()

    assert reverse("activities:session", args=[session.uid]) in text
    assert text.count("数学教研组 下午") == 4


def test_many_items_cost_no_more_statements(
    office: Client, plan: Plan, zhou: Teacher, session: Session,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(40):
        made = actions.add_item(plan, text=f"事项{number}", month=10, by=zhou, at=MORNING)
        actions.mark_scheduled(made, source=source_of(session), on=DAY)

    # One of them asks for the remarks of those who supervise.
    with django_assert_max_num_queries(19):
        text_of(office, plan)

"""Plans are asked for by a day; the list says who was on time, late, or is missing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, Cast
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher, UnitKind
from yanxiu.planning import actions
from yanxiu.planning.demands import lines_of, standing_of, usual_deadline
from yanxiu.planning.models import Plan, PlanDemand

Ceiling = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def demand(cast: Cast, zhou: Teacher) -> PlanDemand:
    return actions.ask_for_plans(
        cast.school, title="教研组工作计划", term=cast.term, whom="units",
        due_on=date(2026, 10, 20), by=zhou, at=MORNING,
    )  # fmt: skip


@pytest.fixture
def sun(cast: Cast) -> Teacher:
    """A researcher of the central school."""
    teacher = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    role = Role.objects.get(code="researcher")
    starts = date(2020, 9, 1)
    central = cast.school.parent
    assert central is not None
    people.give_post(teacher, central, role, starts_on=starts, by=None, at=MORNING)
    return teacher


def test_the_usual_deadline_is_the_day_before_the_term(cast: Cast, zhou: Teacher) -> None:
    demand = actions.ask_for_plans(
        cast.school, title="计划", term=cast.term, whom="units", by=zhou, at=MORNING
    )

    assert demand.due_on == usual_deadline(cast.term) == date(2026, 8, 31)


def test_leaders_owe_it_until_their_own_group_hands_in(
    cast: Cast, demand: PlanDemand, li: Teacher, zhao: Teacher
) -> None:
    assert Task.objects.get(teacher=li).due_on == date(2026, 10, 20)
    plan = actions.start_plan(cast.school, cast.term, "数", unit=cast.maths, by=li, at=MORNING)
    actions.submit_plan(plan, by=li, at=MORNING)

    assert Task.objects.get(teacher=li).state == "done"
    assert Task.objects.get(teacher=zhao).state == "open"
    standings = {line.name: line.standing for line in lines_of(demand, date(2026, 10, 21))}
    assert standings == {"数学教研组": "on_time", "语文教研组": "missing"}


@pytest.mark.parametrize(
    ("state", "days_after", "today", "expected"),
    [
        ("submitted", 0, 0, "on_time"),
        ("submitted", 1, 1, "late"),
        ("returned", 0, 0, "returned"),
        ("draft", None, 0, "waiting"),
        ("draft", None, 1, "missing"),
    ],
)
def test_the_day_of_the_deadline_is_in_time(
    state: str, days_after: int | None, today: int, expected: str
) -> None:
    due = date(2026, 10, 15)
    handed_in = MORNING + timedelta(days=days_after) if days_after is not None else None
    plan = Plan(state=state, submitted_at=handed_in)

    assert standing_of(plan, due, due + timedelta(days=today)) == expected


def test_the_central_school_asks_its_schools_and_approves(
    client: Client, cast: Cast, sun: Teacher, zhou: Teacher
) -> None:
    client.force_login(sun)
    given = {
        "title": "校本研修计划", "whom": "schools", "kind": "work", "period": "term",
        "term": cast.term.pk, "due_on": "2026-10-31",
    }  # fmt: skip
    first = client.post("/plans/demands/new/", given).content.decode()
    assert "2 人 × 1 次" in first
    assert not PlanDemand.objects.exists()
    client.post("/plans/demands/new/", {**given, "seen": "1"})
    demand = PlanDemand.objects.get()
    plan = actions.start_plan(cast.school, cast.term, "校计划", by=zhou, at=MORNING)
    actions.submit_plan(plan, by=zhou, at=MORNING)
    actions.approve_plan(plan, by=sun, at=MORNING)

    page = client.get(reverse("planning:demand", args=[demand.uid])).content.decode()
    for words in ("清河小学", "校计划", "柳林小学", "按时"):
        assert words in page


def test_only_those_who_owe_are_reminded(
    office: Client, cast: Cast, demand: PlanDemand, li: Teacher, zhao: Teacher
) -> None:
    plan = actions.start_plan(cast.school, cast.term, "数", unit=cast.maths, by=li, at=MORNING)
    actions.submit_plan(plan, by=li, at=MORNING)
    office.post(reverse("planning:demand", args=[demand.uid]), {"do": "remind"})

    told = Notice.objects.filter(kind="request").values_list("teacher__name", flat=True)
    assert list(told) == ["赵老师"]


def test_an_ended_list_owes_nothing_and_reminds_nobody(office: Client, demand: PlanDemand) -> None:
    there = reverse("planning:demand", args=[demand.uid])
    office.post(there, {"do": "end"})

    assert not Task.objects.filter(state="open").exists()
    assert office.post(there, {"do": "remind"}).status_code == 422
    assert "语文教研组" in office.get(there).content.decode()


def test_an_item_of_the_schedule_becomes_a_demand(office: Client, plan: Plan, cast: Cast) -> None:
    item = plan.planitems.get(text="制订研修计划")
    page = office.get(f"/plans/demands/new/?item={item.uid}").content.decode()
    assert 'value="制订研修计划"' in page
    office.post(
        "/plans/demands/new/",
        {
            "title": "组计划", "whom": "units", "kind": "work", "period": "term",
            "term": cast.term.pk, "seen": "1", "item": str(item.uid),
        },
    )  # fmt: skip

    assert PlanDemand.objects.get().item == item


def test_a_writer_sees_what_is_asked_but_not_who_is_missing(
    client: Client, demand: PlanDemand, wang: Teacher
) -> None:
    client.force_login(wang)

    page = client.get(reverse("planning:demand", args=[demand.uid])).content.decode()
    assert "写这份计划" in page
    assert "语文教研组" not in page
    assert client.get("/plans/demands/").status_code == 404


@pytest.mark.parametrize("groups", [1, 60])
def test_many_groups_cost_no_more_statements(
    office: Client, cast: Cast, demand: PlanDemand, groups: int,
    django_assert_max_num_queries: Ceiling,
) -> None:  # fmt: skip
    kind = UnitKind.objects.get(code="teaching_research_group")
    for number in range(groups):
        people.add_unit(cast.school, f"第{number}组", kind, by=None, at=MORNING)

    with django_assert_max_num_queries(10):
        office.get(reverse("planning:demand", args=[demand.uid]))
    with django_assert_max_num_queries(10):
        office.get("/plans/demands/")


def test_the_list_is_kept_as_a_workbook(office: Client, demand: PlanDemand) -> None:
    answer = office.get(reverse("planning:demand_sheet", args=[demand.uid]))

    assert answer.content.startswith(b"PK")

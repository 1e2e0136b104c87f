"""The leading group of a plan becomes a body with duties; blank names stay visible gaps."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Membership, Responsibility, Role, Teacher, Unit
from yanxiu.planning import actions
from yanxiu.planning.models import Plan
from yanxiu.planning.tests.texts import GROUP_PLAN


@pytest.fixture
def group_plan(cast: Cast, zhou: Teacher) -> Plan:
    """A plan whose document names a deputy, and leaves leader and members blank."""
    lin = people.add_teacher(name="林静", phone="13900000077", by=None, at=MORNING)
    role = Role.objects.get(code="teacher")
    people.give_post(lin, cast.school, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    data = GROUP_PLAN.encode()
    (read,) = actions.read_proposals(cast.school, data, name="计划.txt", by=zhou, at=MORNING)
    read.findings.filter(kind="quota").update(per="school")
    actions.accept_rest(read, by=zhou, at=MORNING)
    return actions.confirm_proposal(read, by=zhou, at=MORNING)


@pytest.fixture
def page(group_plan: Plan) -> str:
    return reverse("planning:body", args=[group_plan.uid])


@pytest.fixture
def admin(client: Client, guan: Teacher) -> Client:
    client.force_login(guan)
    return client


def duty_fields(group_plan: Plan) -> dict[str, str]:
    """Return the name of the field of each duty."""
    rows = group_plan.proposal.findings.filter(kind="role").exclude(name="superior")  # type: ignore[union-attr]
    return {row.name: f"duty-{row.pk}" for row in rows}


def test_only_names_that_the_document_has_are_filled_in(
    admin: Client, page: str, group_plan: Plan
) -> None:
    text = admin.get(page).content.decode()

    assert text.count(">文中空着<") == 3
    assert 'value="林静"' in text
    assert 'value="沈校长">' not in text.split("<datalist")[0]
    assert duty_fields(group_plan).keys() == {"组长", "副组长", "组员"}


def test_duties_are_written_and_gaps_stay_gaps(
    admin: Client, page: str, group_plan: Plan, cast: Cast
) -> None:
    fields = duty_fields(group_plan)
    sent = {fields["副组长"]: "林静", "name": "校本研修领导小组", "starts_on": "2026-09-01"}
    answer = admin.post(page, sent)

    body = Unit.objects.get(name="校本研修领导小组")
    assert answer.headers["Location"] == reverse("people:unit", args=[body.uid])
    duties = {row.name: row for row in body.responsibilities.all()}
    assert duties["组长"].text == "全面统筹校本研修工作"
    assert (duties["组长"].seat, duties["组员"].seat) == ("leader", "member")
    seats = Membership.objects.filter(unit=body).values_list("teacher__name", "duty")
    assert list(seats) == [("林静", "deputy")]
    assert "空缺" in admin.get(answer.headers["Location"]).content.decode()
    assert cast.people["shen"].name == "沈校长"


def test_all_group_leaders_belong_by_rule(admin: Client, page: str, group_plan: Plan) -> None:
    sent = {"name": "校本研修领导小组", "starts_on": "2026-09-01", "by_rule": "on"}
    admin.post(page, sent)

    body = Unit.objects.get(name="校本研修领导小组")
    names = set(Membership.objects.filter(unit=body).values_list("teacher__name", flat=True))
    assert names == {"李组长", "赵老师"}
    assert group_plan.proposal is not None


def test_a_second_time_creates_nothing_twice(admin: Client, page: str, group_plan: Plan) -> None:
    field = duty_fields(group_plan)["组长"]
    sent = {"name": "校本研修领导小组", "starts_on": "2026-09-01"}
    admin.post(page, sent)
    body = Unit.objects.get(name="校本研修领导小组")
    for _time in range(2):
        admin.post(page, {"unit": str(body.uid), "starts_on": "2026-09-01", field: "沈校长"})

    assert Responsibility.objects.filter(unit=body).count() == 3
    assert Membership.objects.filter(unit=body).count() == 1


def test_an_unknown_name_is_refused_and_kept(admin: Client, page: str, group_plan: Plan) -> None:
    sent = {
        "name": "领导小组",
        "starts_on": "2026-09-01",
        duty_fields(group_plan)["组长"]: "没有的人",
    }
    answer = admin.post(page, sent)

    assert answer.status_code == 422
    assert 'value="没有的人"' in answer.content.decode()
    assert not Unit.objects.filter(name="领导小组").exists()


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("guan", 200, 422), ("zhou", 200, 404), ("shen", 404, 404), ("li", 404, 404),
        ("wang", 404, 404), ("qian", 404, 404),
    ],
)  # fmt: skip
def test_administrators_write_and_who_manages_the_plan_reads(
    client: Client, cast: Cast, page: str, name: str, reads: int, writes: int
) -> None:
    client.force_login(cast.people[name])

    assert client.get(page).status_code == reads
    assert client.post(page, {}).status_code == writes


def test_it_costs_few_statements(
    admin: Client, page: str, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        admin.get(page)


def test_a_plan_without_a_group_says_so(admin: Client, plan: Plan) -> None:
    text = admin.get(reverse("planning:body", args=[plan.uid])).content.decode()

    assert "这份计划没有读出领导小组" in text

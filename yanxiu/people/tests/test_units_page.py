"""Units: who is in, who leads, and which have nobody to lead them."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Membership, Teacher, Unit, UnitKind


def page_of(unit: Unit, action: str = "") -> str:
    return f"/units/{unit.uid}/{action}"


@pytest.mark.parametrize(("who", "status"), [("shen", 200), ("guan", 200), ("wang", 200),
                                             ("zhao", 404), ("qian", 404)])  # fmt: skip
def test_a_unit_is_seen_by_its_members_and_those_above(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(page_of(cast.maths)).status_code == status


def test_the_list_shows_leaders_and_marks_those_without(
    client: Client, guan: Teacher, cast: Cast
) -> None:
    kind = UnitKind.objects.get(code="project_group")
    people.add_unit(cast.school, "作业设计课题组", kind, by=guan, at=MORNING)
    client.force_login(guan)

    said = client.get("/units/").content.decode()
    headless = client.get("/units/", {"leader": "none"}).content.decode()

    assert "有 1 个单位没有组长" in said
    assert "李组长" in said
    assert "作业设计课题组</a>" in headless
    assert "数学教研组</a>" not in headless


def test_a_teacher_sees_the_own_units_alone(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    said = client.get("/units/").content.decode()

    assert "数学教研组" in said
    assert "语文教研组" not in said


@pytest.mark.parametrize("action", ["edit/", "close/", "members/", "leader/"])
@pytest.mark.parametrize(("who", "status"), [("guan", 200), ("li", 404), ("qian", 404)])
def test_only_the_administrator_changes_a_unit(
    client: Client, cast: Cast, action: str, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(page_of(cast.maths, action)).status_code == status


def test_another_leader_takes_over(
    client: Client, guan: Teacher, wang: Teacher, li: Teacher, cast: Cast
) -> None:
    client.force_login(guan)

    client.post(page_of(cast.maths, "leader/"), {"teacher": str(wang.uid)})

    living = Membership.objects.filter(unit=cast.maths, ends_on=None)
    assert living.get(duty="leader").teacher == wang
    assert living.get(teacher=li).duty == "member"


def test_several_join_at_once(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    uids = [str(cast.people[name].uid) for name in ("zhao", "zhou")]

    client.post(page_of(cast.maths, "members/"), {"teachers": uids, "starts_on": "2026-09-01"})

    assert cast.maths.memberships.filter(ends_on=None).count() == 4


def test_nobody_of_another_school_joins(
    client: Client, guan: Teacher, qian: Teacher, cast: Cast
) -> None:
    client.force_login(guan)
    asked = {"teachers": [str(qian.uid)], "starts_on": "2026-09-01"}

    assert client.post(page_of(cast.maths, "members/"), asked).status_code == 422


def test_a_taken_name_is_refused_and_kept_in_the_form(
    client: Client, guan: Teacher, cast: Cast
) -> None:
    client.force_login(guan)

    answer = client.post(page_of(cast.maths, "edit/"), {"name": "语文教研组"})

    assert answer.status_code == 422
    assert 'value="语文教研组"' in answer.content.decode()


def test_a_unit_is_made_and_dissolved(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    kind = UnitKind.objects.get(code="grade_group")
    asked = {"name": "三年级组", "organisation": str(cast.school.uid), "kind": str(kind.pk)}
    client.post("/units/new/", asked)
    made = Unit.objects.get(name="三年级组")

    client.post(page_of(made, "close/"), {"on": "2026-10-15"})

    made.refresh_from_db()
    assert made.ends_on == date(2026, 10, 15)


def test_many_units_cost_no_more_statements(
    client: Client, guan: Teacher, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kind = UnitKind.objects.get(code="project_group")
    Unit.objects.bulk_create(
        Unit(organisation=cast.school, kind=kind, name=f"课题组{number}") for number in range(120)
    )
    client.force_login(guan)

    with django_assert_max_num_queries(10):
        assert len(client.get("/units/").content) < 60_000

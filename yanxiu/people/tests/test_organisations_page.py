"""The tree of organisations, their names and their words."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher


@pytest.fixture
def researcher(cast: Cast) -> Teacher:
    """An administrator of the central school above both schools."""
    teacher = people.add_teacher(name="吴教研", phone="13700000001", by=None, at=MORNING)
    people.give_post(
        teacher,
        Organisation.objects.get(parent=None),
        Role.objects.get(code="administrator"),
        starts_on=MORNING.date(),
        by=None,
        at=MORNING,
    )
    return teacher


def test_a_superior_sees_all_below(client: Client, researcher: Teacher) -> None:
    client.force_login(researcher)

    said = client.get("/organisations/").content.decode()

    assert [name in said for name in ("清河中心校", "清河小学", "柳林小学")] == [True] * 3


def test_a_unit_names_its_leaders(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)

    said = client.get(f"/organisations/{cast.school.uid}/").content.decode()

    assert 'data-label="组长">李组长</td>' in said
    assert ">有</td>" not in said


def test_a_school_does_not_see_its_neighbour(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)

    assert "柳林小学" not in client.get("/organisations/").content.decode()
    assert client.get(f"/organisations/{cast.other_school.uid}/").status_code == 404


@pytest.mark.parametrize("action", ["edit/", "new/", "labels/"])
@pytest.mark.parametrize(("who", "status"), [("guan", 200), ("shen", 404), ("qian", 404)])
def test_only_the_administrator_changes_it(
    client: Client, cast: Cast, action: str, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(f"/organisations/{cast.school.uid}/{action}").status_code == status


def test_a_department_is_added_below(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    asked = {"name": "小学部", "level_name": "学部", "is_school": "on"}

    client.post(f"/organisations/{cast.school.uid}/new/", asked)

    made = Organisation.objects.get(name="小学部")
    assert (made.parent, made.path) == (cast.school, f"{cast.school.path}{made.pk}.")


def test_a_school_uses_its_own_words(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)

    client.post(f"/organisations/{cast.school.uid}/labels/", {"pd": "研训", "office": "教务处"})

    cast.school.refresh_from_db()
    assert (cast.school.label("pd"), cast.school.label("office")) == ("研训", "教务处")


def test_a_taken_name_is_refused_and_kept(client: Client, researcher: Teacher, cast: Cast) -> None:
    client.force_login(researcher)

    answer = client.post(
        f"/organisations/{cast.school.uid}/edit/", {"name": "柳林小学", "level_name": "学校"}
    )

    assert answer.status_code == 422
    assert 'value="柳林小学"' in answer.content.decode()


def test_many_schools_cost_no_more_statements(
    client: Client,
    researcher: Teacher,
    cast: Cast,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    assert cast.school.parent
    for number in range(70):
        people.add_organisation(cast.school.parent, f"第{number}小学", by=None, at=MORNING)
    client.force_login(researcher)

    for address in ("/organisations/", f"/organisations/{cast.school.parent.uid}/"):
        with django_assert_max_num_queries(10):
            assert len(client.get(address).content) < 60_000

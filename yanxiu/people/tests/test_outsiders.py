"""People from outside in a unit see that unit, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions as people
from yanxiu.people.actions import codes, outsiders
from yanxiu.people.models import Membership, Teacher, Unit, UnitKind
from yanxiu.people.models.teacher import today

YEAR = timedelta(days=365)


def unit_of(cast: Cast, code: str, name: str) -> Unit:
    kind = UnitKind.objects.get(code=code, organisation=None)
    return people.add_unit(cast.school, name, kind, by=None, at=MORNING)


@pytest.fixture
def project(cast: Cast) -> Unit:
    return unit_of(cast, "project_group", "作业设计课题组")


@pytest.fixture
def expert(project: Unit, guan: Teacher) -> Teacher:
    """An expert bound to the project for a year."""
    guest, _code = outsiders.invite_guest(
        project, name="郑教授", workplace="某师范大学", phone="13600000001",
        starts_on=today(), ends_on=today() + YEAR, by=guan, at=timezone.now(),
    )  # fmt: skip
    return guest.teacher


def test_a_guest_is_invited_with_a_code_shown_once(
    client: Client, project: Unit, guan: Teacher
) -> None:
    client.force_login(guan)
    form = {"name": "郑教授", "phone": "136 0000 0001", "workplace": "某师范大学",
            "starts_on": str(today()), "ends_on": str(today() + YEAR)}  # fmt: skip

    said = client.post(f"/units/{project.uid}/guests/", form).content.decode()

    code = said.split('<p class="digits">')[1].split("<")[0]
    found = codes.find("13600000001", code, at=timezone.now())
    assert found.teacher
    assert found.teacher.name == "郑教授"


def test_a_guest_sees_the_unit_and_nothing_else(
    client: Client, expert: Teacher, project: Unit, cast: Cast
) -> None:
    client.force_login(expert)
    wang = cast.people["wang"]
    addresses = [f"/units/{project.uid}/", f"/units/{cast.maths.uid}/", "/people/",
                 f"/organisations/{cast.school.uid}/", f"/people/{wang.uid}/"]  # fmt: skip

    assert [client.get(one).status_code for one in addresses] == [200, 404, 404, 404, 404]
    assert expert.holdings == []


def test_a_guest_sees_nothing_after_the_last_day(
    client: Client, expert: Teacher, project: Unit
) -> None:
    Membership.objects.filter(teacher=expert).update(starts_on=today() - YEAR, ends_on=today())
    client.force_login(Teacher.objects.get(pk=expert.pk))

    assert client.get(f"/units/{project.uid}/").status_code == 404


def test_letting_a_guest_go_shuts_the_account(
    client: Client, expert: Teacher, project: Unit, guan: Teacher
) -> None:
    client.force_login(guan)

    client.post(f"/units/{project.uid}/members/{expert.uid}/", {"on": str(today())})

    assert not Teacher.objects.get(pk=expert.pk).is_active


def test_no_guest_sits_in_a_governing_body(client: Client, cast: Cast, guan: Teacher) -> None:
    leading = unit_of(cast, "leading_group", "领导小组")
    client.force_login(guan)

    assert client.get(f"/units/{leading.uid}/guests/").status_code == 404


def test_a_teacher_of_another_school_joins_a_community(
    client: Client, cast: Cast, guan: Teacher, qian: Teacher
) -> None:
    community = unit_of(cast, "subject_research_community", "数学研究共同体")
    client.force_login(guan)
    form = {"name": "钱老师", "phone": "13800000001", "starts_on": str(today())}

    client.post(f"/units/{community.uid}/colleagues/", form)

    assert "外校" in client.get(f"/units/{community.uid}/").content.decode()
    client.force_login(Teacher.objects.get(pk=qian.pk))
    assert client.get(f"/units/{community.uid}/").status_code == 200
    assert client.get(f"/units/{cast.maths.uid}/").status_code == 404


def test_name_and_phone_must_both_fit(cast: Cast, guan: Teacher) -> None:
    community = unit_of(cast, "subject_research_community", "数学研究共同体")

    with pytest.raises(BadInput, match="都相符"):
        outsiders.invite_colleague(community, name="钱某某", phone="13800000001",
                                   starts_on=today(), by=guan, at=timezone.now())  # fmt: skip


def test_a_teacher_is_in_several_kinds_of_unit_at_once(cast: Cast, wang: Teacher) -> None:
    kinds = ("grade_group", "project_group", "office")
    for number, code in enumerate(kinds):
        unit = unit_of(cast, code, f"单位{number}")
        people.join_unit(unit, wang, starts_on=today(), by=None, at=MORNING, duty="leader")

    wang = Teacher.objects.get(pk=wang.pk)
    assert (len(wang.units), len(wang.leads)) == (4, 3)

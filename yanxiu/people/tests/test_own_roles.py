"""Roles are data: a school makes its own, and rights follow the post."""

import pytest
from django.test import Client
from django.utils import timezone

from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions as people
from yanxiu.people.actions import roles as actions
from yanxiu.people.actions.ground import lay_ground
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.people.refusals.rights import ShippedStays


def fresh(teacher: Teacher) -> Teacher:
    return Teacher.objects.get(pk=teacher.pk)


@pytest.fixture
def clerk(cast: Cast, guan: Teacher) -> Role:
    """教务员 of 清河小学, who may see plans."""
    return actions.make_role(
        cast.school, "教务员", ["see_plans"], text="整理计划", by=guan, at=timezone.now()
    )


def test_an_administrator_makes_a_role_on_a_page(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    form = {"organisation": str(cast.school.uid), "name": "教务员", "rights": ["see_plans"]}

    client.post("/people/roles/new/", form)

    role = Role.objects.get(name="教务员")
    assert (role.organisation, role.rights) == (cast.school, ["see_plans"])
    assert TrailLine.objects.get(verb="people.role-made").detail["rights"] == ["see_plans"]


def test_nobody_gives_a_right_out_of_reach(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    form = {"organisation": str(cast.school.uid), "name": "副职", "rights": ["approve_summaries"]}

    told = client.post("/people/roles/new/", form)

    assert told.status_code == 422
    assert "审定总结" in told.content.decode()
    assert 'value="副职"' in told.content.decode()
    assert not Role.objects.filter(name="副职").exists()


def test_a_changed_role_changes_what_its_holders_may_do(
    client: Client, clerk: Role, wang: Teacher, guan: Teacher, cast: Cast
) -> None:
    people.give_post(wang, cast.school, clerk, starts_on=today(), by=guan, at=MORNING)
    client.force_login(guan)

    client.post(f"/people/roles/{clerk.pk}/", {"name": "教务员", "rights": ["see_sessions"]})

    assert fresh(wang).holds("see_sessions")
    assert not fresh(wang).holds("see_plans")
    detail = TrailLine.objects.get(verb="people.role-changed").detail
    assert (detail["before"], detail["after"]) == (["see_plans"], ["see_sessions"])


def test_a_shipped_role_stays(guan: Teacher, client: Client) -> None:
    principal = Role.objects.get(code="principal")
    client.force_login(guan)

    assert client.get(f"/people/roles/{principal.pk}/").status_code == 404
    with pytest.raises(ShippedStays):
        actions.change_role(principal, name="园长", rights=[], by=guan, at=MORNING)


def test_a_role_is_for_its_school_and_below_alone(
    clerk: Role, qian: Teacher, cast: Cast, client: Client
) -> None:
    with pytest.raises(BadInput, match="柳林小学不能用"):
        people.give_post(qian, cast.other_school, clerk, starts_on=today(), by=None, at=MORNING)
    client.force_login(qian)
    assert client.get(f"/people/roles/{clerk.pk}/").status_code == 404


def test_a_retired_role_is_given_to_nobody_more(
    clerk: Role, wang: Teacher, guan: Teacher, cast: Cast
) -> None:
    actions.change_role(clerk, name="教务员", rights=["see_plans"], retired=True, by=guan,
                        at=MORNING)  # fmt: skip

    with pytest.raises(BadInput, match="不能用"):
        people.give_post(
            wang, cast.school, Role.objects.get(pk=clerk.pk), starts_on=today(), by=guan, at=MORNING
        )


@pytest.mark.parametrize("who", ["shen", "zhou", "li", "qian"])
def test_only_the_administrator_changes_a_role(
    client: Client, clerk: Role, cast: Cast, who: str
) -> None:
    client.force_login(cast.people[who])

    assert client.get(f"/people/roles/{clerk.pk}/").status_code == 404


def test_posts_in_two_schools_carry_different_rights(
    client: Client, wang: Teacher, cast: Cast
) -> None:
    """王老师 is principal next door: there she reads everybody, here she stays a teacher."""
    principal = Role.objects.get(code="principal")
    people.give_post(wang, cast.other_school, principal, starts_on=today(), by=None, at=MORNING)
    client.force_login(fresh(wang))

    said = client.get("/people/").content.decode()

    assert "钱老师" in said
    assert "赵老师" not in said
    assert client.get(f"/people/{cast.people['zhao'].uid}/").status_code == 404
    assert fresh(wang).reach_paths("see_people") == [cast.other_school.path]


def test_rights_end_with_the_post(client: Client, zhou: Teacher, guan: Teacher) -> None:
    post = zhou.posts.get(role__code="research_office")
    client.force_login(zhou)
    before = client.get("/people/").status_code

    people.end_post(post, on=today(), by=guan, at=timezone.now())

    assert (before, client.get("/people/").status_code) == (200, 404)


def test_an_older_installation_gains_texts_and_keeps_its_rights(cast: Cast) -> None:
    Role.objects.filter(code="principal").update(leading=None, text="", rights=["see_people"])

    lay_ground()

    role = Role.objects.get(code="principal")
    assert (role.leading, role.rights) == (True, ["see_people"])
    assert "第一责任人" in role.text


def test_the_page_says_why_a_person_may(client: Client, shen: Teacher, zhou: Teacher) -> None:
    client.force_login(shen)

    said = client.get("/people/access/", {"person": str(zhou.uid)}).content.decode()

    assert "读取、起草和维护计划" in said
    assert "清河小学 · 教科室" in said


def test_the_page_says_who_holds_a_right(client: Client, shen: Teacher, cast: Cast) -> None:
    sun = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    central = Organisation.objects.get(parent=None)
    people.give_post(sun, central, Role.objects.get(code="researcher"), starts_on=today(),
                     by=None, at=MORNING)  # fmt: skip
    client.force_login(shen)
    asked = {"right": "see_hours", "school": str(cast.school.uid)}

    said = client.get("/people/access/", asked).content.decode()

    assert [name in said for name in ("沈校长", "周主任", "孙教研员")] == [True] * 3
    assert [name in said for name in ("李组长", "王老师")] == [False] * 2

"""A deputy holds chosen rights of a post for some days, and not a day or a right more."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yanxiu.audit.models import TrailLine
from yanxiu.cast import Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people import actions as people
from yanxiu.people.actions import delegation as actions
from yanxiu.people.models import Delegation, Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.people.refusals.rights import OnlyLent

DAY = timedelta(days=1)


def fresh(teacher: Teacher) -> Teacher:
    """As the next request sees the teacher."""
    return Teacher.objects.get(pk=teacher.pk)


def office_of(zhou: Teacher) -> Post:
    return Post.objects.get(teacher=zhou, role__code="research_office")


@pytest.fixture
def lent(zhou: Teacher, wang: Teacher) -> Delegation:
    """王老师 stands in for 周主任 with plans alone, this week."""
    return actions.delegate(
        office_of(zhou), wang, rights=["manage_plans", "see_plans"], starts_on=today(),
        ends_on=today() + 7 * DAY, reason="外出学习", by=zhou, at=timezone.now(),
    )  # fmt: skip


def test_the_deputy_holds_the_chosen_rights_alone(
    lent: Delegation, wang: Teacher, cast: Cast
) -> None:
    wang = fresh(wang)

    assert wang.reach_paths("manage_plans") == [cast.school.path]
    assert not wang.holds("manage_sessions")
    assert [post.role.code for post in wang.posts_today] == ["teacher"]


def test_it_ends_by_itself(lent: Delegation, wang: Teacher) -> None:
    Delegation.objects.update(starts_on=today() - 7 * DAY, ends_on=today())

    assert not fresh(wang).holds("manage_plans")


def test_it_has_not_begun_before_its_day(lent: Delegation, wang: Teacher) -> None:
    Delegation.objects.update(starts_on=today() + DAY)

    assert not fresh(wang).holds("manage_plans")


def test_it_ends_with_the_post_it_is_from(lent: Delegation, wang: Teacher, guan: Teacher) -> None:
    people.end_post(lent.post, on=today(), by=guan, at=timezone.now())

    assert not fresh(wang).holds("manage_plans")


def test_it_ends_with_the_right_of_the_role(lent: Delegation, wang: Teacher) -> None:
    role = lent.post.role
    role.rights = [right for right in role.rights if right != "manage_plans"]
    role.save()

    assert not fresh(wang).holds("manage_plans")
    assert fresh(wang).holds("see_plans")


@pytest.mark.parametrize("who", ["zhou", "wang", "guan"])
def test_it_can_be_taken_back_at_once(client: Client, cast: Cast, lent: Delegation,
                                      who: str) -> None:  # fmt: skip
    client.force_login(cast.people[who])

    client.post(f"/people/deputies/{lent.uid}/revoke/")

    assert not fresh(cast.people["wang"]).holds("manage_plans")
    line = TrailLine.objects.get(verb="people.delegation-revoked")
    assert line.actor_name == cast.people[who].name


@pytest.mark.parametrize("who", ["li", "zhao", "qian"])
def test_nobody_else_takes_it_back(client: Client, cast: Cast, lent: Delegation,
                                   who: str) -> None:  # fmt: skip
    client.force_login(cast.people[who])

    assert client.post(f"/people/deputies/{lent.uid}/revoke/").status_code == 404
    assert fresh(cast.people["wang"]).holds("manage_plans")


def test_what_is_lent_is_not_lent_on(
    lent: Delegation, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    own = Post.objects.get(teacher=wang)
    asked = {"rights": ["manage_plans"], "starts_on": today(), "ends_on": today() + DAY,
             "reason": "转给别人", "by": fresh(wang), "at": timezone.now()}  # fmt: skip

    with pytest.raises(OnlyLent):
        actions.delegate(own, zhao, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.delegate(office_of(zhou), zhao, **asked)  # type: ignore[arg-type]


def test_a_deputy_of_the_administrator_gives_no_posts(
    client: Client, guan: Teacher, wang: Teacher, cast: Cast
) -> None:
    post = Post.objects.get(teacher=guan, role__code="administrator")
    actions.delegate(post, wang, rights=["see_people", "manage_people"], starts_on=today(),
                     ends_on=today() + DAY, reason="病假", by=guan, at=timezone.now())  # fmt: skip
    client.force_login(fresh(wang))
    asked = {"organisation": str(cast.school.uid), "starts_on": str(today())}

    told = client.post(f"/people/{wang.uid}/posts/", {**asked, "role": "administrator"})

    assert told.status_code == 422
    assert "代理" in told.content.decode()
    assert not Post.objects.filter(teacher=wang, role__code="administrator").exists()


def test_a_post_lends_no_right_that_it_lacks(zhou: Teacher, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.delegate(
            office_of(zhou), wang, rights=["manage_people"], starts_on=today(),
            ends_on=today() + DAY, reason="外出", by=zhou, at=timezone.now(),
        )  # fmt: skip


def test_nobody_of_another_school_stands_in(zhou: Teacher, qian: Teacher) -> None:
    with pytest.raises(BadInput, match="清河小学的另一位"):
        actions.delegate(
            office_of(zhou), qian, rights=["see_plans"], starts_on=today(),
            ends_on=today() + DAY, reason="外出", by=zhou, at=timezone.now(),
        )  # fmt: skip


def test_it_is_asked_for_on_a_page_and_seen_by_the_school(
    client: Client, zhou: Teacher, wang: Teacher, shen: Teacher
) -> None:
    client.force_login(zhou)
    form = {"deputy": str(wang.uid), "rights": ["see_plans"], "reason": "参加区里会议",
            "starts_on": str(today()), "ends_on": str(today() + DAY)}  # fmt: skip

    client.post(f"/people/deputies/{office_of(zhou).uid}/new/", form)
    client.force_login(shen)

    said = client.get("/people/deputies/").content.decode()
    assert "参加区里会议" in said
    assert "代理中" in said


def test_a_reason_that_is_missing_keeps_the_form(
    client: Client, zhou: Teacher, wang: Teacher
) -> None:
    client.force_login(zhou)
    form = {"deputy": str(wang.uid), "rights": ["see_plans"], "reason": "外出",
            "starts_on": "2020-01-01", "ends_on": "2020-01-02"}  # fmt: skip

    told = client.post(f"/people/deputies/{office_of(zhou).uid}/new/", form)

    assert told.status_code == 422
    assert 'value="外出"' in told.content.decode()


def test_posts_bodies_and_delegations_are_one_statement(
    lent: Delegation, wang: Teacher, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wang = fresh(wang)

    with django_assert_num_queries(1):
        assert wang.posts_today
        assert wang.holds("manage_plans")
        assert wang.organisation.name == "清河小学"
        assert wang.reach_paths("see_people") == []


def test_many_delegations_cost_no_more_statements(
    client: Client,
    lent: Delegation,
    zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Delegation.objects.bulk_create(
        Delegation(post=lent.post, deputy=lent.deputy, rights=["see_plans"], reason=f"第{n}次",
                   starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2), made_at=timezone.now())
        for n in range(80)
    )  # fmt: skip
    client.force_login(zhou)

    with django_assert_max_num_queries(10):
        assert len(client.get("/people/deputies/").content) < 60_000

"""Whom to ask where something is to be done: posts, governing bodies and deputies alike."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.actions import delegation
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Delegation, Post, Teacher, UnitKind
from yanxiu.people.models.teacher import today


def names(cast: Cast, right: str = "approve_plans") -> set[str]:
    return {one.name for one in teachers_holding(right, cast.school, today())}


@pytest.fixture
def lent(shen: Teacher, wang: Teacher) -> Delegation:
    """王老师 stands in for 沈校长 with the plans."""
    posts = Post.objects.filter(teacher=shen).select_related("role")
    post = next(one for one in posts if "approve_plans" in one.role.rights)
    return delegation.delegate(
        post, wang, rights=["approve_plans"], starts_on=today(),
        ends_on=today() + timedelta(days=3), reason="外出学习", by=shen, at=timezone.now(),
    )  # fmt: skip


def test_a_post_holds_it(cast: Cast) -> None:
    assert names(cast) == {"沈校长"}


def test_a_deputy_holds_what_was_lent_and_no_more(cast: Cast, lent: Delegation) -> None:
    assert names(cast) == {"沈校长", "王老师"}
    assert "王老师" not in names(cast, "approve_summaries")

    Delegation.objects.update(ends_on=today(), starts_on=today() - timedelta(days=5))

    assert names(cast) == {"沈校长"}


def test_who_leads_a_governing_body_holds_it_and_a_member_does_not(
    cast: Cast, zhao: Teacher, li: Teacher
) -> None:
    kind = UnitKind.objects.get(code="leading_group")
    group = people.add_unit(cast.school, "领导小组", kind, by=None, at=MORNING)
    for teacher, duty in ((zhao, "leader"), (li, "member")):
        people.join_unit(group, teacher, starts_on=date(2026, 9, 1), duty=duty, by=None, at=MORNING)

    assert names(cast) == {"沈校长", "赵老师"}


def test_it_agrees_with_what_each_may_do(cast: Cast, lent: Delegation, zhao: Teacher) -> None:
    kind = UnitKind.objects.get(code="leading_group")
    group = people.add_unit(cast.school, "领导小组", kind, by=None, at=MORNING)
    people.join_unit(group, zhao, starts_on=date(2026, 9, 1), duty="leader", by=None, at=MORNING)

    for right in ("approve_plans", "see_plans", "manage_regulations", "supervise"):
        able = {
            one.name for one in Teacher.objects.all() if cast.school.path in one.reach_paths(right)
        }
        assert names(cast, right) == able

"""An import on which something hangs is not undone; the refusal lists what, of whatever app."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import sign_in
from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Attendance
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.people import actions as people
from yanxiu.people.actions import roster_import
from yanxiu.people.models import (
    Membership,
    MembershipRule,
    RosterImport,
    Teacher,
    Unit,
    UnitKind,
)
from yanxiu.people.refusals.roster import ImportInUse
from yanxiu.planning import actions as planning

ROSTER = "姓名,工号,教研组\n孙一,0101,数学教研组\n孙二,0102,数学教研组\n".encode()


@pytest.fixture
def taken(cast: Cast) -> RosterImport:
    read = roster_import.read_file(cast.school, ROSTER, "名单.csv", by=None, at=MORNING)
    return roster_import.apply(read, by=None, at=NOON)


def somebody_new_comes(cast: Cast) -> Teacher:
    """Let one of the list sign in."""
    at = timezone.now()
    li, sun = cast.people["li"], Teacher.objects.get(name="孙一")
    session = activities.plan_session(
        cast.school, title="分数的意义", kind=ActivityKind.objects.all()[0], unit=cast.maths,
        starts_at=at, ends_at=at + timedelta(minutes=80), by=li, at=at,
    )  # fmt: skip
    sign_in(activities.open_sign_in(session, by=li, at=at), sun)
    return sun


def test_after_people_have_signed_in_it_is_refused_with_the_list(
    taken: RosterImport, cast: Cast
) -> None:
    sun = somebody_new_comes(cast)

    with pytest.raises(ImportInUse) as refused:
        roster_import.undo(taken, by=None, at=timezone.now())

    assert "条考勤（如孙一）" in str(refused.value)
    assert Attendance.objects.filter(teacher=sun).exists()
    assert Membership.objects.filter(teacher__name="孙二").exists()
    assert RosterImport.objects.get().state == RosterImport.State.APPLIED


def test_the_page_lists_what_hangs_on_it(
    taken: RosterImport, cast: Cast, guan: Teacher, client: Client
) -> None:
    somebody_new_comes(cast)
    client.force_login(guan)

    answer = client.post(reverse("people:roster_undo", args=[taken.uid]))

    assert answer.status_code == 422
    assert "条考勤（如孙一）" in answer.content.decode()
    shown = client.get(reverse("people:roster_import", args=[taken.uid]))
    assert reverse("people:roster_undo", args=[taken.uid]) in shown.content.decode()


def test_before_that_it_goes_back_whole(taken: RosterImport) -> None:
    roster_import.undo(taken, by=None, at=timezone.now())

    assert not Teacher.objects.filter(name__startswith="孙").exists()


# ---- what others keep of it without a way back ----
def test_whoever_answers_for_a_plan_item_is_named_too(
    taken: RosterImport, cast: Cast, zhou: Teacher
) -> None:
    plan = planning.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    sun = Teacher.objects.get(name="孙一")
    planning.add_item(plan, text="读书会", month=10, owner=sun, by=zhou, at=MORNING)

    with pytest.raises(ImportInUse, match="条计划事项（如孙一）"):
        roster_import.undo(taken, by=None, at=timezone.now())


# ---- membership by rule ----
@pytest.fixture
def leading(cast: Cast) -> Unit:
    """学术委员会, to which every member of the teaching research groups belongs."""
    kind = UnitKind.objects.get(code="teaching_research_group")
    other = UnitKind.objects.exclude(code="teaching_research_group").filter(organisation=None)[0]
    unit = people.add_unit(cast.school, "学术委员会", other, by=None, at=MORNING)
    MembershipRule.objects.create(unit=unit, who=MembershipRule.Who.MEMBERS, kind=kind)
    return unit


def members(unit: Unit) -> set[str]:
    return set(unit.memberships.values_list("teacher__name", flat=True))


def test_an_import_and_its_undoing_reach_membership_by_rule(leading: Unit, cast: Cast) -> None:
    read = roster_import.read_file(cast.school, ROSTER, "名单.csv", by=None, at=MORNING)
    applied = roster_import.apply(read, by=None, at=NOON)
    during = members(leading)

    roster_import.undo(applied, by=None, at=timezone.now())

    assert {"孙一", "孙二", "李组长"} <= during
    assert members(leading) == during - {"孙一", "孙二"}

"""Kinds of unit are data: a school adds, renames and retires its own."""

import pytest
from django.test import Client

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions as people
from yanxiu.people.actions.ground import lay_ground
from yanxiu.people.actions.kinds import KindFacts, change_kind
from yanxiu.people.forms.units import offered_kinds
from yanxiu.people.models import Organisation, Teacher, UnitKind


@pytest.fixture
def group(cast: Cast) -> UnitKind:
    return UnitKind.objects.get(code="teaching_research_group")


def test_a_school_renames_a_kind_for_itself_alone(
    client: Client, group: UnitKind, cast: Cast, guan: Teacher
) -> None:
    client.force_login(guan)
    form = {"organisation": str(cast.school.uid), "name": "科组", "leader_title": "科组长"}

    client.post(f"/units/kinds/{group.pk}/", form)

    cast.maths.refresh_from_db()
    group.refresh_from_db()
    assert (cast.maths.kind.name, cast.maths.kind.code) == ("科组", "teaching_research_group")
    assert group.name == "教研组"
    assert "没有科组长" not in client.get(f"/units/{cast.maths.uid}/").content.decode()


def test_what_a_school_renamed_hides_the_shipped_kind(
    group: UnitKind, cast: Cast, guan: Teacher
) -> None:
    change_kind(group, cast.school, KindFacts("科组"), by=guan, at=MORNING)

    here, there = (
        list(
            offered_kinds(Organisation.objects.filter(pk=school.pk)).values_list("name", flat=True)
        )
        for school in (cast.school, cast.other_school)
    )
    assert ("科组" in here, "教研组" in here) == (True, False)
    assert ("科组" in there, "教研组" in there) == (False, True)


def test_a_kind_is_added_on_a_page(client: Client, cast: Cast, guan: Teacher) -> None:
    client.force_login(guan)
    form = {"organisation": str(cast.school.uid), "name": "跨学科小组", "leader_title": "召集人"}

    client.post("/units/kinds/new/", form)

    kind = UnitKind.objects.get(name="跨学科小组")
    unit = people.add_unit(cast.school, "劳动跨学科小组", kind, by=guan, at=MORNING)
    assert "召集人" in client.get(f"/organisations/{cast.school.uid}/chart/").content.decode()
    with pytest.raises(BadInput, match="不能用"):
        people.add_unit(cast.other_school, unit.name, kind, by=None, at=MORNING)


def test_a_kind_in_use_is_not_retired(group: UnitKind, cast: Cast, guan: Teacher) -> None:
    with pytest.raises(BadInput, match="还有2个单位"):
        change_kind(group, cast.school, KindFacts("教研组", retired=True), by=guan, at=MORNING)


def test_a_retired_kind_is_offered_no_more(cast: Cast, guan: Teacher) -> None:
    kind = UnitKind.objects.get(code="grade_group")

    change_kind(kind, cast.school, KindFacts("年级组", retired=True), by=guan, at=MORNING)

    offered = offered_kinds(Organisation.objects.filter(pk=cast.school.pk))
    assert not offered.filter(code="grade_group").exists()


def test_a_kind_gives_no_right_that_its_maker_lacks(
    client: Client, cast: Cast, guan: Teacher
) -> None:
    client.force_login(guan)
    form = {"organisation": str(cast.school.uid), "name": "研修委员会", "leader_title": "主任",
            "governs": "decides", "leader_rights": ["approve_summaries"]}  # fmt: skip

    told = client.post("/units/kinds/new/", form)

    assert told.status_code == 422
    assert "审定总结" in told.content.decode()


def test_an_older_installation_gains_what_kinds_have_gained(cast: Cast) -> None:
    UnitKind.objects.filter(code="leading_group").update(
        governs="", rights=[], leader_rights=[], leader_text="", name="领导班子"
    )

    lay_ground()

    kind = UnitKind.objects.get(code="leading_group")
    assert (kind.name, kind.governs) == ("领导班子", "decides")
    assert "approve_summaries" in kind.leader_rights


@pytest.mark.parametrize("code", [
    "office", "teaching_research_group", "lesson_preparation_group", "grade_group", "project_group",
    "subject_centre_group", "central_research_group", "workshop", "master_teacher_team",
    "pd_community", "leading_group", "working_group", "party_branch", "research_office_unit",
])  # fmt: skip
def test_the_kinds_that_schools_know_are_shipped(cast: Cast, code: str) -> None:
    assert UnitKind.objects.filter(code=code, organisation=None).exists()


@pytest.mark.parametrize(("who", "status"), [("guan", 200), ("shen", 404), ("qian", 404)])
def test_only_the_administrator_changes_a_kind(
    client: Client, cast: Cast, group: UnitKind, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(f"/units/kinds/{group.pk}/").status_code == status

"""Leave, moving and retirement leave a path behind; tiers are asked for, reviewed and decided."""

from datetime import date, timedelta

import pytest
from django.test import Client

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people import queries
from yanxiu.people.actions import staff as actions
from yanxiu.people.models import (
    Departure,
    Leave,
    Membership,
    Post,
    RequirementState,
    Teacher,
    Tier,
    TierHolding,
    TierReview,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.staff import path_of

DAY = date(2026, 10, 15)


def leave(teacher: Teacher, by: Teacher, start: date, end: date | None = None) -> Leave:
    return actions.add_leave(teacher, kind="sick", starts_on=start, ends_on=end, by=by, at=NOON)


def away(day: date) -> set[str]:
    rows = Teacher.objects.filter(pk__in=queries.on_leave(day))
    return set(rows.values_list("name", flat=True))


def test_who_is_on_leave_is_known_for_any_day(cast: Cast, wang: Teacher, guan: Teacher) -> None:
    leave(wang, guan, DAY, DAY + timedelta(days=10))

    assert away(DAY - timedelta(days=1)) == set()
    assert away(DAY) == away(DAY + timedelta(days=9)) == {"王老师"}
    assert away(DAY + timedelta(days=10)) == set()


def test_two_leaves_do_not_overlap(cast: Cast, wang: Teacher, guan: Teacher) -> None:
    leave(wang, guan, DAY)

    with pytest.raises(BadInput, match="重叠"):
        leave(wang, guan, DAY + timedelta(days=30))


def test_the_page_asks_for_the_last_day_as_people_say_it(
    client: Client, cast: Cast, wang: Teacher, guan: Teacher
) -> None:
    client.force_login(guan)
    asked = {"kind": "maternity", "starts_on": "2026-10-15", "last_on": "2026-10-16"}
    client.post(f"/people/{wang.uid}/absence/", asked)

    assert Leave.objects.get().ends_on == date(2026, 10, 17)


def test_only_who_manages_learns_the_kind_of_leave(
    client: Client, cast: Cast, wang: Teacher, guan: Teacher, zhou: Teacher
) -> None:
    leave(wang, guan, today())
    said = {}
    for reader in (guan, wang, zhou):
        client.force_login(reader)
        said[reader.name] = client.get(f"/people/{wang.uid}/").content.decode()

    assert "病假" in said["关管理"]
    assert "病假" in said["王老师"]
    assert "病假" not in said["周主任"]
    assert "离岗" in said["周主任"]


def test_back_at_work_ends_the_leave(
    client: Client, cast: Cast, wang: Teacher, guan: Teacher
) -> None:
    row = leave(wang, guan, today() - timedelta(days=3))
    client.force_login(guan)

    client.post(f"/people/{wang.uid}/absence/{row.uid}/end/")

    row.refresh_from_db()
    assert row.ends_on == today()


def test_nobody_else_notes_leave(cast: Cast, wang: Teacher, zhou: Teacher) -> None:
    with pytest.raises(NotAllowed):
        leave(wang, zhou, DAY)


def above(cast: Cast) -> Teacher:
    """An administrator of the superior of both schools."""
    guan = cast.people["guan"]
    post = Post.objects.get(teacher=guan, role__code="administrator")
    Post.objects.filter(pk=post.pk).update(organisation=cast.school.parent)
    return Teacher.objects.get(pk=guan.pk)


def test_a_transfer_ends_here_and_begins_there(cast: Cast, wang: Teacher) -> None:
    actions.move_teacher(
        wang, cast.school, kind="transfer", on=DAY, to=cast.other_school, job_number="0099",
        by=above(cast), at=NOON,
    )  # fmt: skip

    wang.refresh_from_db()
    assert Post.objects.get(teacher=wang, ends_on=None).organisation == cast.other_school
    assert not Membership.objects.filter(teacher=wang, ends_on=None).exists()
    assert (wang.is_active, wang.entered) == (True, "2026-10")


def test_retirement_takes_off_the_roster_and_keeps_the_path(
    cast: Cast, wang: Teacher, guan: Teacher
) -> None:
    actions.move_teacher(wang, cast.school, kind="retirement", on=DAY, by=guan, at=NOON)

    wang.refresh_from_db()
    assert not wang.is_active
    told = [(one.kind, one.text) for one in path_of(wang, with_leave=True)]
    assert told[0] == ("去向", "离开清河小学，退休")
    assert ("单位", "数学教研组 · 成员") in told
    assert ("任职", "清河小学 · 教师") in told


def test_nobody_moves_into_a_school_of_others(cast: Cast, wang: Teacher, guan: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.move_teacher(
            wang, cast.school, kind="transfer", on=DAY, to=cast.other_school, by=guan, at=NOON
        )

    assert not Departure.objects.exists()


@pytest.fixture
def backbone(cast: Cast, zhou: Teacher) -> Tier:
    facts = {
        "name": "校级骨干教师", "ladder": "骨干教师", "level": "校", "is_honour": True,
        "criteria": "独立设计教案。", "requirements": "上一节研究课\n写一篇反思",
        "duties": "指导一位新教师", "term_years": 3,
    }  # fmt: skip
    return actions.shape_tier(cast.school, facts, by=zhou, at=NOON)


def test_requirements_and_duties_are_kept_line_by_line(backbone: Tier) -> None:
    lines = backbone.requirements.values_list("text", "is_duty")

    assert sorted(lines) == [
        ("上一节研究课", False), ("写一篇反思", False), ("指导一位新教师", True)
    ]  # fmt: skip


def test_the_teacher_says_what_shows_it_and_the_office_says_that_it_is_met(
    client: Client, backbone: Tier, wang: Teacher, zhou: Teacher
) -> None:
    ask = backbone.requirements.get(text="上一节研究课")
    address = f"/people/{wang.uid}/requirements/{ask.pk}/"
    client.force_login(wang)
    client.post(address, {"state": "met", "evidence": "10月15日研究课"})
    assert RequirementState.objects.get().state == "open"

    client.force_login(zhou)
    client.post(address, {"state": "met", "evidence": "10月15日研究课", "count": "1"})

    row = RequirementState.objects.get()
    assert (row.state, row.evidence, row.count) == ("met", "10月15日研究课", 1)
    assert "已达成" in client.get(f"/people/{wang.uid}/tiers/{backbone.pk}/").content.decode()


def review(tier: Tier, teacher: Teacher, by: Teacher, decision: str, **more: str) -> TierReview:
    said = {"kind": "nomination", "round_name": "2026年评选", "statement": "课上得好。"}
    return actions.review_tier(
        teacher, tier, **{**said, "reason": "", **more}, decision=decision, by=by, at=NOON
    )


def test_a_granted_nomination_begins_the_term_of_office(
    backbone: Tier, wang: Teacher, zhou: Teacher
) -> None:
    found = review(backbone, wang, zhou, "granted")

    assert (found.criteria, found.decided_on) == ("独立设计教案。", DAY)
    holding = TierHolding.objects.get(teacher=wang)
    assert (holding.round, holding.starts_on) == ("2026年评选", DAY)


def test_a_subject_leader_has_subject_grade_round_and_grounds(
    client: Client, backbone: Tier, wang: Teacher, guan: Teacher
) -> None:
    client.force_login(guan)
    asked = {
        "tier": str(backbone.pk), "starts_on": "2026-09-01", "subject": "数学", "grade": "四年级",
        "round": "课改年级学科带头人", "grounds": "教学能力较强",
    }  # fmt: skip
    client.post(f"/people/{wang.uid}/tiers/", asked)

    said = client.get(f"/people/{wang.uid}/tiers/{backbone.pk}/").content.decode()

    assert "数学 · 四年级 · 课改年级学科带头人 · 教学能力较强" in said


def test_a_no_needs_a_reason(backbone: Tier, wang: Teacher, zhou: Teacher) -> None:
    with pytest.raises(BadInput):
        review(backbone, wang, zhou, "refused")

    assert not TierReview.objects.exists()


def test_a_yearly_review_may_end_the_term(backbone: Tier, wang: Teacher, zhou: Teacher) -> None:
    review(backbone, wang, zhou, "granted")

    review(backbone, wang, zhou, "ended", kind="yearly", reason="任期已满")

    assert TierHolding.objects.get(teacher=wang).ends_on == DAY


def test_a_programme_shows_who_takes_part_and_how_far_they_are(
    client: Client, cast: Cast, backbone: Tier, wang: Teacher, zhou: Teacher
) -> None:
    review(backbone, wang, zhou, "granted")
    client.force_login(zhou)
    asked = {
        "name": "领航工程", "tier": str(backbone.pk), "starts_on": "2026-09-01",
        "requirements": "带一个课题\n上两节示范课",
    }  # fmt: skip
    answer = client.post(f"/people/programmes/{cast.school.uid}/new/", asked)
    ask = backbone.requirements.get(text="带一个课题")
    actions.note_requirement(ask, wang, state="met", evidence="", count=1, by=zhou, at=NOON)

    said = client.get(answer.url).content.decode()  # type: ignore[attr-defined]

    assert "王老师" in said
    assert "1 / 2" in said


@pytest.mark.parametrize(("who", "status"), [("zhao", 404), ("qian", 404), ("wang", 200)])
def test_strangers_see_no_standing(
    client: Client, cast: Cast, backbone: Tier, wang: Teacher, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(f"/people/{wang.uid}/tiers/{backbone.pk}/").status_code == status


def test_one_rates_oneself_and_the_office_checks(
    client: Client, cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    skill = actions.add_skill(cast.school, name="制作课件", group="信息技术", by=zhou, at=NOON)
    for who, level in ((wang, "3"), (zhou, "2")):
        client.force_login(who)
        client.post(f"/people/{wang.uid}/skills/", {f"skill-{skill.pk}": level})

    row = wang.skills.get()
    assert (row.rated, row.checked, row.checked_by_name) == (3, 2, "周主任")

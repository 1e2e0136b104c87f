"""Governing bodies: who leads, who answers for what, who belongs by rule, and what is missing."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions as people
from yanxiu.people import gaps
from yanxiu.people.actions import editing, governing
from yanxiu.people.actions.governing import DutyFacts
from yanxiu.people.chart import chart, holders_by_function, leading_posts
from yanxiu.people.models import (
    Membership,
    MembershipRule,
    Organisation,
    Post,
    Responsibility,
    Role,
    Teacher,
    Unit,
    UnitKind,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.queries import gaps as gaps_below

SINCE = date(2026, 9, 1)
LEADER = Membership.Duty.LEADER


def body(school: Organisation, code: str, name: str) -> Unit:
    kind = UnitKind.objects.get(code=code, organisation=None)
    return people.add_unit(school, name, kind, by=None, at=MORNING)


def sit(unit: Unit, teacher: Teacher, duty: str = "member") -> None:
    people.join_unit(unit, teacher, starts_on=SINCE, by=None, at=MORNING, duty=duty)


def fresh(teacher: Teacher) -> Teacher:
    return Teacher.objects.get(pk=teacher.pk)


def members(unit: Unit, day: date) -> set[str]:
    rows = Membership.objects.on(day).filter(unit=unit)
    return set(rows.values_list("teacher__name", flat=True))


@pytest.fixture
def leading(cast: Cast) -> Unit:
    return body(cast.school, "leading_group", "校本研修领导小组")


@pytest.fixture
def by_rule(leading: Unit, guan: Teacher) -> Unit:
    """The leading group with "all current 教研组长" in it."""
    group = UnitKind.objects.get(code="teaching_research_group")
    rule = (MembershipRule.Who.LEADERS.value, group)
    return governing.set_rules(leading, [rule], by=guan, at=MORNING)


def test_all_group_leaders_belong_by_rule(by_rule: Unit) -> None:
    assert members(by_rule, today()) == {"李组长", "赵老师"}


def test_each_day_has_its_own_members_by_rule(
    by_rule: Unit, cast: Cast, wang: Teacher, guan: Teacher
) -> None:
    editing.set_leader(cast.maths, wang, on=date(2026, 11, 1), by=guan, at=MORNING)

    assert members(by_rule, date(2026, 10, 31)) == {"李组长", "赵老师"}
    assert members(by_rule, date(2026, 11, 1)) == {"王老师", "赵老师"}


def test_a_dissolved_group_takes_its_leader_out(by_rule: Unit, cast: Cast, guan: Teacher) -> None:
    editing.close_unit(cast.chinese, on=date(2026, 10, 20), by=guan, at=MORNING)

    assert members(by_rule, date(2026, 10, 20)) == {"李组长"}


def test_who_is_entered_by_hand_stays_what_he_is(by_rule: Unit, li: Teacher) -> None:
    sit(by_rule, li, LEADER)

    seats = Membership.objects.on(today()).filter(unit=by_rule, teacher=li)
    assert [(seat.duty, seat.rule) for seat in seats] == [("leader", None)]


def test_holders_of_a_post_belong_by_rule(leading: Unit, guan: Teacher, zhou: Teacher) -> None:
    office = Role.objects.get(code="research_office")
    governing.set_rules(leading, [("holders", office)], by=guan, at=MORNING)
    inside = members(leading, today())

    people.end_post(
        Post.objects.get(teacher=zhou, role=office), on=today(), by=guan, at=timezone.now()
    )

    assert (inside, members(leading, today())) == ({"周主任"}, set())


def test_nobody_leaves_by_hand_what_a_rule_gives(
    client: Client, by_rule: Unit, li: Teacher, guan: Teacher
) -> None:
    client.force_login(guan)

    told = client.post(f"/units/{by_rule.uid}/members/{li.uid}/", {"on": str(today())})

    assert told.status_code == 422
    assert "成员规则" in told.content.decode()


def test_rules_are_set_on_a_page(client: Client, leading: Unit, guan: Teacher) -> None:
    client.force_login(guan)
    group = UnitKind.objects.get(code="teaching_research_group")

    client.post(f"/units/{leading.uid}/rules/", {"rules": [f"leaders-{group.pk}"]})

    said = client.get(f"/units/{leading.uid}/").content.decode()
    assert "所有现任教研组组长" in said
    assert "按规则" in said


def test_bodies_have_different_rights(cast: Cast, leading: Unit) -> None:
    """The leading group approves, the working group creates, the party branch reads and remarks."""
    working = body(cast.school, "working_group", "研修工作小组")
    party = body(cast.school, "party_branch", "党支部")
    for unit, name in ((leading, "li"), (working, "wang"), (party, "zhao")):
        sit(unit, cast.people[name], LEADER)
    li, wang, zhao = (fresh(cast.people[name]) for name in ("li", "wang", "zhao"))
    rights = ("approve_summaries", "manage_plans", "supervise")

    assert [li.holds(right) for right in rights] == [True, False, True]
    assert [wang.holds(right) for right in rights] == [False, True, False]
    assert [zhao.holds(right) for right in rights] == [False, False, True]
    assert zhao.reach_paths("see_plans") == [cast.school.path]


def test_plain_members_do_not_approve(cast: Cast, leading: Unit, wang: Teacher) -> None:
    sit(leading, wang)

    assert fresh(wang).holds("see_plans")
    assert not fresh(wang).holds("approve_summaries")


def test_a_central_group_reaches_all_schools(cast: Cast, wang: Teacher) -> None:
    central = Organisation.objects.get(parent=None)
    sit(body(central, "central_research_group", "中心教研组"), wang)

    paths = fresh(wang).reach_paths("manage_sessions")
    assert [cast.other_school.path.startswith(path) for path in paths] == [True]


def test_rights_of_a_body_end_with_the_seat(cast: Cast, leading: Unit, li: Teacher) -> None:
    people.join_unit(leading, li, starts_on=date(2020, 9, 1), ends_on=date(2023, 9, 1),
                     duty=LEADER, by=None, at=MORNING)  # fmt: skip

    assert not fresh(li).holds("approve_summaries")


def test_an_empty_name_stays_a_visible_gap(client: Client, leading: Unit, guan: Teacher,
                                           shen: Teacher) -> None:  # fmt: skip
    facts = DutyFacts("组长", text="全面统筹校本研训工作", seat="leader")
    duty = governing.add_responsibility(
        leading.organisation, facts, unit=leading, by=guan, at=MORNING
    )
    client.force_login(shen)
    address = f"/organisations/{leading.organisation.uid}/chart/"
    before = client.get(address).content.decode()

    governing.appoint(duty, shen, starts_on=SINCE, ends_on=date(2029, 9, 1), by=guan, at=MORNING)

    after = client.get(address).content.decode()
    assert ("空缺 1 人" in before, "空缺 1 人" in after) == (True, False)
    assert "全面统筹校本研训工作" in after
    assert "2029年9月1日" in after


def test_several_places_count_those_who_are_missing(leading: Unit, guan: Teacher,
                                                    wang: Teacher) -> None:  # fmt: skip
    facts = DutyFacts("组员", seat="member", places=3)
    duty = governing.add_responsibility(
        leading.organisation, facts, unit=leading, by=guan, at=MORNING
    )
    governing.appoint(duty, wang, starts_on=SINCE, by=guan, at=MORNING)

    (drawn,) = (one for one in chart(leading.organisation).bodies[0].duties if one.row == duty)
    assert ([seat.name for seat in drawn.seats], drawn.empty) == (["王老师"], 2)


def test_a_duty_passes_over(leading: Unit, guan: Teacher, li: Teacher, wang: Teacher) -> None:
    school = leading.organisation
    duty = governing.add_responsibility(school, DutyFacts("宣传员"), by=guan, at=MORNING)
    for teacher, day in ((li, SINCE), (wang, date(2026, 10, 1))):
        governing.appoint(duty, teacher, starts_on=day, by=guan, at=MORNING)

    terms = duty.holders.order_by("starts_on").values_list("teacher__name", "ends_on")
    assert list(terms) == [("李组长", date(2026, 10, 1)), ("王老师", None)]


def test_the_same_term_is_not_given_twice(leading: Unit, guan: Teacher, wang: Teacher) -> None:
    duty = governing.add_responsibility(
        leading.organisation, DutyFacts("宣传员"), by=guan, at=MORNING
    )

    with pytest.raises(BadInput, match="任期"):
        governing.appoint(duty, wang, starts_on=SINCE, ends_on=SINCE, by=guan, at=MORNING)


def test_people_are_found_by_their_function(cast: Cast, guan: Teacher, wang: Teacher) -> None:
    duty = governing.add_responsibility(
        cast.school, DutyFacts("电教员", function="电教"), by=guan, at=MORNING
    )
    governing.appoint(duty, wang, starts_on=SINCE, by=guan, at=MORNING)

    assert holders_by_function(cast.school, "电教") == [wang]
    assert holders_by_function(cast.school, "宣传") == []


@pytest.mark.parametrize("address", ["chart", "checks"])
@pytest.mark.parametrize(("who", "status"), [("shen", 200), ("wang", 200), ("qian", 404)])
def test_chart_and_checks_are_for_those_of_the_school(
    client: Client, cast: Cast, address: str, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(f"/organisations/{cast.school.uid}/{address}/").status_code == status


def test_the_principal_is_first_responsible_unless_another_is_named(
    cast: Cast, guan: Teacher, zhou: Teacher
) -> None:
    before = chart(cast.school).first

    governing.name_responsible(cast.school, "first", zhou, starts_on=SINCE, by=guan, at=MORNING)

    assert [one.name for one in before] == ["沈校长"]
    assert [one.name for one in chart(cast.school).first] == ["周主任"]


def test_every_school_names_who_is_in_charge_of_research(
    client: Client, cast: Cast, guan: Teacher, zhou: Teacher
) -> None:
    client.force_login(guan)
    form = {"teacher": str(zhou.uid), "starts_on": "2026-09-01"}
    before = {gap.code for gap in gaps_below(cast.school)}

    client.post(f"/organisations/{cast.school.uid}/responsible/research/", form)

    assert "no-research" in before
    assert "no-research" not in {gap.code for gap in gaps_below(cast.school)}


def test_the_gaps_name_groups_and_bodies_without_leader_or_members(
    cast: Cast, leading: Unit, wang: Teacher
) -> None:
    sit(leading, wang)
    body(cast.school, "grade_group", "三年级组")

    found = {(gap.code, gap.sentence) for gap in gaps_below(cast.school)}

    assert ("no-head", "领导机构校本研修领导小组没有组长") in found
    assert ("no-members", "三年级组还没有成员") in found


def test_a_large_school_needs_a_research_office(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.school.pk).update(is_large=True)
    before = {gap.code for gap in gaps_below(cast.school)}

    body(cast.school, "research_office_unit", "教科室")

    assert "no-research-office" in before
    assert "no-research-office" not in {gap.code for gap in gaps_below(cast.school)}


def test_a_post_is_no_office_yet_and_the_page_says_what_the_list_says(
    client: Client, cast: Cast, guan: Teacher
) -> None:
    client.force_login(guan)
    there = f"/organisations/{cast.school.uid}/checks/"
    assert "有岗位：周主任</td>" in client.get(there).content.decode()
    assert "还没有建成单位" not in client.get(there).content.decode()

    Organisation.objects.filter(pk=cast.school.pk).update(is_large=True)
    shown = client.get(there).content.decode()
    assert "规模学校的教科室只有岗位（周主任），还没有建成单位" in shown
    assert "现在在教科室岗位上的是周主任" in shown

    Post.objects.filter(role__code="research_office").delete()
    Organisation.objects.filter(pk=cast.school.pk).update(is_large=False)
    assert "没有，不要求</td>" in client.get(there).content.decode()


def test_another_app_adds_its_own_check(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "_CHECKS", [])

    gaps.register(lambda rows: [gaps.Gap(row.pk, "no-rule", "没有备案制度") for row in rows])

    assert [gap.sentence for gap in gaps_below(cast.school)] == ["没有备案制度"]


def test_the_central_school_sees_each_school(client: Client, cast: Cast, leading: Unit) -> None:
    central = Organisation.objects.get(parent=None)
    sun = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    people.give_post(sun, central, Role.objects.get(code="researcher"), starts_on=SINCE,
                     by=None, at=MORNING)  # fmt: skip
    client.force_login(sun)

    said = client.get(f"/organisations/{central.uid}/checks/").content.decode()

    assert [name in said for name in ("清河小学", "柳林小学", "还没有成员")] == [True] * 3


def test_many_schools_are_checked_in_as_many_statements(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    central = Organisation.objects.get(parent=None)
    for number in range(60):
        school = people.add_organisation(central, f"第{number}小学", by=None, at=MORNING)
        body(school, "teaching_research_group", "语文组")
    sun = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    people.give_post(sun, central, Role.objects.get(code="researcher"), starts_on=SINCE,
                     by=None, at=MORNING)  # fmt: skip
    client.force_login(sun)

    for address, most in (("checks", 15), ("chart", 10)):
        with django_assert_max_num_queries(most):
            assert client.get(f"/organisations/{central.uid}/{address}/").status_code == 200


def test_the_leading_group_above_is_known_below(client: Client, cast: Cast, wang: Teacher) -> None:
    central = Organisation.objects.get(parent=None)
    unit = body(central, "leading_group", "教科研工作领导小组")
    client.force_login(wang)

    assert client.get(f"/units/{unit.uid}/").status_code == 200
    assert (
        "教科研工作领导小组"
        in client.get(f"/organisations/{cast.school.uid}/chart/").content.decode()
    )


def test_only_the_administrator_writes_duties(client: Client, cast: Cast) -> None:
    address = f"/organisations/{cast.school.uid}/duties/new/"
    form = {"name": "宣传员", "places": "1", "order": "1"}
    for name in ("shen", "wang", "qian"):
        client.force_login(cast.people[name])
        assert client.post(address, form).status_code == 404
    client.force_login(cast.people["guan"])

    client.post(address, form)

    assert Responsibility.objects.get().name == "宣传员"


def test_a_seat_of_a_school_is_refused_and_the_form_kept(
    client: Client, cast: Cast, guan: Teacher
) -> None:
    client.force_login(guan)

    told = client.post(
        f"/organisations/{cast.school.uid}/duties/new/",
        {"name": "宣传员", "places": "-1", "order": "1"},
    )

    assert told.status_code == 422
    assert 'value="宣传员"' in told.content.decode()


def test_ending_a_term_leaves_a_gap(client: Client, cast: Cast, guan: Teacher,
                                    wang: Teacher) -> None:  # fmt: skip
    duty = governing.add_responsibility(cast.school, DutyFacts("宣传员"), by=guan, at=MORNING)
    governing.appoint(duty, wang, starts_on=today() - timedelta(days=9), by=guan, at=MORNING)
    client.force_login(guan)

    client.post(f"/duties/holders/{duty.holders.get().uid}/end/", {"on": str(today())})

    assert [one.empty for one in chart(cast.school).duties] == [1]


def test_leaders_of_a_day_are_those_with_a_leading_post_then(
    cast: Cast, shen: Teacher, guan: Teacher, wang: Teacher
) -> None:
    vice = Role.objects.get(code="vice_principal")
    post = people.give_post(wang, cast.school, vice, starts_on=SINCE, by=guan, at=MORNING)
    people.end_post(post, on=date(2026, 11, 1), by=guan, at=MORNING)

    before, after = (
        set(leading_posts(cast.school, day).values_list("teacher__name", flat=True))
        for day in (date(2026, 10, 31), date(2026, 11, 1))
    )
    assert (before, after) == ({"沈校长", "王老师"}, {"沈校长"})

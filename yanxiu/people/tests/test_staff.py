"""The structure of a staff, its goals, and who holds what or is away, are reckoned, never typed."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.documents.tables import read_tables
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.people import actions as people
from yanxiu.people import queries, staff
from yanxiu.people.actions import roster_import
from yanxiu.people.actions import staff as actions
from yanxiu.people.models import (
    Skill,
    Teacher,
    Team,
    TeamMember,
    Tier,
    TierHolding,
    WorkforceGoal,
    WorkforceSetting,
)

DAY = date(2026, 10, 15)
HEAD = "姓名,工号,出生年月,学历,职称,学科,骨干称号,参加工作时间,到校时间"
LINES = (
    "孙一,0101,1970-03,本科,高级教师,语文,市教学能手,1992-08,",
    "孙二,0102,1985-11,大专,一级教师,语文,区级骨干教师,2007-08,",
    "孙三,0103,1999-01,硕士研究生,未定级,数学,,2026-08,",
    "孙四,0104,1981-10-16,中专,二级教师,数学,校级骨干教师,2000-08,2026-09",
    "孙五,0105,,,,美术,,,",
)


@pytest.fixture
def filled(cast: Cast) -> Cast:
    data = "\n".join([HEAD, *LINES]).encode()
    read = roster_import.read_file(cast.school, data, "a.csv", by=None, at=MORNING)
    roster_import.apply(read, by=None, at=NOON)
    return cast


def members(cast: Cast) -> list[staff.Member]:
    found = staff.members(cast.school, DAY)
    return [one for one in found if one.name.startswith("孙")]


def tier(name: str) -> Tier:
    return Tier.objects.get(name=name)


def sun(name: str) -> Teacher:
    return Teacher.objects.get(name=name)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1981", 45),
        ("1981-10", 45),
        ("1981-10-16", 44),
        ("1981-11", 44),
        ("", None),
        ("不详", None),
    ],
)
def test_an_age_is_as_exact_as_what_is_known(born: str, age: int | None) -> None:
    assert staff.age_on(born, DAY) == age


def test_shares_are_reckoned_from_the_roster(filled: Cast) -> None:
    found = staff.structure(members(filled), WorkforceSetting())

    assert (found.young.count, found.young.whole, found.young.percent) == (3, 4, 75.0)
    assert (found.college.count, found.college.whole) == (3, 4)
    assert found.unknown_ages == 1
    assert [one.count for one in found.ages] == [1, 0, 0, 2, 0, 0, 1]
    assert [one.label for one in found.educations][:3] == ["硕士研究生", "本科", "大专"]


def test_from_when_somebody_is_no_longer_young_is_a_setting(filled: Cast, guan: Teacher) -> None:
    facts = {"young_below": 40, "senior_from": 50, "low_share": 10}
    actions.keep_setting(filled.school, facts, by=guan, at=NOON)

    found = staff.structure(members(filled), staff.setting_of(filled.school))

    assert found.young.count == 1


def test_the_matrix_shows_subject_by_title_by_age_with_low_cells(filled: Cast) -> None:
    found = staff.structure(members(filled), WorkforceSetting(low_share=10))

    maths = next(row for row in found.matrix if row.subject == "数学")
    assert [cell.count for cell in maths.cells] == [1, 0, 0, 1, 0, 0]
    assert [cell.is_low for cell in maths.cells] == [False, True, True, False, True, True]


def test_the_sheet_names_the_low_cells(client: Client, filled: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)
    answer = client.get(f"/people/staff/{filled.school.uid}/structure.xlsx")

    tables = read_tables(answer.content, name="a.xlsx")

    assert [table.sheet for table in tables] == ["结构", "学科×称号×年龄"]
    assert any("有称号 · 中间" in str(row[-1]) for row in tables[1].rows)


def test_and_above_goes_up_the_ladder_only(filled: Cast) -> None:
    names = {pk: Tier.objects.get(pk=pk).name for pk in staff.tiers_at_least(tier("校级骨干教师"))}
    assert set(names.values()) == {"校级骨干教师", "区级骨干教师"}

    holders = queries.holders(tier("校级骨干教师"), DAY)
    assert set(Teacher.objects.filter(pk__in=holders).values_list("name", flat=True)) == {
        "孙二",
        "孙四",
    }
    assert queries.holds_tier_or_above(sun("孙二"), tier("校级骨干教师"), DAY)
    assert not queries.holds_tier_or_above(sun("孙一"), tier("校级骨干教师"), DAY)
    assert not queries.holds_tier_or_above(sun("孙四"), tier("区级骨干教师"), DAY)


def test_a_tier_made_before_there_were_ladders_finds_its_place(filled: Cast) -> None:
    Tier.objects.update(ladder="", level="")

    assert len(staff.tiers_at_least(tier("校级骨干教师"))) == 2


def test_newcomers_are_those_who_came_in_the_term_or_just_before(filled: Cast) -> None:
    span = Span(date(2026, 9, 1), date(2027, 1, 23))

    names = set(queries.newcomers(Teacher.objects.all(), span).values_list("name", flat=True))

    assert names == {"孙三", "孙四"}


def goal(cast: Cast, by: Teacher, **facts: object) -> WorkforceGoal:
    return actions.keep_goal(cast.school, {"text": "目标", **facts}, by=by, at=NOON)


def value(cast: Cast, one: WorkforceGoal) -> staff.GoalValue:
    return staff.goal_values([one], members(cast), WorkforceSetting(), DAY)[0]


def test_a_goal_counts_a_skill_among_the_young(filled: Cast, zhou: Teacher) -> None:
    skill = actions.add_skill(filled.school, name="制作课件", group="", by=zhou, at=NOON)
    one = goal(filled, zhou, population="young", indicator="skill", skill=skill, target_percent=80)
    actions.rate_skills(sun("孙二"), {skill.pk: 2}, by=sun("孙二"), at=NOON)
    actions.rate_skills(sun("孙三"), {skill.pk: 3}, by=sun("孙三"), at=NOON)
    actions.rate_skills(sun("孙三"), {skill.pk: 1}, by=zhou, at=NOON)

    found = value(filled, one)

    assert found.share is not None
    assert (found.share.count, found.share.whole, found.is_reached) == (1, 3, False)


def test_shares_of_tiers_may_overlap(filled: Cast, zhou: Teacher) -> None:
    one = goal(filled, zhou, indicator="tier", tier=tier("校级骨干教师"), target_percent=40)

    found = value(filled, one)

    assert found.share is not None
    assert (found.share.count, found.share.whole, found.is_reached) == (2, 5, True)


def test_a_goal_without_indicator_says_that_it_cannot_be_measured(
    client: Client, filled: Cast, zhou: Teacher
) -> None:
    assert value(filled, goal(filled, zhou)).share is None

    client.force_login(zhou)
    said = client.get(f"/people/staff/?school={filled.school.uid}").content.decode()
    assert "不可衡量" in said


def test_a_goal_is_dropped_by_a_button_that_others_do_not_get(
    client: Client, filled: Cast, zhou: Teacher, shen: Teacher
) -> None:
    one = goal(filled, zhou)
    address = f"/people/staff/{filled.school.uid}/goals/{one.uid}/drop/"
    page = f"/people/staff/?school={filled.school.uid}"
    client.force_login(shen)
    assert address not in client.get(page).content.decode()
    client.force_login(zhou)
    assert address in client.get(page).content.decode()

    client.post(address)

    assert address not in client.get(page).content.decode()


def test_the_analysis_keeps_the_numbers_of_its_day(
    client: Client, filled: Cast, zhou: Teacher
) -> None:
    client.force_login(zhou)
    client.post(f"/people/staff/{filled.school.uid}/note/", {"text": "语文老师偏年长。"})

    said = client.get(f"/people/staff/?school={filled.school.uid}").content.decode()

    assert "语文老师偏年长。" in said
    assert "教师 11" in said


def test_a_mixed_team_takes_all_three_forces_and_can_be_changed(
    client: Client, filled: Cast, zhou: Teacher
) -> None:
    client.force_login(zhou)
    client.post(f"/people/teams/of/{filled.school.uid}/new/", {"name": "备课攻关", "size": "4"})
    team = Team.objects.get()
    forces = dict(team.members.values_list("teacher__name", "force"))
    assert forces["孙三"] == TeamMember.Force.YOUNG
    assert TeamMember.Force.BACKBONE in forces.values()

    keep = {f"keep-{sun('孙三').pk}": "on", "add": str(sun("孙五").pk), "add_force": "senior"}
    client.post(f"/people/teams/{team.uid}/", keep)

    assert dict(team.members.values_list("teacher__name", "force")) == {
        "孙三": "young",
        "孙五": "senior",
    }


def test_titles_are_listed_by_level_and_year(client: Client, filled: Cast, zhou: Teacher) -> None:
    client.force_login(zhou)
    TierHolding.objects.filter(teacher=sun("孙一")).update(ends_on=date(2026, 12, 1))

    said = client.get("/people/tiers/?level=市&year=2026").content.decode()
    later = client.get("/people/tiers/?level=市&year=2027").content.decode()

    assert ">孙一</a>" in said
    assert ">孙二</a>" not in said
    assert ">孙一</a>" not in later


def test_the_pages_cost_few_statements(
    client: Client,
    filled: Cast,
    zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(zhou)
    for number in range(30):
        goal(filled, zhou, text=f"目标{number}", indicator="tier", tier=tier("区级骨干教师"),
             target_percent=10)  # fmt: skip

    for address in ("/people/tiers/", "/people/teams/", "/people/staff/"):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("shen", 200), ("zhou", 200), ("guan", 200), ("li", 404), ("wang", 404), ("qian", 404)],
)
def test_who_may_see_the_people_sees_the_structure(
    client: Client, filled: Cast, who: str, status: int
) -> None:
    client.force_login(filled.people[who])

    address = f"/people/staff/{filled.school.uid}/structure.xlsx"
    assert client.get(address).status_code == status


def test_the_head_sees_but_does_not_set(filled: Cast, shen: Teacher) -> None:
    with pytest.raises(NotAllowed):
        goal(filled, shen)


def test_a_tier_with_the_name_of_another_is_refused(filled: Cast, zhou: Teacher) -> None:
    facts = {
        "name": "区级骨干教师", "ladder": "", "level": "", "is_honour": True, "criteria": "",
        "duties": "", "term_years": None,
    }  # fmt: skip
    with pytest.raises(BadInput):
        actions.shape_tier(filled.school, facts, by=zhou, at=NOON)


def test_skills_of_a_superior_are_asked_about_too(filled: Cast) -> None:
    assert filled.school.parent
    Skill.objects.create(organisation=filled.school.parent, name="沟通")
    people.lay_ground()

    assert staff.skills_for(filled.school).get().name == "沟通"

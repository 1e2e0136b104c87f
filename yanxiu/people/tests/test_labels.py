"""A school uses its own words; those it has not set come from above."""

import pytest
from django.test import Client

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions as people
from yanxiu.people.actions import editing
from yanxiu.people.actions import profile as profiles
from yanxiu.people.models import Organisation, Profile, Role, Teacher
from yanxiu.people.models.organisation import LABELS
from yanxiu.people.models.teacher import today


@pytest.fixture
def above(cast: Cast) -> Teacher:
    """An administrator of the central school."""
    teacher = people.add_teacher(name="吴管理", by=None, at=MORNING)
    people.give_post(teacher, Organisation.objects.get(parent=None),
                     Role.objects.get(code="administrator"), starts_on=today(), by=None,
                     at=MORNING)  # fmt: skip
    return teacher


def fresh(row: Organisation) -> Organisation:
    return Organisation.objects.get(pk=row.pk)


def test_words_come_down_from_above(above: Teacher, cast: Cast) -> None:
    central = Organisation.objects.get(parent=None)

    people.rename_labels(central, {"pd": "研训", "office": "教务处"}, by=above, at=MORNING)

    school = fresh(cast.school)
    assert (school.label("pd"), school.label("office")) == ("研训", "教务处")
    made = people.add_organisation(school, "初中部", by=above, at=MORNING)
    assert made.label("pd") == "研训"


def test_an_own_word_stands_before_the_one_from_above(
    above: Teacher, guan: Teacher, cast: Cast
) -> None:
    people.rename_labels(cast.school, {"pd": "继续教育"}, by=guan, at=MORNING)
    central = Organisation.objects.get(parent=None)

    people.rename_labels(central, {"pd": "研训"}, by=above, at=MORNING)

    assert fresh(cast.school).label("pd") == "继续教育"
    assert fresh(cast.other_school).label("pd") == "研训"


def test_an_emptied_word_follows_again(above: Teacher, guan: Teacher, cast: Cast) -> None:
    central = Organisation.objects.get(parent=None)
    people.rename_labels(cast.school, {"pd": "继续教育"}, by=guan, at=MORNING)
    people.rename_labels(central, {"pd": "研训"}, by=above, at=MORNING)

    people.rename_labels(fresh(cast.school), {"pd": ""}, by=guan, at=MORNING)

    assert fresh(cast.school).label("pd") == "研训"


def test_the_navigation_speaks_the_schools_words(
    client: Client, guan: Teacher, wang: Teacher, cast: Cast
) -> None:
    client.force_login(wang)
    before = client.get("/units/").content.decode()

    people.rename_labels(cast.school, {"pd": "研训", "group": "科组"}, by=guan, at=MORNING)

    after = client.get("/units/").content.decode()
    assert ("研修活动" in before, "研训活动" in before) == (True, False)
    assert ("研修活动" in after, "研训活动" in after, "科组等单位" in after) == (False, True, True)


def test_the_names_of_the_four_lines_can_be_set(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)

    client.post(f"/organisations/{cast.school.uid}/labels/", {"line_pd": "教师发展"})

    assert "教师发展" in client.get(f"/organisations/{cast.school.uid}/").content.decode()
    assert {"pd", "office", "line_routine", "line_monitoring"} <= set(LABELS)


def test_the_tree_is_as_deep_as_wanted(above: Teacher, cast: Cast) -> None:
    here = Organisation.objects.get(parent=None)
    for level in ("区县", "镇", "联片协作区", "学区", "校区", "学部", "年级", "班级组"):
        here = people.add_organisation(
            here, f"某{level}", level_name=level, is_school=False, by=above, at=MORNING
        )

    assert here.path.count(".") == 9
    assert Teacher.objects.get(pk=above.pk).reach("manage_people").filter(pk=here.pk).exists()


def test_a_tree_beyond_what_can_be_kept_is_refused(cast: Cast) -> None:
    here = cast.school
    Organisation.objects.filter(pk=here.pk).update(path="1." * 250)

    with pytest.raises(BadInput, match="太深"):
        people.add_organisation(fresh(here), "最下级", by=None, at=MORNING)


def test_a_large_school_is_marked_on_a_page(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    form = {"name": "清河小学", "level_name": "学校", "is_school": "on", "is_large": "on"}

    client.post(f"/organisations/{cast.school.uid}/edit/", form)

    assert fresh(cast.school).is_large
    assert "规模学校" in client.get(f"/organisations/{cast.school.uid}/checks/").content.decode()


def test_the_profile_is_written_once_and_shown(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    form = {"motto": "日有所进", "philosophy": "让每个孩子被看见", "approach": "以研促教"}

    client.post(f"/organisations/{cast.school.uid}/profile/", form)

    said = client.get(f"/organisations/{cast.school.uid}/").content.decode()
    assert [words in said for words in form.values()] == [True] * 3
    assert Profile.objects.get(organisation=cast.school).motto == "日有所进"


def test_reform_grades_are_marked_per_school_year(
    client: Client, guan: Teacher, cast: Cast
) -> None:
    client.force_login(guan)
    address = f"/organisations/{cast.school.uid}/grades/"
    client.post(address, {"school_year": "2025", "grades": "一年级、五年级"})

    client.post(address, {"school_year": "2026", "grades": "一年级，六年级"})
    profiles.mark_reform_grades(cast.school, 2026, ["六年级"], by=guan, at=MORNING)

    marked = cast.school.reform_grades.order_by("school_year", "pk")
    assert list(marked.values_list("school_year", "grade")) == [
        (2025, "一年级"), (2025, "五年级"), (2026, "六年级"),
    ]  # fmt: skip


def test_renaming_keeps_whether_a_school_is_large(guan: Teacher, cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.school.pk).update(is_large=True)

    editing.edit_organisation(fresh(cast.school), name="清河一小", level_name="学校",
                              is_school=True, by=guan, at=MORNING)  # fmt: skip

    assert fresh(cast.school).is_large

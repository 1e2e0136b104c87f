"""The list of people and the page of one person."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions as people
from yanxiu.people.actions import editing, roster_import
from yanxiu.people.models import Membership, Post, Role, Teacher

LIST = "/people/"


def page_of(teacher: Teacher, action: str = "") -> str:
    return f"/people/{teacher.uid}/{action}"


@pytest.mark.parametrize(("who", "status"), [("shen", 200), ("zhou", 200), ("guan", 200),
                                             ("li", 404), ("wang", 404)])  # fmt: skip
def test_the_list_is_for_those_who_may_see_people(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(LIST).status_code == status


def test_it_shows_the_own_school_alone(client: Client, qian: Teacher) -> None:
    client.force_login(qian)

    said = client.get(LIST).content.decode()

    assert "钱老师" in said
    assert "王老师" not in said


@pytest.mark.parametrize("text", ["王老", "wangl", "0004", "00000004"])
def test_a_person_is_found_by_name_pinyin_number_and_phone(
    client: Client, guan: Teacher, text: str
) -> None:
    client.force_login(guan)

    said = client.get(LIST, {"q": text}).content.decode()

    assert "王老师</a>" in said
    assert "赵老师</a>" not in said


def test_it_is_narrowed_by_unit_and_state(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    editing.archive_teacher(cast.people["zhao"], reason="调出", by=guan, at=NOON)

    maths = client.get(LIST, {"unit": str(cast.maths.uid)}).content.decode()
    gone = client.get(LIST, {"state": "gone"}).content.decode()

    assert "王老师</a>" in maths
    assert "周主任</a>" not in maths
    assert "赵老师</a>" in gone
    assert "王老师</a>" not in gone


def test_many_people_cost_no_more_statements(
    client: Client, guan: Teacher, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = [f"孙{chr(0x6C38 + n)},{n + 100:04d},数学组" for n in range(120)]
    data = "\n".join(["姓名,工号,教研组", *lines]).encode()
    read = roster_import.read_file(cast.school, data, "a.csv", by=guan, at=NOON)
    roster_import.apply(read, by=guan, at=NOON)
    client.force_login(guan)

    with django_assert_max_num_queries(10):
        page = client.get(LIST, {"page": "2"})

    assert "第 2 / 3 页" in page.content.decode()
    assert len(page.content) < 60_000


@pytest.mark.parametrize(("who", "status"), [("shen", 200), ("wang", 200), ("li", 404),
                                             ("zhao", 404), ("qian", 404)])  # fmt: skip
def test_a_person_is_seen_by_those_above_and_in_person(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(page_of(cast.people["wang"])).status_code == status


@pytest.mark.parametrize("action", ["edit/", "posts/", "units/", "tiers/", "archive/"])
@pytest.mark.parametrize(("who", "status"), [("guan", 200), ("zhou", 404), ("qian", 404)])
def test_only_the_administrator_changes_a_person(
    client: Client, cast: Cast, action: str, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get(page_of(cast.people["wang"], action)).status_code == status


def test_a_foreign_phone_is_refused_and_what_was_typed_stays(
    client: Client, guan: Teacher, wang: Teacher
) -> None:
    client.force_login(guan)

    answer = client.post(
        page_of(wang, "edit/"), {"name": "王新名", "phone": "13900000001", "subjects": "数学、科学"}
    )

    assert answer.status_code == 422
    assert "已经登记在别人名下" in answer.content.decode()
    assert "王新名" in answer.content.decode()
    wang.refresh_from_db()
    assert wang.name == "王老师"


def test_facts_are_changed_by_hand(client: Client, guan: Teacher, wang: Teacher) -> None:
    client.force_login(guan)

    client.post(
        page_of(wang, "edit/"), {"name": "王新名", "subjects": "数学、科学", "born": "1989-07"}
    )

    wang.refresh_from_db()
    assert (wang.name, wang.pinyin, wang.subjects) == ("王新名", "wangxinming", ["数学", "科学"])
    assert wang.phone is None


def test_a_person_is_added_by_hand(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    asked = {"name": "孙一", "organisation": str(cast.school.uid), "job_number": "0300",
             "starts_on": "2026-10-01"}  # fmt: skip

    answer = client.post("/people/new/", asked)

    made = Teacher.objects.get(name="孙一")
    assert answer["Location"] == page_of(made)
    assert made.posts.get().job_number == "0300"


def test_an_administrator_cannot_add_to_another_school(
    client: Client, guan: Teacher, cast: Cast
) -> None:
    client.force_login(guan)
    asked = {"name": "孙一", "organisation": str(cast.other_school.uid), "starts_on": "2026-10-01"}

    assert client.post("/people/new/", asked).status_code == 422
    assert not Teacher.objects.filter(name="孙一").exists()


def test_a_post_is_given_and_ended(
    client: Client, guan: Teacher, wang: Teacher, cast: Cast
) -> None:
    client.force_login(guan)
    asked = {"organisation": str(cast.school.uid), "role": "research_office", "title": "教导主任",
             "starts_on": "2026-09-01"}  # fmt: skip
    client.post(page_of(wang, "posts/"), asked)
    post = Post.objects.get(teacher=wang, role__code="research_office")
    assert post.title == "教导主任"

    client.post(page_of(wang, f"posts/{post.uid}/end/"), {"on": "2026-10-15"})

    post.refresh_from_db()
    assert post.ends_on == date(2026, 10, 15)


def test_a_unit_is_joined_and_left(
    client: Client, guan: Teacher, wang: Teacher, cast: Cast
) -> None:
    client.force_login(guan)
    asked = {"unit": str(cast.chinese.uid), "duty": "deputy", "starts_on": "2026-09-01"}
    client.post(page_of(wang, "units/"), asked)
    seat = Membership.objects.get(teacher=wang, unit=cast.chinese)
    assert seat.duty == "deputy"

    client.post(page_of(wang, f"units/{cast.chinese.uid}/"), {"on": "2026-10-15"})

    seat.refresh_from_db()
    assert seat.ends_on == date(2026, 10, 15)


def test_somebody_leaves_and_comes_back(client: Client, guan: Teacher, wang: Teacher) -> None:
    client.force_login(guan)
    client.post(page_of(wang, "archive/"), {"reason": "借调"})
    wang.refresh_from_db()
    assert not wang.is_active
    assert "恢复在册" in client.get(page_of(wang)).content.decode()

    client.post(page_of(wang, "return/"))

    wang.refresh_from_db()
    assert wang.is_active


def test_nobody_takes_himself_off_the_roster(guan: Teacher) -> None:
    with pytest.raises(BadInput):
        editing.archive_teacher(guan, reason="误点", by=guan, at=NOON)


def test_somebody_with_a_post_elsewhere_is_not_taken_off(
    guan: Teacher, wang: Teacher, cast: Cast
) -> None:
    role = Role.objects.get(code="teacher")
    people.give_post(wang, cast.other_school, role, starts_on=date(2026, 9, 1), by=None, at=NOON)

    with pytest.raises(BadInput, match="还有任职"):
        editing.archive_teacher(wang, reason="调出", by=guan, at=NOON)


def test_an_empty_list_says_what_helps(client: Client, guan: Teacher, cast: Cast) -> None:
    Teacher.objects.exclude(pk=guan.pk).update(is_active=False)
    client.force_login(guan)

    assert "看全部" in client.get(LIST, {"q": "没有这个人"}).content.decode()
    assert reverse("people:roster") in client.get(LIST).content.decode()

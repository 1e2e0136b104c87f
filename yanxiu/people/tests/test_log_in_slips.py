"""Slips: an administrator prints codes for the own people, per group, and sees each once."""

import re
from typing import Any

from django.test import Client
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.actions import codes
from yanxiu.people.models import LogInCode, Teacher

PAGE = "/people/slips/"
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def names(answer: Any) -> list[str]:
    return [teacher.name for teacher, _place, _number in answer.context["people"]]


def test_only_administrators_see_the_page(client: Client, guan: Teacher, shen: Teacher) -> None:
    client.force_login(shen)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"all": "1"}).status_code == 404

    client.force_login(guan)
    assert client.get(PAGE).status_code == 200


def test_it_offers_those_who_never_logged_in(client: Client, guan: Teacher, wang: Teacher) -> None:
    Teacher.objects.filter(pk=wang.pk).update(last_login=MORNING)
    client.force_login(guan)

    assert names(client.get(PAGE)) == ["李组长", "沈校长", "赵老师", "周主任"]
    assert "王老师" in names(client.get(PAGE, {"who": "all"}))


def test_a_unit_can_be_chosen(client: Client, cast: Cast, guan: Teacher) -> None:
    client.force_login(guan)

    assert names(client.get(PAGE, {"unit": str(cast.maths.uid)})) == ["李组长", "王老师"]


def test_a_unit_of_another_school_is_not_there(client: Client, cast: Cast, guan: Teacher) -> None:
    kind = cast.maths.kind
    foreign = people.add_unit(cast.other_school, "数学组", kind, by=None, at=MORNING)
    client.force_login(guan)

    assert client.get(PAGE, {"unit": str(foreign.uid)}).status_code == 404
    assert client.get(PAGE, {"school": str(cast.other_school.uid)}).status_code == 404
    assert client.get(PAGE, {"unit": "nonsense"}).status_code == 404


def test_the_sheet_has_a_working_code_for_each_chosen(
    client: Client, guan: Teacher, wang: Teacher, li: Teacher, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://yanxiu.example"
    client.force_login(guan)

    answer = client.post(PAGE, {"teacher": [str(wang.uid), str(li.uid)]})

    page = answer.content.decode()
    printed = CODE.findall(page)
    made = LogInCode.objects.get(teacher=li)
    assert len(printed) == 2
    assert codes.find("0003", printed[0], at=made.made_at) == made
    for text in ("清河小学", "数学教研组", "https://yanxiu.example/code/", "0003", "有效至"):
        assert text in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_whole_unit_is_printed_with_one_button(client: Client, cast: Cast, guan: Teacher) -> None:
    client.force_login(guan)

    answer = client.post(f"{PAGE}?unit={cast.chinese.uid}", {"all": "1"})

    assert "赵老师" in answer.content.decode()
    assert LogInCode.objects.count() == 1


def test_a_forged_choice_of_a_foreign_teacher_is_refused(
    client: Client, guan: Teacher, wang: Teacher, qian: Teacher
) -> None:
    client.force_login(guan)

    answer = client.post(PAGE, {"teacher": [str(wang.uid), str(qian.uid)]})

    assert answer.status_code == 422
    assert not LogInCode.objects.exists()


def test_nobody_chosen_is_said(client: Client, guan: Teacher) -> None:
    client.force_login(guan)

    answer = client.post(PAGE)

    assert answer.status_code == 422
    assert "没有选中任何人" in answer.content.decode()


def test_the_list_stays_quick_in_a_large_school(
    client: Client, cast: Cast, guan: Teacher, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    role = cast.people["wang"].posts.get().role
    for number in range(80):
        teacher = people.add_teacher(name=f"教师{number}", by=None, at=MORNING)
        people.give_post(teacher, cast.school, role, starts_on=MORNING.date(), by=None, at=MORNING)
    client.force_login(guan)

    with django_assert_max_num_queries(10):
        answer = client.get(PAGE)

    assert len(names(answer)) == 60
    assert len(answer.content) < 60_000

"""The first page shows each reader what is the reader's, and opens every number."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher


def page(client: Client, teacher: Teacher, path: str = "/") -> str:
    client.force_login(teacher)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_teacher_sees_hours_and_what_is_missing(client: Client, wang: Teacher) -> None:
    shown = page(client, wang)

    assert "王老师" in shown
    assert "还差" in shown
    assert "24 学分" in shown


def test_a_teacher_sees_no_numbers_of_the_school(client: Client, wang: Teacher) -> None:
    shown = page(client, wang)

    assert 'id="tiles"' not in shown
    assert 'id="plan"' not in shown


def test_the_office_sees_plan_and_numbers(client: Client, zhou: Teacher) -> None:
    shown = page(client, zhou)

    assert 'id="tiles"' in shown
    assert "这个学期还没有确认的计划" in shown


def test_the_principal_sees_lessons_given_and_who_went_to_observe(
    client: Client, shen: Teacher
) -> None:
    shown = page(client, shen)

    for code in ("lessons.recorded", "observation.observers"):
        assert reverse("dashboard:figure", args=[code]) in shown
    assert "有人听的课 0 节" in shown


def test_who_may_not_read_plans_in_is_not_told_to(client: Client, cast: Cast) -> None:
    assert cast.school.parent is not None
    researcher = people.add_teacher(name="顾教研", phone="13800000009", by=None, at=MORNING)
    people.give_post(
        researcher, cast.school.parent, Role.objects.get(code="researcher"),
        starts_on=date(2020, 9, 1), by=None, at=MORNING,
    )  # fmt: skip

    shown = page(client, researcher)

    assert "读进来" not in shown
    assert "清河中心校自己这个学期没有确认的计划" in shown


def test_an_administrator_is_led_through_the_first_steps(client: Client, guan: Teacher) -> None:
    assert 'id="first-steps"' in page(client, guan)


def test_somebody_without_a_post_is_told_so(client: Client, wang: Teacher) -> None:
    wang.posts.update(ends_on="2021-01-01")

    assert "没有任何学校的岗位" in page(client, Teacher.objects.get(pk=wang.pk))


def test_a_leader_goes_straight_to_the_sessions_of_the_group(
    client: Client, cast: Cast, session: Any, li: Teacher, wang: Teacher
) -> None:
    way = f"{reverse('activities:sessions')}?unit={cast.maths.pk}"

    assert way not in page(client, wang)
    assert way in page(client, li)
    # Ahead or left open, as today's date may be.
    listed = page(client, li, way) + page(client, li, f"{way}&when=left-open")
    assert session.title in listed


def test_everybody_finds_calendar_notices_and_training(client: Client, wang: Teacher) -> None:
    shown = page(client, wang)

    for name in ("agenda:calendar", "notices:notices", "training:home"):
        assert f'href="{reverse(name)}"' in shown


@pytest.mark.parametrize("name", ["wang", "li", "zhou", "shen"])
def test_it_asks_the_database_little(
    name: str, client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.people[name])
    with django_assert_max_num_queries(26):
        client.get("/")


def test_a_stranger_goes_to_the_log_in(client: Client, db: None) -> None:
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/log-in/")


def test_the_list_of_figures_names_each(client: Client, wang: Teacher) -> None:
    shown = page(client, wang, "/figures/")

    assert "举行的场次" in shown


def test_a_figure_opens_for_its_reader_only(
    client: Client, zhou: Teacher, qian: Teacher, cast: Cast
) -> None:
    mine = page(client, zhou, f"/figures/people.teachers/?organisation={cast.school.uid}")
    other = page(client, qian, f"/figures/people.teachers/?organisation={cast.school.uid}")

    assert "王老师" in mine
    assert "王老师" not in other


def test_there_is_no_figure_of_another_name(client: Client, zhou: Teacher) -> None:
    client.force_login(zhou)
    assert client.get("/figures/people.ranking/").status_code == 404

"""The calendar shows what one may see, in few statements, and is kind to odd addresses."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.agenda import actions, calendars
from yanxiu.agenda.models import Occasion
from yanxiu.agenda.tests.conftest import Plan
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.uids import new_uid
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher, Unit, UnitKind
from yanxiu.terms import actions as terms


@pytest.fixture(autouse=True)
def _on_that_morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


def shown(client: Client, teacher: Teacher, **asked: str) -> str:
    client.force_login(teacher)
    answer = client.get("/calendar/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("view", ["week", "month", "day"])
@pytest.mark.parametrize(
    ("who", "whose", "seen"),
    [
        ("wang", "mine", {"数学", "全校"}),
        ("wang", "groups", {"数学"}),
        ("wang", "school", {"数学", "全校"}),
        ("wang", "county", {"数学", "全校"}),
        ("zhao", "mine", {"语文", "全校"}),
        ("shen", "mine", {"全校"}),
        ("shen", "school", {"数学", "语文", "全校"}),
        ("qian", "school", {"柳林"}),
    ],
)
def test_each_choice_shows_what_its_reader_may_see(
    client: Client, cast: Cast, plan: Plan, view: str, who: str, whose: str, seen: set[str]
) -> None:
    plan(MORNING, cast.maths, title="关于数学的")
    plan(MORNING, cast.chinese, title="关于语文的")
    plan(MORNING, title="关于全校的")
    plan(MORNING, title="关于柳林的", organisation=cast.other_school)

    page = shown(client, cast.people[who], view=view, who=whose)

    assert {word for word in ("数学", "语文", "全校", "柳林") if f"关于{word}的" in page} == seen


def researcher(cast: Cast) -> Teacher:
    central = Organisation.objects.get(parent=None)
    teacher = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    role = Role.objects.get(code="researcher")
    people.give_post(teacher, central, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    return teacher


def test_the_central_school_sees_all_its_schools(client: Client, cast: Cast, plan: Plan) -> None:
    plan(MORNING, cast.maths, title="关于数学的")
    plan(MORNING, title="关于柳林的", organisation=cast.other_school)

    page = shown(client, researcher(cast), who="county")

    assert "关于数学的" in page
    assert "柳林小学" in page


def test_a_session_is_linked(client: Client, session: Any, wang: Teacher) -> None:
    assert f"/sessions/{session.uid}/" in shown(client, wang)


def test_what_is_called_off_is_gone(client: Client, cast: Cast, plan: Plan, wang: Teacher) -> None:
    row = plan(MORNING, cast.maths, title="关于数学的")
    actions.end_occasion(Source(row.source_kind, row.source_id), Occasion.State.CANCELLED)

    assert "关于数学的" not in shown(client, wang)


def test_what_is_owed_stands_on_its_day_and_only_in_ones_own(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    actions.assign_task(
        source_of(cast.maths), [wang], kind="write", title="写记录", due_on=date(2026, 10, 16),
        organisation=cast.school, at=MORNING,
    )  # fmt: skip

    assert "待办 写记录" in shown(client, wang)
    assert "写记录" not in shown(client, wang, who="school")
    assert "写记录" not in shown(client, cast.people["li"])


def test_days_off_and_make_up_days_are_shown(client: Client, cast: Cast, wang: Teacher) -> None:
    for day, kind, taught in ((12, "off", None), (17, "make_up", 1)):
        terms.set_day_off(
            cast.school, name="校庆", starts_on=date(2026, 10, day), kind=kind, taught_as=taught,
            ends_on=date(2026, 10, day + 1), by=None, at=MORNING,
        )  # fmt: skip

    page = shown(client, wang)

    assert "校庆（放假）" in page
    assert "校庆（调休上课，上周一的课）" in page


def test_a_meeting_early_in_the_morning_stands_on_its_own_day(
    cast: Cast, plan: Plan, wang: Teacher
) -> None:
    plan(MORNING - timedelta(hours=1), cast.maths)

    found = calendars.days(wang, "mine", calendars.week_of(date(2026, 10, 15)), most=5)

    assert [one.day.day for one in found if one.entries] == [15]


def test_a_full_day_says_how_many_more_there_are(
    client: Client, cast: Cast, plan: Plan, wang: Teacher
) -> None:
    for _number in range(20):
        plan(NOON, cast.maths)

    assert "还有 4 场" in shown(client, wang)
    assert "还有 16 场" in shown(client, wang, view="month")
    assert "20 场" in shown(client, wang, view="day", on="2026-10-15")


def test_a_month_is_whole_weeks() -> None:
    span = calendars.month_of(date(2026, 10, 15))

    assert (span.start, span.last) == (date(2026, 9, 28), date(2026, 11, 1))


@pytest.mark.parametrize("on", ["", "x", "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01"])
@pytest.mark.parametrize("view", ["week", "month", "day", "year"])
def test_an_odd_address_shows_today(client: Client, wang: Teacher, on: str, view: str) -> None:
    assert "10月" in shown(client, wang, on=on, view=view)


@pytest.mark.parametrize("on", ["2000-01-01", "2100-12-31"])
def test_the_ends_of_time_open(client: Client, wang: Teacher, on: str) -> None:
    for view in ("week", "month", "day"):
        assert shown(client, wang, on=on, view=view)


def test_without_a_post_it_is_empty(client: Client, cast: Cast) -> None:
    nobody = people.add_teacher(name="无岗", by=None, at=MORNING)

    assert "这一周没有安排" in shown(client, nobody, who="school")


def county(cast: Cast, schools: int, groups: int) -> None:
    """Fill a county with schools and groups that all meet in this week."""
    central, kind = Organisation.objects.get(parent=None), UnitKind.objects.all()[0]
    made = []
    for number in range(schools):
        school = people.add_organisation(central, f"第{number}小学", by=None, at=MORNING)
        units = Unit.objects.bulk_create(
            Unit(organisation=school, kind=kind, name=f"{index}组") for index in range(groups)
        )
        for index, unit in enumerate(units):
            starts_at = MORNING + timedelta(days=(index + 3) % 5 - 3, minutes=index)
            made.append(
                Occasion(
                    organisation=school, unit=unit, title=f"{number}-{index} 研讨：让错误成为资源",
                    starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90),
                    source_kind="activities.session", source_id=new_uid(), place="会议室",
                )
            )  # fmt: skip
    actions.plan_occasions(made)


@pytest.mark.parametrize(("schools", "groups"), [(1, 2), (60, 12)])
@pytest.mark.parametrize("view", ["week", "month", "day"])
def test_the_calendar_of_a_county_costs_ten_statements_whatever_its_size(
    client: Client,
    cast: Cast,
    view: str,
    schools: int,
    groups: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    county(cast, schools, groups)
    client.force_login(researcher(cast))

    with django_assert_max_num_queries(10):
        answer = client.get("/calendar/", {"view": view, "who": "county", "on": "2026-10-15"})

    assert len(answer.content) < 60_000
    assert "研讨" in answer.content.decode()


def test_ones_own_week_costs_ten_statements(
    client: Client,
    session: Any,
    cast: Cast,
    wang: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    actions.assign_task(
        source_of(session), [wang], kind="write", title="写记录", due_on=date(2026, 10, 16),
        organisation=cast.school, at=MORNING,
    )  # fmt: skip
    client.force_login(wang)

    with django_assert_max_num_queries(10):
        client.get("/calendar/")

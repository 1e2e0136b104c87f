"""The list of sessions: one's own, filtered, and as cheap for many as for few."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import Activity, ActivityKind, Attendance, Session
from yanxiu.cast import MORNING, NOON, Cast, LogIn, Statements
from yanxiu.kernel.spans import moment_at
from yanxiu.people.models import Teacher

MOST_STATEMENTS = 10
MOST_BYTES = 60 * 1024
LIST = "activities:sessions"


def listed(client: Client, **query: str) -> str:
    answer = client.get(reverse(LIST), query)
    assert answer.status_code == 200
    return answer.content.decode()


def many_sessions(cast: Cast, count: int, *, closed: bool = True) -> None:
    """Rows without their actions: only the number of them matters here."""
    activity = Activity.objects.create(
        organisation=cast.school, unit=cast.maths, term=cast.term, theme="系列",
        kind=ActivityKind.objects.get(code="research_activity"), made_at=MORNING,
    )  # fmt: skip
    made = [
        Session(
            activity=activity,
            organisation=cast.school,
            unit=cast.maths,
            number=number,
            title=f"系列研讨之{number}：从学生的错误出发",
            starts_at=moment_at(date(2026, 9, 1) + timedelta(days=number % 40), time(14, 30)),
            ends_at=moment_at(date(2026, 9, 1) + timedelta(days=number % 40), time(15, 50)),
            place="三楼会议室",
            closed_at=NOON if closed else None,
        )
        for number in range(count)
    ]
    Session.objects.bulk_create(made)
    Attendance.objects.bulk_create(
        Attendance(session=each, teacher=cast.people["wang"], state="present", method="code",
                   at=NOON)
        for each in made
    )  # fmt: skip


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("name", "sees"),
    [("li", True), ("wang", True), ("shen", True), ("zhou", True), ("guan", True), ("zhao", False),
     ("qian", False)],
)  # fmt: skip
def test_each_of_the_cast_sees_their_sessions(
    cast: Cast, session: Session, log_in: LogIn, name: str, *, sees: bool
) -> None:
    assert (session.title in listed(log_in(cast.people[name]))) is sees


@pytest.mark.parametrize(
    ("name", "may"), [("li", True), ("zhou", True), ("wang", False), ("shen", False)]
)
def test_whoever_may_plan_finds_the_button(
    cast: Cast, log_in: LogIn, name: str, *, may: bool
) -> None:
    assert (reverse("activities:new") in listed(log_in(cast.people[name]))) is may


def test_a_session_moves_from_tab_to_tab(
    session: Session, li: Teacher, log_in: LogIn, clock: time_machine.Traveller
) -> None:
    client, title = log_in(li), session.title

    assert "进行中" in listed(client)
    clock.shift(timedelta(hours=3))
    assert "待关闭" in listed(client)
    clock.shift(timedelta(days=1))
    assert title not in listed(client)
    assert title in listed(client, when="left-open")
    actions.close_session(session, by=li, at=NOON)
    assert title not in listed(client, when="left-open")
    assert "0 / 2 人" in listed(client, when="past")


@pytest.mark.usefixtures("clock")
def test_filters_narrow_the_list(
    cast: Cast, session: Session, zhou: Teacher, log_in: LogIn
) -> None:
    client = log_in(zhou)
    title = session.title

    assert title in listed(client, unit=str(cast.maths.pk), month="2026-10", q="分数")
    assert title not in listed(client, unit=str(cast.chinese.pk))
    assert title not in listed(client, month="2026-09")
    assert title not in listed(client, q="作文")
    assert "没有符合条件的场次" in listed(client, state="open")
    assert title in listed(client, unit="x", month="2026-13", state="nonsense")


def test_sessions_without_minutes_can_be_listed(
    session: Session, li: Teacher, log_in: LogIn
) -> None:
    actions.close_session(session, by=li, at=NOON)
    client = log_in(li)
    assert session.title in listed(client, when="past", state="no-minutes")

    actions.save_minutes(
        session, process="议", conclusions="", next_steps="", version=0, by=li, at=NOON
    )

    assert session.title not in listed(client, when="past", state="no-minutes")


@pytest.mark.parametrize("name", ["zhou", "wang"])
def test_many_cost_as_few(cast: Cast, log_in: LogIn, name: str) -> None:
    many_sessions(cast, 3)
    client = log_in(cast.people[name])
    with Statements() as few:
        listed(client, when="past")
    many_sessions(cast, 400)

    with Statements() as many:
        text = listed(client, when="past")
    with Statements() as last:
        listed(client, when="past", page="9")

    assert 0 < len(few.sql) == len(many.sql) == len(last.sql) <= MOST_STATEMENTS
    assert text.count("<tr>") == 51
    assert len(text.encode()) <= MOST_BYTES


def test_a_new_school_is_told_what_to_do(li: Teacher, log_in: LogIn) -> None:
    assert "近期没有场次" in listed(log_in(li))

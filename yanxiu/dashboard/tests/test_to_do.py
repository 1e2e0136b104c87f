"""The list of what to do holds the reader's own duties, and tells one week's from the next."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.people.models import Teacher

EVENING = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
UNCLOSED = "已过时间，还没有关闭</div>"


@pytest.fixture(autouse=True)
def _in_the_evening() -> Any:
    with time_machine.travel(EVENING, tick=False):
        yield


def home(client: Client, teacher: Teacher) -> str:
    client.force_login(teacher)
    return client.get("/").content.decode()


@pytest.mark.parametrize(
    ("who", "told"),
    [("li", True), ("wang", False), ("zhao", False), ("shen", False), ("zhou", False)],
)
def test_who_leads_the_group_is_told_of_what_is_not_closed(
    client: Client, cast: Cast, session: Any, who: str, *, told: bool
) -> None:
    assert (UNCLOSED in home(client, cast.people[who])) is told


@pytest.mark.parametrize(("who", "told"), [("li", True), ("wang", False), ("shen", False)])
@pytest.mark.parametrize("days", [0, 9, 11])
def test_who_leads_the_group_finds_what_was_just_held(
    client: Client, cast: Cast, session: Any, who: str, days: int, *, told: bool
) -> None:
    ended = EVENING - timedelta(days=days, hours=1)
    Occasion.objects.filter(source_id=session.uid).update(
        state=Occasion.State.HELD, starts_at=ended - timedelta(hours=1), ends_at=ended
    )

    page = home(client, cast.people[who])

    assert (f'<a href="/sessions/{session.uid}/">' in page.partition("刚结束的活动")[2]) is (
        told and days < 10
    )


@pytest.mark.parametrize(("who", "told"), [("shen", True), ("zhou", True), ("li", False)])
def test_the_office_is_told_how_many_there_are(
    client: Client, cast: Cast, session: Any, who: str, *, told: bool
) -> None:
    assert ("1 场已过时间，还没有关闭" in home(client, cast.people[who])) is told


def test_what_is_for_the_whole_school_is_the_offices_to_close(
    client: Client, cast: Cast, session: Any, zhou: Teacher
) -> None:
    Occasion.objects.filter(source_id=session.uid).update(unit=None)

    assert UNCLOSED in home(client, zhou)


def test_what_is_overdue_says_so_and_names_the_year_of_another_term(
    client: Client, cast: Cast, session: Any, li: Teacher
) -> None:
    for kind, due in (("write_minutes", date(2026, 10, 12)), ("other", date(2026, 4, 12))):
        agenda.assign_task(
            source_of(session), [li], kind=kind, title="补写活动记录", due_on=due,
            organisation=cast.school, at=MORNING,
        )  # fmt: skip

    shown = home(client, li)

    assert "已过期 3 天</span> <time>10月12日（周一）</time> 前" in shown
    assert "已过期 186 天</span> <time>2026年4月12日（周日）</time> 前" in shown


def test_the_big_button_leads_to_the_code_once_sign_in_is_open_and_not_before(
    client: Client, cast: Cast, session: Any, li: Teacher, wang: Teacher
) -> None:
    Occasion.objects.filter(source_id=session.uid).update(ends_at=EVENING + timedelta(hours=1))
    door = f'href="/sessions/{session.uid}/sign-in/"'
    before = home(client, wang)
    assert "还没有开始签到" in before
    assert door not in before

    client.force_login(li)
    client.post(f"/sessions/{session.uid}/open/")
    open_now = home(client, wang)

    assert door in open_now
    assert "还没有开始签到" not in open_now


def test_a_task_about_a_session_names_its_day(
    client: Client, cast: Cast, session: Any, li: Teacher
) -> None:
    agenda.assign_task(
        source_of(session), [li], kind="write_minutes", title="补写活动记录：研讨",
        due_on=date(2026, 10, 18), organisation=cast.school, at=MORNING + timedelta(hours=5),
    )  # fmt: skip

    shown = home(client, li)

    assert "10月15日（周四）的一场" in shown
    assert "10月18日（周日）</time> 前" in shown

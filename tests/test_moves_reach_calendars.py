"""What happens to a session reaches the calendars and groups that follow it."""

from datetime import timedelta

import time_machine
from django.test import Client

from yanxiu.activities import actions as activities
from yanxiu.activities.models import Session
from yanxiu.agenda.digest import compose_group_changes
from yanxiu.agenda.links import make_link
from yanxiu.cast import MORNING, Cast
from yanxiu.notices.models import Message, Robot
from yanxiu.people.models import Teacher


def feed(client: Client, teacher: Teacher) -> str:
    _link, token = make_link(teacher, "person", at=MORNING)
    return client.get(f"/calendar/{token}.ics").content.decode().replace("\r\n ", "")


@time_machine.travel(MORNING, tick=False)
def test_a_session_that_moves_moves_in_the_calendar(
    client: Client, session: Session, li: Teacher, wang: Teacher
) -> None:
    moved = session.starts_at + timedelta(days=1)

    activities.move_session(
        session,
        starts_at=moved,
        ends_at=moved + timedelta(hours=1),
        place="会议室",
        by=li,
        at=MORNING,
    )

    calendar = feed(client, wang)
    assert "DTSTART;TZID=Asia/Shanghai:20261016T100000" in calendar
    assert "SEQUENCE:1" in calendar
    assert f"/sessions/{session.uid}/" in calendar


@time_machine.travel(MORNING, tick=False)
def test_a_session_that_is_called_off_is_cancelled_there_and_the_group_hears_of_it(
    client: Client, cast: Cast, session: Session, li: Teacher, wang: Teacher
) -> None:
    Robot.objects.create(
        organisation=cast.school, unit=cast.maths, channel="wecom", name="群", made_at=MORNING
    )

    activities.cancel_session(session, because="全校体检", by=li, at=MORNING)
    compose_group_changes(MORNING)

    assert "STATUS:CANCELLED" in feed(client, wang)
    assert Message.objects.get().title.startswith("取消：10月15日（周四）10:00")

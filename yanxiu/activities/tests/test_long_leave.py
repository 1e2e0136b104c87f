"""Somebody on leave for long is excused by closing, and nobody has to call the name each time."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.queries import roll
from yanxiu.cast import NOON
from yanxiu.ledger.models import Record
from yanxiu.people.models import Leave, Teacher


@pytest.fixture
def away(wang: Teacher) -> Teacher:
    """王老师 is ill from September on."""
    Leave.objects.create(teacher=wang, kind=Leave.Kind.SICK, starts_on=date(2026, 9, 10))
    return wang


def close(session: Session, li: Teacher) -> None:
    actions.call_roll(session, {li: "present"}, by=li, at=session.starts_at)
    actions.close_session(session, by=li, at=NOON)


def test_closing_excuses_and_does_not_say_why(session: Session, li: Teacher, away: Teacher) -> None:
    close(session, li)

    row = session.attendances.get(teacher=away)
    assert (row.state, row.reason) == (Attendance.State.LEAVE, "离岗登记")
    assert not Record.objects.filter(teacher=away).exists()


def test_a_leave_that_ended_before_excuses_nobody(
    session: Session, li: Teacher, away: Teacher
) -> None:
    Leave.objects.update(ends_on=date(2026, 10, 1))

    close(session, li)

    assert session.attendances.get(teacher=away).state == Attendance.State.ABSENT


def test_whoever_comes_all_the_same_is_there(session: Session, li: Teacher, away: Teacher) -> None:
    actions.call_roll(session, {away: "present"}, by=li, at=session.starts_at)
    close(session, li)

    assert session.attendances.get(teacher=away).state == Attendance.State.PRESENT


def test_the_roll_says_it_and_does_not_wait_for_it(
    client: Client, session: Session, li: Teacher, away: Teacher
) -> None:
    client.force_login(li)
    before = roll(session)

    shown = client.get(reverse("activities:session", args=[session.uid])).content.decode()
    actions.mark_rest(session, by=li, at=session.starts_at)

    assert (before.expected, before.unmarked) == (2, 1)
    assert "已作离岗登记，不来就记为请假" in shown
    assert "病" not in shown
    assert not session.attendances.filter(teacher=away).exists()


def test_closing_names_them_apart(
    client: Client, session: Session, li: Teacher, away: Teacher
) -> None:
    client.force_login(li)

    shown = client.get(reverse("activities:close", args=[session.uid])).content.decode()

    assert "已作离岗登记的 1 人记为请假：王老师" in shown

"""Who scans too early waits and is signed in by itself: never a dead end."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.models import Attendance, EarlyScan, Session
from yanxiu.activities.refusals import RollOnly, SignInStopped, WrongCode
from yanxiu.cast import LogIn
from yanxiu.people.models import Teacher

EARLY = timedelta(minutes=-2)


def early_code(session: Session) -> str:
    return codes.code_of(codes.early_key(session.uid), session.starts_at + EARLY)


@pytest.fixture
def early(session: Session, clock: time_machine.Traveller) -> Session:
    clock.move_to(session.starts_at + EARLY)
    return session


def test_the_screen_shows_a_code_before_sign_in_is_opened(
    early: Session, li: Teacher, log_in: LogIn
) -> None:
    page = log_in(li).get(reverse("activities:screen", args=[early.uid])).content.decode()

    code = early_code(early)
    assert f"{code[:3]} {code[3:]}" in page
    assert "先扫的排上队" in page


def test_a_scan_two_minutes_early_is_taken_up_at_the_opening(
    early: Session, wang: Teacher, li: Teacher, log_in: LogIn, clock: time_machine.Traveller
) -> None:
    phone = log_in(wang)
    scan = reverse("activities:scan", args=[early.uid, early_code(early)])
    door = reverse("activities:sign_in", args=[early.uid])
    proof = phone.get(scan).context["proof"]

    assert phone.post(door, {"proof": proof})["Location"] == door
    page = phone.get(door).content.decode()
    clock.move_to(early.starts_at + timedelta(minutes=15))
    actions.open_sign_in(early, by=li, at=early.starts_at + timedelta(minutes=15))

    row = Attendance.objects.get(teacher=wang)
    assert "已经排上队" in page
    assert 'hx-trigger="every 5s"' in page
    assert (row.state, row.at) == (Attendance.State.PRESENT, early.starts_at + EARLY)
    assert not EarlyScan.objects.exists()


def test_the_waiting_page_becomes_signed_in_by_itself(
    early: Session, wang: Teacher, li: Teacher, log_in: LogIn
) -> None:
    phone = log_in(wang)
    door = reverse("activities:sign_in", args=[early.uid])
    phone.post(door, {"code": early_code(early)})
    actions.open_sign_in(early, by=li, at=early.starts_at)

    page = phone.get(door, headers={"hx-request": "true"}).content.decode()

    assert page.strip().startswith("<section")
    assert "已签到" in page
    assert "every 5s" not in page


def test_a_mark_of_the_host_stays_before_an_early_scan(
    early: Session, wang: Teacher, li: Teacher
) -> None:
    actions.wait_for_sign_in(early.uid, wang, at=early.starts_at + EARLY, code=early_code(early))
    actions.call_roll(early, {wang: "leave"}, by=li, at=early.starts_at)

    actions.open_sign_in(early, by=li, at=early.starts_at)

    assert Attendance.objects.get(teacher=wang).state == "leave"


def test_whoever_waits_is_not_absent_when_sign_in_was_never_opened(
    early: Session, wang: Teacher, li: Teacher
) -> None:
    actions.wait_for_sign_in(early.uid, wang, at=early.starts_at + EARLY, code=early_code(early))

    actions.close_session(early, by=li, at=early.ends_at)

    assert Attendance.objects.get(teacher=wang).state == Attendance.State.PRESENT


def test_a_guess_does_not_wait(early: Session, wang: Teacher) -> None:
    with pytest.raises(WrongCode):
        actions.wait_for_sign_in(early.uid, wang, at=early.starts_at + EARLY, code="000000")


def test_after_stopping_nobody_waits(early: Session, wang: Teacher, li: Teacher) -> None:
    actions.open_sign_in(early, by=li, at=early.starts_at)
    actions.close_sign_in(early, by=li, at=early.starts_at)

    with pytest.raises(SignInStopped):
        actions.wait_for_sign_in(
            early.uid, wang, at=early.starts_at + EARLY, code=early_code(early)
        )


def test_an_opening_in_between_is_the_sign_in(early: Session, wang: Teacher, li: Teacher) -> None:
    opened = actions.open_sign_in(early, by=li, at=early.starts_at)
    code = codes.code_at(opened, early.starts_at)

    row = actions.wait_for_sign_in(early.uid, wang, at=early.starts_at, code=code)

    assert isinstance(row, Attendance)


def test_where_only_the_roll_is_called_nobody_waits_or_opens(
    early: Session, wang: Teacher, li: Teacher, log_in: LogIn
) -> None:
    actions.set_desk(early, by=li, at=early.starts_at, way="roll", signs_out=None)

    with pytest.raises(RollOnly):
        actions.open_sign_in(early, by=li, at=early.starts_at)
    with pytest.raises(RollOnly):
        actions.wait_for_sign_in(early.uid, wang, at=early.starts_at, code=early_code(early))
    page = log_in(wang).get(reverse("activities:sign_in", args=[early.uid])).content.decode()
    assert "由主持人点名" in page

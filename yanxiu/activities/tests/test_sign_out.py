"""Where minutes count: coming and leaving are a pair, and nobody is silently given nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.models import Attendance, Session, SignInDesk
from yanxiu.activities.refusals import NotSignedIn, SignInNotOpen, Undecided, WrongCode
from yanxiu.cast import LogIn
from yanxiu.kernel.refusals import BadInput
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher


@pytest.fixture
def paired(open_session: Session, li: Teacher) -> Session:
    at = open_session.starts_at
    actions.set_desk(open_session, by=li, at=at, way="", signs_out=True)
    return open_session


def come(session: Session, teacher: Teacher, number: int) -> None:
    at = session.starts_at + timedelta(minutes=number)
    actions.sign_in(session.uid, teacher, at=at, code=codes.code_at(session, at))


def leave(session: Session, teacher: Teacher, number: int, by: Teacher) -> Attendance:
    at = session.starts_at + timedelta(minutes=number)
    key = actions.open_sign_out(session, by=by, at=at).sign_out_key
    return actions.sign_out(session.uid, teacher, at=at, code=codes.code_of(key, at))


def test_the_minutes_between_coming_and_leaving_are_recorded(
    paired: Session, wang: Teacher, li: Teacher
) -> None:
    come(paired, wang, 20)
    leave(paired, wang, 65, li)

    actions.close_session(paired, by=li, at=paired.ends_at)

    assert Record.objects.get(teacher=wang).minutes == 45


def test_coming_early_and_leaving_late_is_the_planned_length(
    paired: Session, wang: Teacher, li: Teacher
) -> None:
    come(paired, wang, -5)
    leave(paired, wang, 100, li)

    actions.close_session(paired, by=li, at=paired.ends_at + timedelta(minutes=20))

    assert Record.objects.get(teacher=wang).minutes == 90


def test_a_missing_sign_out_is_decided_by_the_host(
    paired: Session, wang: Teacher, li: Teacher
) -> None:
    come(paired, wang, 0)
    with pytest.raises(Undecided, match="王老师"):
        actions.close_session(paired, by=li, at=paired.ends_at)

    actions.set_minutes(paired, {wang: 60}, by=li, at=paired.ends_at)
    actions.close_session(paired, by=li, at=paired.ends_at)

    assert Record.objects.get(teacher=wang).minutes == 60


def test_the_page_asks_and_an_empty_box_is_the_whole_length(
    paired: Session, wang: Teacher, li: Teacher, log_in: LogIn, clock: time_machine.Traveller
) -> None:
    come(paired, wang, 0)
    host = log_in(li)
    clock.move_to(paired.ends_at)
    page = host.get(reverse("activities:session", args=[paired.uid])).content.decode()

    host.post(reverse("activities:minutes_there", args=[paired.uid]), {f"m{wang.pk}": ""})

    assert "1 人没有签退" in page
    assert Attendance.objects.get().minutes == 90


def test_one_tap_signs_everybody_out(paired: Session, wang: Teacher, li: Teacher) -> None:
    come(paired, wang, 0)

    gone = actions.sign_out_all(paired, by=li, at=paired.starts_at + timedelta(minutes=80))
    actions.close_session(paired, by=li, at=paired.ends_at)

    assert gone == 1
    assert Record.objects.get(teacher=wang).minutes == 80


def test_the_code_for_coming_does_not_lead_out(paired: Session, wang: Teacher, li: Teacher) -> None:
    come(paired, wang, 0)
    actions.open_sign_out(paired, by=li, at=paired.starts_at)
    code = codes.code_at(paired, paired.starts_at)

    with pytest.raises(WrongCode):
        actions.sign_out(paired.uid, wang, at=paired.starts_at, code=code)


def test_nobody_leaves_who_never_came_or_before_it_is_open(
    paired: Session, wang: Teacher, li: Teacher
) -> None:
    with pytest.raises(SignInNotOpen):
        actions.sign_out(paired.uid, wang, at=paired.starts_at, code="123456")
    with pytest.raises(NotSignedIn):
        leave(paired, wang, 80, li)


def test_more_minutes_than_the_session_has_are_refused(
    paired: Session, wang: Teacher, li: Teacher
) -> None:
    come(paired, wang, 0)

    with pytest.raises(BadInput):
        actions.set_minutes(paired, {wang: 91}, by=li, at=paired.ends_at)


def test_where_minutes_do_not_count_there_is_no_signing_out(
    open_session: Session, li: Teacher
) -> None:
    with pytest.raises(BadInput):
        actions.open_sign_out(open_session, by=li, at=open_session.starts_at)


def test_the_door_leads_out_with_a_scan(
    paired: Session, wang: Teacher, li: Teacher, log_in: LogIn, clock: time_machine.Traveller
) -> None:
    come(paired, wang, 0)
    at = paired.starts_at + timedelta(minutes=85)
    clock.move_to(at)
    actions.open_sign_out(paired, by=li, at=at)
    code = codes.code_of(SignInDesk.objects.get().sign_out_key, at)
    phone = log_in(wang)
    door = phone.get(reverse("activities:scan", args=[paired.uid, code]))

    done = phone.post(
        reverse("activities:sign_in", args=[paired.uid]), {"leave": door.context["leave"]}
    )

    assert done.status_code == 303
    assert Attendance.objects.get().left_at == at

"""Signing in: a scan changes nothing, one press of a button does, and the press is cheap."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.models import Attendance, Session
from yanxiu.cast import LogIn, Statements
from yanxiu.people.models import Teacher

MOST_STATEMENTS = 8
MOST_WRITES = 2


def code_of(session: Session) -> str:
    return codes.code_at(session, session.starts_at + timedelta(minutes=2))


def door(session: Session) -> str:
    return reverse("activities:sign_in", args=[session.uid])


def scan(session: Session, code: str = "") -> str:
    return reverse("activities:scan", args=[session.uid, code or code_of(session)])


def test_a_scan_shows_one_button_and_records_nothing(
    open_session: Session, wang: Teacher, log_in: LogIn
) -> None:
    with Statements() as done:
        page = log_in(wang).get(scan(open_session)).content.decode()

    assert open_session.title in page
    assert 'name="proof"' in page
    assert not Attendance.objects.exists()
    assert not [sql for sql in done.writes if "activities_" in sql]


def test_the_button_of_a_scan_signs_in(open_session: Session, wang: Teacher, log_in: LogIn) -> None:
    answer = log_in(wang).post(door(open_session), {"proof": codes.ticket(open_session, wang.pk)})

    assert answer.status_code == 303
    assert answer["Location"] == reverse("activities:session", args=[open_session.uid]) + "#own"
    page = log_in(wang).get(answer["Location"]).content.decode()
    assert "已签到 <time>10:02</time>" in page


def test_the_six_digits_sign_in_with_the_gap_typed_too(
    open_session: Session, wang: Teacher, log_in: LogIn
) -> None:
    code = code_of(open_session)

    log_in(wang).post(door(open_session), {"code": f"{code[:3]} {code[3:]}"})

    row = Attendance.objects.get()
    assert (row.teacher, row.state, row.method) == (wang, "present", "code")


def test_it_costs_few_statements(open_session: Session, wang: Teacher, log_in: LogIn) -> None:
    client = log_in(wang)

    with Statements() as done:
        answer = client.post(door(open_session), {"code": code_of(open_session)})

    assert answer.status_code == 303
    assert len(done.sql) <= MOST_STATEMENTS
    assert 1 <= len(done.writes) <= MOST_WRITES


def test_a_walk_in_costs_no_more_and_sees_the_session_afterwards(
    open_session: Session, zhao: Teacher, log_in: LogIn
) -> None:
    client = log_in(zhao)

    with Statements() as done:
        answer = client.post(door(open_session), {"code": code_of(open_session)})

    assert len(done.sql) <= MOST_STATEMENTS
    assert client.get(answer["Location"]).status_code == 200
    assert not Attendance.objects.get(teacher=zhao).expected


def test_a_wrong_code_keeps_what_was_typed(
    open_session: Session, wang: Teacher, log_in: LogIn
) -> None:
    answer = log_in(wang).post(door(open_session), {"code": "999 99"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "签到码不对" in page
    assert 'value="999 99"' in page
    assert not Attendance.objects.exists()


def test_an_old_picture_leads_to_the_six_boxes(
    open_session: Session,
    wang: Teacher,
    log_in: LogIn,
    clock: time_machine.Traveller,
) -> None:
    old = scan(open_session)
    clock.shift(timedelta(minutes=5))

    answer = log_in(wang).get(old, follow=True)

    page = answer.content.decode()
    assert "二维码已经换新" in page
    assert 'inputmode="numeric"' in page


def test_a_scan_survives_the_log_in(open_session: Session, wang: Teacher, log_in: LogIn) -> None:
    answer = Client().get(scan(open_session))

    assert answer.status_code == 302
    address = answer["Location"].partition("next=")[2].replace("%3F", "?").replace("%3D", "=")
    assert "sign-in/?proof=" in address
    page = log_in(wang).get(address).content.decode()
    assert 'name="proof"' in page


def test_a_stranger_who_scans_nothing_learns_nothing(session: Session) -> None:
    known = Client().get(scan(session, "123456"))
    unknown = Client().get(reverse("activities:scan", args=[session.activity.uid, "123456"]))

    assert known.status_code == unknown.status_code == 302
    assert "proof" not in known["Location"]
    assert str(session.uid) in known["Location"]


def test_another_school_finds_no_door(open_session: Session, qian: Teacher, log_in: LogIn) -> None:
    assert log_in(qian).get(door(open_session)).status_code == 404


def test_a_closed_session_refuses_with_the_way_out(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    code = code_of(open_session)
    actions.close_session(open_session, by=li, at=open_session.ends_at)

    answer = log_in(wang).post(door(open_session), {"code": code})

    assert answer.status_code == 422
    assert "更正考勤" in answer.content.decode()


def test_the_screen_shows_code_and_count_but_no_name(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    log_in(wang).post(door(open_session), {"code": code_of(open_session)})

    page = log_in(li).get(reverse("activities:screen", args=[open_session.uid])).content.decode()

    code = code_of(open_session)
    assert f"{code[:3]} {code[3:]}" in page
    assert "<b>1</b> / 2" in page
    assert "王老师" not in page
    assert 'http-equiv="refresh"' in page


def test_only_the_host_has_a_screen(
    open_session: Session, wang: Teacher, shen: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:screen", args=[open_session.uid])

    assert [log_in(who).get(address).status_code for who in (wang, shen)] == [404, 404]


@pytest.mark.usefixtures("clock")
def test_opening_leads_to_the_screen_and_stopping_back(
    session: Session, li: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)

    opened = client.post(reverse("activities:open", args=[session.uid]))
    stopped = client.post(reverse("activities:stop", args=[session.uid]))

    assert opened["Location"] == reverse("activities:screen", args=[session.uid])
    assert stopped["Location"] == reverse("activities:session", args=[session.uid])
    assert Session.objects.get(pk=session.pk).sign_in_opened_at is None

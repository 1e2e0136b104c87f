"""One device, one person: a phone that signs two is let through and shown to the host."""

import time_machine
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.doubts import doubts
from yanxiu.activities.models import Attendance, Session
from yanxiu.cast import LogIn
from yanxiu.people.models import Teacher


def press(client: Client, session: Session, teacher: Teacher) -> int:
    client.force_login(teacher)
    proof = codes.ticket(session, teacher.pk)
    address = reverse("activities:sign_in", args=[session.uid])
    return client.post(address, {"proof": proof}).status_code


def test_a_phone_that_signs_two_is_let_through_and_shown(
    open_session: Session, wang: Teacher, zhao: Teacher, log_in: LogIn, li: Teacher
) -> None:
    phone = Client()

    assert [press(phone, open_session, who) for who in (wang, zhao)] == [303, 303]

    page = log_in(li).get(reverse("activities:session", args=[open_session.uid])).content.decode()
    assert "同一台手机还签了赵老师" in page
    assert "同一台手机还签了王老师" in page


def test_two_phones_are_not_remarked(open_session: Session, wang: Teacher, li: Teacher) -> None:
    for who in (wang, li):
        press(Client(), open_session, who)

    assert doubts(open_session) == []


def test_one_person_on_two_devices_counts_once(open_session: Session, wang: Teacher) -> None:
    for _phone in range(2):
        assert press(Client(), open_session, wang) == 303

    assert Attendance.objects.count() == 1


def test_the_mark_of_a_device_cannot_be_followed_to_another_session(
    open_session: Session, li: Teacher, clock: time_machine.Traveller
) -> None:
    cookie = "a-random-mark"

    one = codes.device_mark(open_session.uid, cookie)

    assert one == codes.device_mark(open_session.uid, cookie)
    assert one != codes.device_mark(li.uid, cookie)
    assert cookie not in one


def test_the_cookie_is_random_hidden_from_scripts_and_says_nothing(
    open_session: Session, wang: Teacher
) -> None:
    phone = Client(headers={"user-agent": "Some phone"})
    press(phone, open_session, wang)

    cookie = phone.cookies["device"]

    assert cookie["httponly"]
    assert len(cookie.value) >= 20
    assert Attendance.objects.get().device not in {"", cookie.value}


def test_one_tap_confirms_and_the_record_says_so(
    open_session: Session, wang: Teacher, li: Teacher, log_in: LogIn
) -> None:
    phone = Client()
    for who in (wang, li):
        press(phone, open_session, who)

    log_in(li).post(reverse("activities:confirm", args=[open_session.uid]), {})

    assert doubts(open_session) == []
    assert Attendance.objects.get(teacher=wang).confirmed_by_uid == li.uid


def test_setting_aside_lets_the_person_sign_in_again(
    open_session: Session, wang: Teacher, li: Teacher, log_in: LogIn
) -> None:
    phone = Client()
    for who in (wang, li):
        press(phone, open_session, who)

    address = reverse("activities:confirm", args=[open_session.uid])
    log_in(li).post(address, {"aside": str(wang.uid)})

    assert Attendance.objects.get(teacher=wang).state == Attendance.State.ABSENT
    assert press(Client(), open_session, wang) == 303
    assert Attendance.objects.get(teacher=wang).state == Attendance.State.PRESENT


def test_devices_of_a_past_term_are_forgotten_when_the_next_session_opens(
    open_session: Session, session: Session, wang: Teacher, li: Teacher
) -> None:
    press(Client(), open_session, wang)
    term = open_session.activity.term

    assert actions.forget_devices(open_session.organisation, on=term.starts_on) == 0
    assert actions.forget_devices(open_session.organisation, on=term.ends_on) == 1
    assert Attendance.objects.get().device == ""

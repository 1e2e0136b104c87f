"""A scan finds its way: through password and one-time code, without script or storage."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.tests.test_sign_in_page import code_of, door, scan
from yanxiu.cast import LogIn
from yanxiu.people.actions import codes as log_in_codes
from yanxiu.people.models import Teacher


def following(address: str) -> str:
    return parse_qs(urlsplit(address).query)["next"][0]


def test_it_survives_the_password(open_session: Session, wang: Teacher) -> None:
    wang.set_password("kan-shu-34")
    wang.save()
    phone = Client()
    asked = phone.get(scan(open_session))["Location"]

    entered = phone.post(
        reverse("account_login"),
        {"login": wang.phone, "password": "kan-shu-34", "next": following(asked)},
    )

    page = phone.get(entered["Location"])
    proof = page.context["proof"]
    assert phone.post(door(open_session), {"proof": proof}).status_code == 303
    assert Attendance.objects.get().teacher == wang


def test_the_log_in_page_leads_to_the_code_with_the_scan_kept(open_session: Session) -> None:
    phone = Client()
    asked = phone.get(scan(open_session))["Location"]

    page = phone.get(asked).content.decode()

    assert 'href="/code/?next=%2Fsessions%2F' in page


def test_it_survives_the_one_time_code(
    open_session: Session, wang: Teacher, guan: Teacher, clock: time_machine.Traveller
) -> None:
    at = open_session.starts_at
    ((_who, slip_code),) = log_in_codes.issue([wang], by=guan, at=at)
    phone = Client()
    kept = following(phone.get(scan(open_session))["Location"])
    slip = {"login": wang.phone, "code": slip_code, "next": kept}

    asked = phone.post(reverse("people:code"), slip)
    entered = phone.post(
        reverse("people:code"),
        {"pass": asked.context["pass"], "password": "kan-shu-34", "next": asked.context["next"]},
    )

    assert entered["Location"] == kept
    assert phone.get(kept).context["proof"]


def test_the_way_on_leads_nowhere_else(client: Client, db: None) -> None:
    page = client.get(reverse("people:code"), {"next": "https://elsewhere.example/"})

    assert 'name="next" value="https' not in page.content.decode()


def test_the_door_needs_no_script(open_session: Session, wang: Teacher, log_in: LogIn) -> None:
    page = log_in(wang).get(scan(open_session)).content.decode()

    form = page[page.index('id="door"') :]
    form = form[: form.index("</form>")]
    assert 'method="post"' in form
    assert "hx-" not in form
    assert "target=" not in form


@pytest.mark.parametrize("date", ["Wed, 14 Oct 2026 02:02:00 GMT", "Fri, 16 Oct 2026 02:02:00 GMT"])
def test_a_phone_that_has_the_date_wrong_signs_in_all_the_same(
    open_session: Session, wang: Teacher, log_in: LogIn, date: str
) -> None:
    answer = log_in(wang).post(
        door(open_session), {"code": code_of(open_session)}, headers={"date": date}
    )

    assert answer.status_code == 303
    assert Attendance.objects.get().at.day == 15

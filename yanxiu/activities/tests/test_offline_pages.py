"""The pages and files of the offline roll: who gets them, what they say, what a device keeps."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities import actions
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.offline.icons import FOLDER, picture
from yanxiu.activities.tests.test_offline_roll import OTHER, Phone
from yanxiu.cast import Cast, LogIn
from yanxiu.people.models import Teacher


@pytest.fixture
def at_odds(session: Session, li: Teacher, zhou: Teacher, wang: Teacher) -> Session:
    """A session about which two devices said different things, and one a name nobody bears."""
    one, other = Phone(session, li), Phone(session, zhou, OTHER)
    one.taps_on(wang, "present", 2)
    one.taps_on("赵小老师", "present", 3)
    other.taps_on(wang, "leave", 4)
    one.syncs()
    other.syncs()
    return session


def page_of(client: Client, session: Session, rest: str = "") -> str:
    return client.get(f"/sessions/{session.uid}/offline/{rest}").content.decode()


# ---- the roll ----
def test_the_page_holds_the_roll_and_who_it_is_kept_for(
    session: Session, li: Teacher, log_in: LogIn
) -> None:
    answer = log_in(li).get(f"/sessions/{session.uid}/offline/")

    found = re.search(r'<script id="offline-names"[^>]*>(.*?)</script>', answer.content.decode())
    assert found
    names = json.loads(found[1])
    assert [(each["name"], each["find"]) for each in names] == [
        ("李组长", "lizuzhang lzz"),
        ("王老师", "wanglaoshi wls"),
    ]
    assert answer["X-Keep-Offline"] == str(li.uid)


def test_nothing_of_a_person_but_the_name_leaves_the_house(
    session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    page = page_of(log_in(li), session)

    assert str(wang.phone) not in page
    assert "0004" not in page


def test_the_groups_stand_on_a_roll_of_the_whole_school(
    session: Session, zhou: Teacher, log_in: LogIn
) -> None:
    session.unit = None
    session.save(update_fields=["unit"])

    page = page_of(log_in(zhou), session)

    assert '"unit": "\\u6570\\u5b66' in page or '"unit": "数学教研组"' in page


def test_members_and_strangers_get_no_roll(
    session: Session, wang: Teacher, qian: Teacher, log_in: LogIn
) -> None:
    for teacher in (wang, qian):
        assert log_in(teacher).get(f"/sessions/{session.uid}/offline/").status_code == 404


@pytest.mark.parametrize("rest", ["", "review/"])
def test_a_page_costs_few_statements(
    at_odds: Session,
    li: Teacher,
    log_in: LogIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rest: str,
) -> None:
    client = log_in(li)

    with django_assert_max_num_queries(16):
        page_of(client, at_odds, rest)


# ---- settling ----
def test_both_sides_are_shown_and_one_can_be_taken(
    at_odds: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)
    page = page_of(client, at_odds, "review/")
    assert "李组长在设备 0000 上点了“出席”" in page
    assert "周主任在设备 0000 上点了“请假”" in page

    key = at_odds.offline_taps.get(teacher=wang, state="present").key
    client.post(f"/sessions/{at_odds.uid}/offline/review/", {"tap": key, "do": "follow"})

    assert Attendance.objects.get(teacher=wang).state == "present"
    assert "上点了“请假”" not in page_of(client, at_odds, "review/")


def test_a_name_is_given_to_a_person_or_dropped(
    at_odds: Session, li: Teacher, zhao: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)
    path = f"/sessions/{at_odds.uid}/offline/review/"
    key = at_odds.offline_taps.get(name="赵小老师").key
    assert client.post(path, {"tap": key, "do": "name"}).status_code == 422

    client.post(path, {"tap": key, "do": "name", "teacher": zhao.uid})

    assert Attendance.objects.get(teacher=zhao).state == "present"


@pytest.mark.parametrize("tap", ["", "x", "01234567-89ab-4cde-8f01-23456789abcd"])
def test_a_tap_that_is_none_is_told(at_odds: Session, li: Teacher, log_in: LogIn, tap: str) -> None:
    path = f"/sessions/{at_odds.uid}/offline/review/"

    answer = log_in(li).post(path, {"tap": tap, "do": "drop"})

    assert answer.status_code == 422


def test_after_closing_a_proposal_becomes_an_amendment_with_its_reason(
    session: Session,
    li: Teacher,
    wang: Teacher,
    log_in: LogIn,
    clock: time_machine.Traveller,
) -> None:
    phone = Phone(session, li)
    phone.taps_on(wang, "present", 2)
    actions.close_session(session, by=li, at=session.ends_at)
    phone.syncs(minute=120)
    clock.move_to(session.ends_at + timedelta(hours=2))
    client = log_in(li)
    assert "离线点名晚到" in page_of(client, session, "review/")

    form = {"tap": phone.taps[0].key, "do": "follow", "reason": "手机没电，回家才送到"}
    client.post(f"/sessions/{session.uid}/offline/review/", form)

    assert session.amendments.get().reason == "手机没电，回家才送到"


def test_the_session_s_page_leads_to_what_is_to_be_settled(
    at_odds: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    path = f"/sessions/{at_odds.uid}/"

    assert "离线点名有 2 处要核对" in log_in(li).get(path).content.decode()
    assert "要核对" not in log_in(wang).get(path).content.decode()


# ---- the files of the app ----
def test_an_open_page_learns_time_reader_and_token(
    li: Teacher, log_in: LogIn, clock: time_machine.Traveller, session: Session
) -> None:
    told = log_in(li).get("/offline/now/").json()

    at = session.starts_at + timedelta(minutes=2)
    assert (told["now"], told["reader"]) == (int(at.timestamp() * 1000), str(li.uid))
    assert Client().get("/offline/now/").json()["reader"] == ""


def test_the_worker_keeps_files_that_exist_and_no_page_of_a_person(cast: Cast) -> None:
    client = Client()
    answer = client.get("/sw.js")
    first = answer.content.decode().splitlines()[0]
    house = json.loads(first.removeprefix("const HOUSE = ").removesuffix(";"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
    assert [url for url in house["shell"] if client.get(url).status_code != 200] == []
    assert [url for url in house["shell"] if not url.startswith("/static/")] == ["/offline/"]


def test_the_page_without_network_is_the_same_for_everybody(li: Teacher, log_in: LogIn) -> None:
    assert log_in(li).get("/offline/").content == Client().get("/offline/").content


def test_the_manifest_can_be_installed(cast: Cast) -> None:
    told = Client().get("/manifest.webmanifest").json()

    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        drawn = b"".join(Client().get(icon["src"]))
        side = int(icon["sizes"].split("x")[0])
        assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(drawn[16:20]) == side


def test_the_icons_are_those_that_the_script_draws() -> None:

    kept = (FOLDER / "any-192.png").read_bytes()
    assert picture(192, maskable=False) == kept


def test_every_page_allows_worker_and_manifest_of_this_house_only(cast: Cast) -> None:
    policy = Client().get("/log-in/")["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy

"""What a host tapped without a network is taken once, in the right order, and never lost."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities import actions
from yanxiu.activities.actions import close_session
from yanxiu.activities.codes import code_at
from yanxiu.activities.models import Attendance, OfflineTap, Session
from yanxiu.activities.offline import actions as offline
from yanxiu.activities.offline.batch import Batch, Sent, read_batch
from yanxiu.activities.offline.queries import questions
from yanxiu.activities.offline.refusals import BatchUnreadable, TapSettled, WhoIsMeant
from yanxiu.activities.offline.views import STATES
from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, Cast, LogIn
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher

ONE, OTHER = UUID(int=1), UUID(int=2)
SINCE = MORNING.date().replace(year=2020)


class Phone:
    """A host's device: counts its taps, and sends them as our page does."""

    def __init__(self, session: Session, by: Teacher, device: UUID = ONE) -> None:
        self.session, self.by, self.device = session, by, device
        self.taps: list[Sent] = []
        self.wrong = timedelta()

    def taps_on(
        self, whom: Teacher | str, state: str, minute: int, saw: str = "", offset: int | None = 0
    ) -> None:
        """Tap `minute` minutes after the beginning, by a clock that may be wrong."""
        at = self.session.starts_at + timedelta(minutes=minute) + self.wrong
        self.taps.append(
            Sent(
                key=uuid4(),
                order=len(self.taps) + 1,
                at=ms(at),
                offset=offset,
                teacher=whom.uid if isinstance(whom, Teacher) else None,
                name=whom if isinstance(whom, str) else "",
                state=state,
                saw=saw,
            )
        )

    def syncs(self, minute: int = 60) -> offline.Taken:
        """Send everything, as a device does that never heard an answer."""
        at = self.session.starts_at + timedelta(minutes=minute)
        batch = Batch(self.device, ms(at + self.wrong), self.taps)
        return offline.take_taps(self.session, batch, by=self.by, at=at)


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def states(session: Session) -> dict[str, str]:
    rows = Attendance.objects.filter(session=session).select_related("teacher")
    return {row.teacher.name: row.state for row in rows}


def outcomes(session: Session) -> list[str]:
    return [str(tap.outcome) for tap in session.offline_taps.order_by("pk")]


@pytest.fixture
def phone(session: Session, li: Teacher) -> Phone:
    return Phone(session, li)


@pytest.fixture
def other(session: Session, zhou: Teacher) -> Phone:
    return Phone(session, zhou, OTHER)


# ---- once ----
def test_a_batch_sent_five_times_counts_once(phone: Phone, li: Teacher, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 2)
    phone.taps_on(li, "late", 12)

    answers = [phone.syncs() for _time in range(5)]

    assert states(phone.session) == {"王老师": "present", "李组长": "late"}
    assert [answer.fresh for answer in answers] == [2, 0, 0, 0, 0]
    assert all(set(answer.keys) == {tap.key for tap in phone.taps} for answer in answers)


def test_the_mark_carries_the_minute_of_the_tap(phone: Phone, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 3)

    phone.syncs(minute=60)

    row = Attendance.objects.get()
    assert row.at == phone.session.starts_at + timedelta(minutes=3)
    assert (row.method, row.by_uid) == ("roll_call", phone.by.uid)


def test_the_last_tap_of_a_device_counts(phone: Phone, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 2)
    phone.taps_on(wang, "leave", 3, saw="present")

    phone.syncs()

    assert states(phone.session) == {"王老师": "leave"}
    assert outcomes(phone.session) == ["replaced", "taken"]
    assert questions(phone.session) == []


def test_an_undo_takes_the_mark_away_again(phone: Phone, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 2)
    phone.syncs(minute=5)
    phone.taps_on(wang, "", 6, saw="present")

    phone.syncs()

    assert states(phone.session) == {}


def test_an_undo_never_takes_away_a_sign_in_of_ones_own(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    at = open_session.starts_at + timedelta(minutes=2)
    phone = Phone(open_session, li)
    phone.taps_on(wang, "present", 1)
    phone.taps_on(wang, "", 4, saw="present")
    actions.sign_in(open_session.uid, wang, at=at, code=code_at(open_session, at))

    phone.syncs()

    assert Attendance.objects.get().method == Attendance.Method.CODE


# ---- two devices ----
def test_two_devices_that_agree_ask_nobody(phone: Phone, other: Phone, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 2)
    other.taps_on(wang, "present", 4)

    phone.syncs()
    other.syncs()

    assert states(phone.session) == {"王老师": "present"}
    assert questions(phone.session) == []


@pytest.mark.parametrize("late_one_first", [False, True])
def test_of_two_devices_the_later_tap_counts_and_both_are_shown(
    phone: Phone, other: Phone, wang: Teacher, *, late_one_first: bool
) -> None:
    phone.taps_on(wang, "present", 2)
    other.taps_on(wang, "leave", 4)

    for device in [other, phone] if late_one_first else [phone, other]:
        device.syncs()

    assert states(phone.session) == {"王老师": "leave"}
    (question,) = questions(phone.session)
    assert {tap.state for tap in question.taps} == {"present", "leave"}
    assert Task.objects.filter(teacher=phone.by, kind=offline.SETTLE, state="open").exists()


def test_a_device_that_saw_the_mark_of_the_other_has_decided(
    phone: Phone, other: Phone, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 2)
    phone.syncs()
    other.taps_on(wang, "late", 11, saw="present")

    other.syncs()

    assert states(phone.session) == {"王老师": "late"}
    assert questions(phone.session) == []


def test_a_device_that_took_its_mark_back_does_not_take_the_other_s(
    phone: Phone, other: Phone, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 2)
    other.taps_on(wang, "leave", 4)
    other.taps_on(wang, "", 5, saw="leave")

    phone.syncs()
    other.syncs()

    assert states(phone.session) == {"王老师": "present"}


def test_what_the_roll_was_given_later_stays_and_both_are_shown(
    phone: Phone, zhou: Teacher, wang: Teacher
) -> None:
    at = phone.session.starts_at + timedelta(minutes=20)
    phone.taps_on(wang, "leave", 5)
    actions.call_roll(phone.session, {wang: "late"}, by=zhou, at=at)

    phone.syncs()

    assert states(phone.session) == {"王老师": "late"}
    (question,) = questions(phone.session)
    assert question.taps[0].met is not None
    assert question.taps[0].met["state"] == "late"


def test_a_sign_in_that_the_host_did_not_know_of_is_told(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    at = open_session.starts_at + timedelta(minutes=1)
    actions.sign_in(open_session.uid, wang, at=at, code=code_at(open_session, at))
    phone = Phone(open_session, li)
    phone.taps_on(wang, "leave", 5)

    phone.syncs()

    assert states(open_session) == {"王老师": "leave"}
    (question,) = questions(open_session)
    assert question.taps[0].met is not None
    assert question.taps[0].met["method"] == "code"


# ---- clocks ----
@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1), timedelta(days=4000)])
@pytest.mark.parametrize("measured", [True, False])
def test_a_clock_that_is_wrong_is_set_right(
    phone: Phone, wang: Teacher, wrong: timedelta, *, measured: bool
) -> None:
    phone.wrong = wrong
    offset = int(-wrong.total_seconds() * 1000) if measured else None
    phone.taps_on(wang, "present", 3, offset=offset)

    phone.syncs()

    tap = OfflineTap.objects.get()
    assert tap.tapped_at == phone.session.starts_at + timedelta(minutes=3)
    assert tap.claimed_ms == ms(tap.tapped_at + wrong)


@pytest.mark.parametrize(("minute", "kept"), [(-3000, -60), (30, 30), (4000, 60)])
def test_a_claim_is_held_inside_the_session(
    phone: Phone, wang: Teacher, minute: int, kept: int
) -> None:
    phone.taps_on(wang, "present", minute)

    phone.syncs(minute=60)

    tap = OfflineTap.objects.get()
    assert tap.tapped_at == phone.session.starts_at + timedelta(minutes=kept)


def test_a_clock_that_jumps_back_does_not_change_the_order(phone: Phone, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 20)
    phone.taps_on(wang, "leave", 4, saw="present")

    phone.syncs()

    assert states(phone.session) == {"王老师": "leave"}


def test_a_clock_that_jumps_back_does_not_lose_against_another_device(
    phone: Phone, other: Phone, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 20)
    phone.taps_on(wang, "leave", 4, saw="present")
    other.taps_on(wang, "late", 12)

    phone.syncs()
    other.syncs()

    assert states(phone.session) == {"王老师": "leave"}


# ---- the session has ended ----
def test_what_comes_after_closing_waits_as_a_proposal(
    phone: Phone, li: Teacher, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 2)
    close_session(phone.session, by=li, at=phone.session.ends_at)

    phone.syncs(minute=120)

    assert states(phone.session) == {"王老师": "absent", "李组长": "absent"}
    (question,) = questions(phone.session)
    offline.follow_tap(
        question.taps[0], by=li, at=phone.session.ends_at, reason="手机没电，第二天才送到"
    )
    assert states(phone.session)["王老师"] == "present"
    assert questions(phone.session) == []
    assert phone.session.amendments.get().reason == "手机没电，第二天才送到"


def test_what_closing_recorded_already_is_no_proposal(
    phone: Phone, li: Teacher, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 2)
    actions.call_roll(phone.session, {wang: "present"}, by=li, at=phone.session.starts_at)
    close_session(phone.session, by=li, at=phone.session.ends_at)

    phone.syncs(minute=120)

    assert questions(phone.session) == []


def test_what_comes_after_cancelling_is_kept(phone: Phone, li: Teacher, wang: Teacher) -> None:
    phone.taps_on(wang, "present", 2)
    actions.cancel_session(phone.session, because="停电", by=li, at=MORNING)

    phone.syncs()

    assert outcomes(phone.session) == ["proposed"]


# ---- deciding ----
def test_a_host_can_let_either_side_be_right_once(
    phone: Phone, other: Phone, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 2)
    other.taps_on(wang, "leave", 4)
    phone.syncs()
    other.syncs()
    (question,) = questions(phone.session)
    earlier = question.taps[-1]

    offline.follow_tap(earlier, by=phone.by, at=phone.session.ends_at)

    assert states(phone.session) == {"王老师": "present"}
    assert questions(phone.session) == []
    assert not Task.objects.filter(kind=offline.SETTLE, state="open").exists()
    with pytest.raises(TapSettled):
        offline.drop_tap(earlier, by=phone.by, at=phone.session.ends_at)


# ---- walk-ins ----
def test_a_walk_in_is_found_by_name(phone: Phone, zhao: Teacher) -> None:
    phone.taps_on("赵老师", "present", 2)

    phone.syncs()

    row = Attendance.objects.get()
    assert (row.teacher, row.expected, row.state) == (zhao, False, "present")


def test_a_name_that_nobody_bears_waits_to_be_named(phone: Phone, zhao: Teacher) -> None:
    phone.taps_on("赵小老师", "present", 2)
    phone.syncs()
    (question,) = questions(phone.session)
    with pytest.raises(WhoIsMeant, match="赵小老师"):
        offline.follow_tap(question.taps[0], by=phone.by, at=phone.session.ends_at)

    offline.name_walk_in(question.taps[0], zhao, by=phone.by, at=phone.session.ends_at)

    assert states(phone.session) == {"赵老师": "present"}
    assert questions(phone.session) == []


def test_a_name_that_was_taken_back_waits_for_nobody(phone: Phone) -> None:
    phone.taps_on("无此人", "present", 2)
    phone.taps_on("无此人", "", 3, saw="present")

    phone.syncs()

    assert questions(phone.session) == []


# ---- who may, and what makes no sense ----
def test_who_does_not_manage_the_session_sends_nothing(session: Session, zhao: Teacher) -> None:
    phone = Phone(session, zhao)
    phone.taps_on(zhao, "present", 2)

    with pytest.raises(NotAllowed):
        phone.syncs()

    assert not OfflineTap.objects.exists()


def test_a_stranger_is_not_marked_and_keeps_nobody_out(
    phone: Phone, qian: Teacher, wang: Teacher
) -> None:
    phone.taps_on(qian, "present", 2)
    phone.taps_on(wang, "present", 3)

    taken = phone.syncs()

    assert states(phone.session) == {"王老师": "present"}
    assert list(taken.refused) == [str(phone.taps[0].key)]
    assert "还留在设备上" in taken.refused[str(phone.taps[0].key)]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"\xff", b"null", b'{"device": 1, "clock": 2, "items": []}',
        b'{"device": "%b", "clock": 1e400, "items": []}' % str(ONE).encode(),
        b'{"device": "%b", "clock": 1, "items": {}}' % str(ONE).encode(), b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_body_that_is_none_gets_a_sentence(body: bytes) -> None:
    with pytest.raises(BatchUnreadable, match="还在原来的设备上"):
        read_batch(body, STATES)


GOOD: dict[str, Any] = {"key": str(uuid4()), "order": 1, "at": 1, "name": "甲", "state": "late"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "x"}, {"order": -1}, {"order": True}, {"at": "now"}, {"at": 1e400}, {"at": 2**70},
        {"name": ""}, {"name": "长" * 41}, {"name": "\0"}, {"name": "\ud800"}, {"teacher": "x"},
        {"state": "awake"}, {"state": ["late"]}, {"saw": "x"}, {"offset": "x"}, {"name": None},
    ],
)  # fmt: skip
def test_an_item_that_makes_no_sense_keeps_no_other_out(wrong: dict[str, Any]) -> None:
    bad = {**GOOD, "key": str(uuid4()), **wrong}
    body = {"device": str(ONE), "clock": 1, "items": [bad, 3, GOOD]}

    batch = read_batch(json.dumps(body).encode(), STATES)

    assert [str(tap.key) for tap in batch.taps] == [GOOD["key"]]
    assert "读不懂" in batch.refused[bad["key"]]


def test_five_hundred_taps_are_taken_in_few_statements(
    cast: Cast, phone: Phone, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    role = Role.objects.get(code="teacher")
    for number in range(100):
        one = people.add_teacher(name=f"组员{number}", by=None, at=MORNING)
        people.give_post(one, cast.school, role, starts_on=SINCE, by=None, at=MORNING)
        for time, state in enumerate(["present", "late", "leave", "", "present"]):
            phone.taps_on(one, state, time)

    with django_assert_max_num_queries(30 * 10):
        taken = phone.syncs()

    assert taken.fresh == 500
    assert set(states(phone.session).values()) == {"present"}
    assert len(states(phone.session)) == 100


# ---- the door ----
def sent(phone: Phone) -> dict[str, Any]:
    items = [
        {
            "key": str(tap.key), "order": tap.order, "at": tap.at, "offset": tap.offset,
            "state": tap.state, "saw": tap.saw,
            **({"teacher": str(tap.teacher)} if tap.teacher else {"name": tap.name}),
        }
        for tap in phone.taps
    ]  # fmt: skip
    return {"device": str(phone.device), "clock": phone.taps[-1].at, "items": items}


def posts(client: Client, phone: Phone) -> Any:
    path = f"/sessions/{phone.session.uid}/offline/taps/"
    return client.post(path, json.dumps(sent(phone)), content_type="application/json")


def test_the_answer_says_what_stands(
    phone: Phone, log_in: LogIn, wang: Teacher, clock: time_machine.Traveller
) -> None:
    phone.taps_on(wang, "present", 1)

    told = posts(log_in(phone.by), phone).json()

    assert told["taken"] == [str(phone.taps[0].key)]
    assert told["standing"][str(wang.uid)][0] == "present"
    assert (told["closed"], told["waiting"]) == (False, 0)


def test_who_was_logged_out_is_asked_to_log_in_and_loses_nothing(
    phone: Phone, wang: Teacher
) -> None:
    phone.taps_on(wang, "present", 1)

    answer = posts(Client(), phone)

    assert answer.status_code == 401
    assert "请重新登录" in answer.json()["sentence"]


def test_garbage_at_the_door_is_422_with_a_sentence(phone: Phone, log_in: LogIn) -> None:
    path = f"/sessions/{phone.session.uid}/offline/taps/"

    answer = log_in(phone.by).post(path, "{{{", content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("送来的点名读不懂")


def test_who_may_not_host_finds_no_door(phone: Phone, log_in: LogIn, zhao: Teacher) -> None:
    phone.taps_on(zhao, "present", 1)

    assert posts(log_in(zhao), phone).status_code == 404

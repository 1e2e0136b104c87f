"""What is noted in a classroom without a network is taken once, and never lost."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.observation import actions
from yanxiu.observation.models import Mark, MarkConflict, Observation
from yanxiu.observation.offline.batch import read_batch
from yanxiu.observation.offline.refusals import BatchUnreadable
from yanxiu.observation.tests.conftest import AFTER, BEGINS
from yanxiu.people.models import Teacher

Page = Callable[[Teacher], Client]
MINUTE = 60


class Phone:
    """An observer's device: numbers what it notes, and sends it as our page does."""

    def __init__(self, client: Client, observation: Observation) -> None:
        self.client, self.root = client, f"/observation/{observation.uid}/offline/"
        self.device, self.order = uuid4(), 0
        self.waiting: list[dict[str, Any]] = []
        self.wrong = timedelta()

    def notes(self, minute: int, side: str, text: str, **more: Any) -> UUID:
        """Note something `minute` minutes after the beginning, or change what was noted."""
        self.order += 1
        uid = more.pop("uid", None) or uuid4()
        at = int((BEGINS + timedelta(minutes=minute) + self.wrong).timestamp() * 1000)
        self.waiting.append(
            {
                "key": str(uuid4()),
                "order": self.order,
                "at": at,
                "offset": None,
                "uid": str(uid),
                "at_second": minute * MINUTE,
                "side": side,
                "text": text,
                "stage": "",
                "edition": 0,
                **more,
            }
        )
        return uid

    def syncs(self, minute: int = 45) -> dict[str, Any]:
        """Send all that waits `minute` minutes after the beginning; nothing is forgotten here."""
        with time_machine.travel(BEGINS + timedelta(minutes=minute), tick=False):
            now = BEGINS + timedelta(minutes=minute) + self.wrong
            body = {
                "device": str(self.device),
                "clock": int(now.timestamp() * 1000),
                "items": self.waiting,
            }
            answer = self.client.post(f"{self.root}marks/", json.dumps(body), JSON)
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def saves(self, edition: int, **texts: str) -> Any:
        """Save texts as `ui/drafts.js` does."""
        body = json.dumps({"edition": edition, "texts": texts})
        return self.client.post(f"{self.root}texts/", body, JSON)


JSON = "application/json"


@pytest.fixture
def phone(client: Client, observation: Observation, li: Teacher) -> Phone:
    """The phone of 李组长, who observes."""
    client.force_login(li)
    return Phone(client, observation)


def test_a_lesson_sent_twice_is_noted_once(phone: Phone, observation: Observation) -> None:
    for minute in range(40):
        phone.notes(minute, "teacher", f"第{minute}分钟提问")

    first, second = phone.syncs(), phone.syncs()

    assert len(first["taken"]) == len(second["taken"]) == 40
    assert [mark.text for mark in observation.marks.all()][:2] == ["第0分钟提问", "第1分钟提问"]
    assert observation.marks.count() == 40
    assert not second["waiting"]


def test_a_change_and_its_repetition_out_of_order_keep_the_last_word(
    phone: Phone, observation: Observation
) -> None:
    uid = phone.notes(3, "pupil", "三人举手")
    phone.notes(3, "pupil", "八人举手", uid=uid)
    phone.waiting.reverse()
    phone.syncs()

    del phone.waiting[0]
    phone.syncs()

    assert observation.marks.get().text == "八人举手"


def test_two_devices_that_changed_one_mark_leave_both_to_the_person(
    phone: Phone, client: Client, observation: Observation
) -> None:
    other = Phone(client, observation)
    uid = phone.notes(3, "pupil", "三人举手")
    phone.syncs()
    phone.notes(5, "pupil", "三人举手，两人没想好", uid=uid, edition=1)
    other.notes(6, "pupil", "三人举手，多是后排", uid=uid, edition=1)
    phone.syncs()

    told = other.syncs()

    assert told["waiting"] == 1
    page = client.get(phone.root).content.decode()
    assert "三人举手，两人没想好" in page
    assert "三人举手，多是后排" in page
    conflict = MarkConflict.objects.get()
    client.post(phone.root, {"do": "settle", "conflict": conflict.uid, "outcome": "both"})
    assert set(observation.marks.get().text.split("\n")) == {
        "三人举手，两人没想好",
        "三人举手，多是后排",
    }


def test_one_item_that_makes_no_sense_keeps_nothing_else_from_being_taken(
    phone: Phone, observation: Observation
) -> None:
    phone.notes(1, "teacher", "好的")
    phone.notes(2, "nobody", "坏的")
    phone.notes(3, "teacher", "长" * 20_001)
    bad, long = (item["key"] for item in phone.waiting[1:])

    told = phone.syncs()

    assert observation.marks.get().text == "好的"
    assert "读不懂" in told["refused"][bad]
    assert "太长" in told["refused"][long]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"device": 1}', b"[" * 9000, b'{"items": {}}'])
def test_what_is_no_batch_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(BatchUnreadable):
        read_batch(body, received_at=AFTER)


def test_a_clock_that_is_a_day_off_cannot_win_over_a_later_word(
    phone: Phone, client: Client, observation: Observation
) -> None:
    uid = phone.notes(3, "pupil", "一")
    phone.syncs()
    other = Phone(client, observation)
    other.wrong = timedelta(days=1)
    other.notes(10, "pupil", "早说的", uid=uid, edition=1)
    other.syncs()
    phone.notes(20, "pupil", "后说的", uid=uid, edition=1)

    phone.syncs()

    assert observation.marks.get().text == "后说的"
    assert Mark.objects.get().changed_at == BEGINS + timedelta(minutes=20)


def test_the_watch_of_the_observer_says_when_the_lesson_began(
    phone: Phone, observation: Observation
) -> None:
    began = BEGINS + timedelta(minutes=2)
    phone.waiting.append(
        {
            "key": str(uuid4()),
            "order": 1,
            "at": 0,
            "offset": 0,
            "began": int(began.timestamp() * 1000),
        }
    )
    phone.syncs()

    observation.refresh_from_db()
    assert observation.began_at == began


def test_texts_and_ratings_are_saved_as_one_page_with_one_edition(
    phone: Phone, observation: Observation
) -> None:
    observation.refresh_from_db()
    assert observation.rubric
    item = next(iter(observation.rubric.sheet.items))

    answer = phone.saves(0, strengths="板书清楚", **{f"rate:{item}": "1"})

    assert answer.json() == {"edition": 2}
    assert observation.texts.get().text == "板书清楚"
    assert observation.ratings.get().level == 1


def test_an_older_page_never_overwrites_and_is_told_what_stands(
    phone: Phone, observation: Observation
) -> None:
    phone.saves(0, strengths="第一台写的")

    answer = phone.saves(0, strengths="第二台写的")

    assert answer.status_code == 409
    told = answer.json()
    assert (told["edition"], told["texts"]["strengths"]) == (1, "第一台写的")
    assert observation.texts.get().text == "第一台写的"
    assert phone.saves(1, strengths="两台合起来").status_code == 200


def test_what_comes_after_handing_in_waits_for_the_person(
    phone: Phone, observation: Observation, li: Teacher
) -> None:
    phone.notes(1, "teacher", "早到的")
    phone.syncs()
    actions.hand_in(observation, by=li, at=AFTER)
    phone.notes(2, "teacher", "晚到的")

    told = phone.syncs(200)
    phone.saves(0, overall="晚到的看法")

    assert told["waiting"] == 1
    assert observation.marks.get().text == "早到的"
    assert {each.reason for each in observation.conflicts.all()} == {"late"}
    assert "晚到的看法" in phone.client.get(phone.root).content.decode()


def test_without_script_a_moment_is_noted_and_the_texts_are_handed_in(
    phone: Phone, observation: Observation
) -> None:
    with time_machine.travel(AFTER, tick=False):
        noted = {"do": "mark", "side": "pupil", "text": "小组讨论很久", "minute": "12"}
        phone.client.post(phone.root, noted)
        page = phone.client.get(phone.root).content.decode()
        assert "小组讨论很久" in page
        handed = {"do": "hand-in", "edition": "0", "overall": "第12分钟的讨论很充分"}
        phone.client.post(phone.root, handed)

    observation.refresh_from_db()
    assert observation.marks.get().at_second == 12 * MINUTE
    assert observation.state == Observation.State.HANDED_IN


def test_without_script_an_older_page_shows_both(phone: Phone) -> None:
    phone.saves(0, strengths="在家里的电脑上写的")

    answer = phone.client.post(phone.root, {"edition": "0", "strengths": "在手机上写的"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "在家里的电脑上写的" in page
    assert "在手机上写的" in page


def test_the_page_is_kept_for_its_observer_and_nobody_else_gets_it(
    phone: Phone, client: Client, li: Teacher, wang: Teacher, shen: Teacher
) -> None:
    assert client.get(phone.root)["X-Keep-Offline"] == str(li.uid)
    for other in (wang, shen):
        client.force_login(other)
        assert client.get(phone.root).status_code == 404
        assert phone.saves(0, strengths="x").status_code == 404


def test_who_was_logged_out_meanwhile_is_asked_to_log_in(phone: Phone) -> None:
    phone.client.logout()

    answer = phone.saves(0, strengths="还在手机上")

    assert answer.status_code == 401
    assert "请重新登录" in answer.json()["sentence"]


def test_a_long_lesson_costs_no_more_statements_than_a_short_one(
    phone: Phone, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(150):
        phone.notes(number // 4, "teacher", f"第{number}条")
    phone.syncs()

    with django_assert_max_num_queries(10):
        answer = phone.client.get(phone.root)

    assert len(answer.content) < 60_000


# ---- words that would fit any lesson ----
def test_beside_a_text_that_would_fit_any_lesson_its_writer_is_asked_for_a_moment(
    phone: Phone,
) -> None:
    before = phone.client.get(phone.root).content.decode()
    typed = {
        "strengths": "教学内容充实，方法多样。",
        "weaknesses": "第9分钟，第三组争起来时没有停。",
    }
    answer = phone.client.post(phone.root, {"do": "save", "edition": 0, **typed}, follow=True)
    said = answer.content.decode()

    assert "“教学内容充实，方法多样。”" not in before
    assert "“教学内容充实，方法多样。”" in said
    assert 'data-asked="weaknesses" role="status" hidden' in said
    assert 'data-asked="own_lesson"' not in said


def test_it_keeps_nobody_from_handing_in(phone: Phone, observation: Observation) -> None:
    typed = {"strengths": "教学内容充实，方法多样。"}

    phone.client.post(phone.root, {"do": "hand-in", "edition": 0, **typed})

    observation.refresh_from_db()
    assert observation.state == Observation.State.HANDED_IN


# ---- a photo of the board, which nobody asks for ----
PIXEL = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xe1\x00\x14Exif\x00\x00N31.2 E121.5"
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"
)


def test_a_photo_is_kept_once_and_tells_nothing_of_where_it_was_taken(
    phone: Phone, observation: Observation
) -> None:
    photo = "data:image/jpeg;base64," + base64.b64encode(PIXEL).decode()
    phone.notes(20, "photo", "", photo=photo)

    phone.syncs()
    told = phone.syncs()

    kept = Attachment.objects.get()
    data = path_of(kept.sha256).read_bytes()
    assert b"JFIF" in data
    assert b"E121.5" not in data
    assert told["marks"][0]["picture"] == f"/files/{kept.uid}/"
    assert phone.client.get(told["marks"][0]["picture"]).status_code == 200


@pytest.mark.parametrize("text", ["", "data:image/jpeg;base64,xx", "data:text/html;base64,PGI+"])
def test_what_is_no_photo_is_handed_back(phone: Phone, text: str) -> None:
    phone.notes(20, "photo", "", photo=text or "x")

    told = phone.syncs()

    assert not told["taken"]
    assert not Attachment.objects.exists()


def test_a_photo_that_cannot_be_kept_is_told_and_holds_nothing_up(
    phone: Phone, observation: Observation, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = 10
    photo = "data:image/jpeg;base64," + base64.b64encode(PIXEL).decode()
    phone.notes(20, "photo", "", photo=photo)
    phone.notes(21, "teacher", "接着讲")

    told = phone.syncs()

    assert len(told["taken"]) == len(told["refused"]) == 1
    assert {mark["text"] for mark in told["marks"]} == {"", "接着讲"}

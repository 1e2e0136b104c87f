"""A lesson that is observed on a phone without a network from its beginning arrives whole.

It comes once, however often, in whatever order and from however many devices it is sent; what
cannot be taken is told and stays where it was written.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from yanxiu.cast import Cast
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions
from yanxiu.observation.models import MarkConflict, Observation
from yanxiu.observation.rules.outline import content_from
from yanxiu.observation.tests.conftest import AFTER, BEGINS, arrange
from yanxiu.people.models import Post, Teacher

JSON = "application/json"
ROOT = "/observation/new/offline/"


class Blank:
    """A sheet that a phone began alone."""

    def __init__(self, client: Client, teacher: Teacher, **facts: Any) -> None:
        self.client, self.uid, self.device, self.order = client, uuid4(), uuid4(), 0
        self.waiting: list[dict[str, Any]] = []
        self.facts = {
            "teacher": str(teacher.uid),
            "day": "2026-10-15",
            "starts": "09:10",
            "minutes": "40",
            "kind": "push_door",
            "subject": "数学",
            "class_name": "五（2）班",
            **facts,
        }

    def address(self, end: str = "") -> str:
        return f"{ROOT}{self.uid}/{end}?{urlencode(self.facts)}"

    def notes(self, minute: int, text: str) -> None:
        """Note something in minute `minute` of the lesson."""
        self.order += 1
        at = int((BEGINS + timedelta(minutes=minute)).timestamp() * 1000)
        self.waiting.append({
            "key": str(uuid4()), "order": self.order, "at": at, "offset": 0, "uid": str(uuid4()),
            "at_second": minute * 60, "side": "teacher", "text": text, "stage": "",
        })  # fmt: skip

    def syncs(self) -> Any:
        """Send all that was noted; nothing is forgotten here."""
        clock = int(AFTER.timestamp() * 1000)
        body = {"device": str(self.device), "clock": clock, "items": self.waiting}
        with time_machine.travel(AFTER, tick=False):
            return self.client.post(self.address("marks/"), json.dumps(body), JSON)

    def saves(self, edition: int = 0, **texts: str) -> Any:
        """Save texts and ratings."""
        body = json.dumps({"edition": edition, "texts": texts})
        with time_machine.travel(AFTER, tick=False):
            return self.client.post(self.address("texts/"), body, JSON)


@pytest.fixture
def blank(client: Client, cast: Cast, wang: Teacher, li: Teacher) -> Blank:
    """李组长 has walked into a lesson of 王老师, and there is no network."""
    lessons.lay_ground()
    client.force_login(li)
    return Blank(client, wang)


def marks_of(uid: UUID) -> list[str]:
    return [mark.text for mark in Observation.objects.get(uid=uid).marks.all()]


def test_the_phone_keeps_the_sheet_with_the_people_and_the_form(
    blank: Blank, li: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    answer = blank.client.get(ROOT)

    page = answer.content.decode()
    assert (answer["X-Keep-Offline"], answer["X-Keep-Days"]) == (str(li.uid), "14")
    assert str(zhao.uid) in page
    assert str(qian.uid) not in page
    assert 'value="数学"' in page
    assert 'name="rate:' in page
    assert len(answer.content) < 60_000


def test_a_whole_lesson_arrives_once_however_often_it_is_sent(
    blank: Blank, li: Teacher, wang: Teacher
) -> None:
    for minute in range(40):
        blank.notes(minute, f"第{minute}分钟")

    first, second = blank.syncs().json(), blank.syncs().json()

    assert len(first["taken"]) == len(second["taken"]) == 40
    assert first["observation"] == str(blank.uid)
    begun = Observation.objects.get()
    assert (begun.uid, begun.observer, begun.kind) == (blank.uid, li, "push_door")
    lesson = begun.lesson
    assert (lesson.teacher, lesson.class_name, lesson.kind.code) == (
        wang, "五（2）班", "push_door_lesson",
    )  # fmt: skip
    assert (lesson.starts_at, lesson.minutes) == (BEGINS, 40)
    assert len(marks_of(blank.uid)) == 40


def test_texts_may_come_before_what_was_noted(blank: Blank) -> None:
    saved = blank.saves(overall="先分后说")
    blank.notes(3, "分饼")
    blank.syncs()

    assert saved.json() == {"edition": 1}
    assert Observation.objects.get().texts.get().text == "先分后说"
    assert marks_of(blank.uid) == ["分饼"]


def test_it_is_handed_in_from_the_sheet(blank: Blank) -> None:
    blank.notes(3, "分饼")
    blank.syncs()
    with time_machine.travel(AFTER, tick=False):
        answer = blank.client.post(blank.address(), {"do": "hand-in", "edition": "0"})

    begun = Observation.objects.get()
    assert answer.status_code == 302
    assert begun.state == Observation.State.HANDED_IN
    assert begun.lesson.state == Lesson.State.GIVEN


def test_a_second_phone_writes_into_the_same_record(blank: Blank, wang: Teacher) -> None:
    other = Blank(blank.client, wang, starts="09:15")
    blank.notes(3, "手机上记的")
    other.notes(5, "平板上记的")
    blank.saves(overall="手机上写的")
    blank.syncs()

    told, saved = other.syncs().json(), other.saves(overall="平板上写的")

    assert told["observation"] == str(blank.uid)
    assert marks_of(blank.uid) == ["手机上记的", "平板上记的"]
    assert saved.status_code == 409
    assert saved.json()["texts"]["overall"] == "手机上写的"
    assert Observation.objects.count() == Lesson.objects.count() == 1


def test_a_sheet_that_has_nothing_left_to_send_hears_what_stands(
    blank: Blank, wang: Teacher
) -> None:
    other = Blank(blank.client, wang, starts="09:15")
    blank.notes(3, "分饼")
    blank.syncs()

    told = other.syncs().json()

    assert told["observation"] == str(blank.uid)
    assert [mark["text"] for mark in told["marks"]] == ["分饼"]


def test_what_arrives_after_the_record_was_handed_in_waits_for_the_person(
    blank: Blank, cast: Cast, wang: Teacher, li: Teacher
) -> None:
    lesson = arrange(cast, wang, li)
    standing = actions.start(lesson, by=li, at=BEGINS)
    actions.save_texts(standing, [actions.NewText("overall", "早交的")], by=li, at=AFTER)
    actions.hand_in(standing, by=li, at=AFTER)
    blank.notes(3, "晚到的")

    told = blank.syncs().json()
    blank.saves(1, overall="晚到的看法")

    assert (told["observation"], told["waiting"]) == (str(standing.uid), 1)
    late = {str(each.came.get("text")) for each in MarkConflict.objects.all()}
    assert late == {"晚到的", "晚到的看法"}


def test_answers_on_another_form_are_kept_in_words(
    blank: Blank, cast: Cast, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    page = blank.client.get(ROOT).content.decode()
    blank.facts["rubric"] = page.split('name="rubric" value="')[1].split('"')[0]
    item = page.split('name="rate:')[1].split('"')[0]
    content = content_from("【过程】100\n学生自己想", "好4 中2", "好85 中0")
    own = actions.make_rubric(cast.school, name="研究课用", content=content, by=zhou, at=BEGINS)
    actions.start(arrange(cast, wang, li), by=li, at=BEGINS, rubric=own)

    for note in ("第3", "第3分钟"):
        answer = blank.saves(0, **{f"rate:{item}": "0", f"note:{item}": note})

    assert answer.status_code == 200
    [kept] = MarkConflict.objects.all()
    assert kept.came["text"].endswith("：第3分钟")
    shown = blank.client.get(f"/observation/{Observation.objects.get().uid}/offline/")
    assert kept.came["text"] in shown.content.decode()


def test_a_teacher_who_has_left_is_told_and_nothing_is_made(
    blank: Blank, wang: Teacher, zhao: Teacher
) -> None:
    Post.objects.filter(teacher=wang).update(ends_on="2026-10-01")
    blank.notes(3, "还在手机上")

    answers = [blank.syncs(), blank.saves(overall="也在手机上")]

    assert [each.status_code for each in answers] == [422, 422]
    assert all(wang.name in each.json()["sentence"] for each in answers)
    assert not Observation.objects.exists()
    blank.facts["teacher"] = str(zhao.uid)
    assert blank.syncs().json()["taken"] == [blank.waiting[0]["key"]]
    assert marks_of(blank.uid) == ["还在手机上"]


NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("name", "value"),
    [("teacher", ""), ("teacher", "王老师"), ("teacher", NOBODY), ("day", "昨天"),
     ("minutes", "9999"), ("starts", "25:00"), ("kind", "x")],
)  # fmt: skip
def test_a_sheet_that_does_not_say_whose_lesson_it_is_is_told(
    blank: Blank, name: str, value: str
) -> None:
    blank.facts[name] = value
    blank.notes(3, "一句")

    answer = blank.syncs()

    assert answer.status_code == 422
    assert "写的都在原来的设备上" in answer.json()["sentence"]
    assert not Observation.objects.exists()


def test_a_clock_that_is_fast_begins_no_lesson_in_the_future(blank: Blank) -> None:
    blank.facts |= {"day": "2026-10-16"}
    blank.notes(3, "一句")
    blank.syncs()

    assert Observation.objects.get().lesson.starts_at == AFTER


def test_who_may_not_arrange_an_open_lesson_has_still_heard_one(
    blank: Blank, zhao: Teacher, wang: Teacher
) -> None:
    blank.client.force_login(zhao)
    sheet = Blank(blank.client, wang, kind="open")
    sheet.notes(3, "一句")
    sheet.syncs()

    begun = Observation.objects.get()
    assert (begun.kind, begun.lesson.kind.code) == ("open", "routine_lesson")


def test_nobody_writes_on_the_sheet_of_another(
    blank: Blank, zhao: Teacher, qian: Teacher, li: Teacher
) -> None:
    blank.notes(3, "一句")
    blank.syncs()

    for other in (zhao, qian):
        blank.client.force_login(other)
        assert blank.syncs().status_code == 422
        assert blank.saves(overall="x").status_code == 422
        assert blank.client.post(blank.address(), {"overall": "x"}).status_code == 422
    assert marks_of(blank.uid) == ["一句"]
    assert not Observation.objects.get().texts.exists()
    blank.client.force_login(li)
    own = Blank(blank.client, li)
    assert own.syncs().status_code == 422
    assert Observation.objects.count() == 1


def test_who_was_logged_out_meanwhile_is_asked_to_log_in(blank: Blank) -> None:
    blank.client.logout()

    for answer in (blank.syncs(), blank.saves(overall="x")):
        assert answer.status_code == 401
        assert "都还在" in answer.json()["sentence"]


def test_who_works_nowhere_any_more_is_told(blank: Blank, li: Teacher) -> None:
    Post.objects.filter(teacher=li).update(ends_on="2026-10-01")
    blank.notes(3, "一句")

    with time_machine.travel(AFTER, tick=False):
        answer = blank.syncs()

    assert answer.status_code == 422
    assert "没有学校的岗位" in answer.json()["sentence"]

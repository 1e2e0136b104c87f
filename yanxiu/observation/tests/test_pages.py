"""The pages of observation: who may see them, what they say, and what they cost."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.cast import Cast
from yanxiu.kernel.spans import moment_at
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions
from yanxiu.observation.actions import NewRating, NewText
from yanxiu.observation.models import Advice, Observation, Remark
from yanxiu.observation.tests.conftest import AFTER, BEGINS, arrange
from yanxiu.people.models import Teacher

MOST_STATEMENTS = 10
MOST_BYTES = 60_000
SECRET = "追问“你是怎样想到的”，第三组说出了两种分法"


@pytest.fixture
def handed_in(lesson: Lesson, li: Teacher) -> Observation:
    """What 李组长 saw in the lesson of 王老师."""
    actions.lay_ground()
    observation = actions.start(lesson, by=li, at=BEGINS)
    texts = [NewText("overall", SECRET), NewText("suggestions", "让学生先画再说")]
    actions.save_texts(observation, texts, by=li, at=AFTER)
    assert observation.rubric is not None
    ratings = [NewRating(code, 0) for code in observation.rubric.sheet.items]
    actions.save_ratings(observation, ratings, by=li, at=AFTER)
    return actions.hand_in(observation, by=li, at=AFTER)


def get(client: Client, teacher: Teacher, name: str, *args: Any) -> Any:
    client.force_login(teacher)
    return client.get(reverse(f"observation:{name}", args=args))


def test_the_presenter_reads_the_words(
    client: Client, handed_in: Observation, wang: Teacher
) -> None:
    answer = get(client, wang, "observation", handed_in.uid)

    assert SECRET in answer.content.decode()
    assert "准备试一试" in answer.content.decode()


def test_the_office_sees_that_there_is_a_record_but_no_word_of_it(
    client: Client, handed_in: Observation, zhou: Teacher
) -> None:
    answer = get(client, zhou, "observation", handed_in.uid)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert SECRET not in text
    assert "让学生先画再说" not in text
    assert "已检查" in text


@pytest.mark.parametrize("name", ["zhao", "qian"])
def test_others_do_not_find_it(
    client: Client, cast: Cast, handed_in: Observation, name: str
) -> None:
    assert get(client, cast.people[name], "observation", handed_in.uid).status_code == 404


def test_the_evaluation_form_is_for_readers_alone(
    client: Client, handed_in: Observation, wang: Teacher, zhou: Teacher
) -> None:
    answer = get(client, wang, "form_word", handed_in.uid)

    assert answer.content[:2] == b"PK"
    assert get(client, zhou, "form_word", handed_in.uid).status_code == 404


def test_who_has_not_handed_in_sees_no_words_of_others_on_the_page_of_the_lesson(
    client: Client, handed_in: Observation, lesson: Lesson, zhou: Teacher
) -> None:
    actions.start(lesson, by=zhou, at=BEGINS)

    text = get(client, zhou, "lesson", lesson.uid).content.decode()
    assert "先写自己的" in text
    assert reverse("observation:observation", args=[handed_in.uid]) not in text


def test_the_talk_opens_after_handing_in(
    client: Client, handed_in: Observation, lesson: Lesson, li: Teacher, zhou: Teacher
) -> None:
    client.force_login(li)
    where = reverse("observation:say", args=[lesson.uid])
    client.post(where, {"text": "折纸那一段值得推广", "is_highlight": "on"})

    assert Remark.objects.get().is_highlight
    client.force_login(zhou)
    assert client.post(where, {"text": "好"}).status_code == 404


def test_advice_taken_on_is_shown_until_it_is_done(
    client: Client, handed_in: Observation, wang: Teacher
) -> None:
    advice = handed_in.advice.get()
    client.force_login(wang)
    client.post(reverse("observation:advise", args=[advice.uid]), {"do": "take"})

    assert "让学生先画再说" in client.get(reverse("observation:home")).content.decode()
    done = {"what_changed": "先画线段图，再说理由，多了八个人举手"}
    client.post(reverse("observation:finish", args=[advice.uid]), done)
    assert Advice.objects.get().state == Advice.State.DONE
    assert "我准备试一试" not in client.get(reverse("observation:home")).content.decode()


def test_a_sheet_filled_in_part_says_how_much_of_it_was_rated(
    client: Client, lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    actions.lay_ground()
    observation = actions.start(lesson, by=li, at=BEGINS)
    assert observation.rubric is not None
    items = [one.code for part in observation.rubric.sheet.dimensions for one in part.items]
    last = observation.rubric.sheet.dimensions[-1].name
    texts = [NewText("overall", SECRET), NewText("suggestions", "让学生先画再说")]
    actions.save_texts(observation, texts, by=li, at=AFTER)
    actions.save_ratings(observation, [NewRating(items[0], 0)], by=li, at=AFTER)
    actions.hand_in(observation, by=li, at=AFTER)

    text = get(client, wang, "observation", observation.uid).content.decode()

    assert f"评了 1 项，共 {len(items)} 项" in text
    assert f"<h3>{last}" not in text
    assert text.count("<h3>建议</h3>") == 0


def test_a_lesson_of_next_week_is_told_but_its_clock_is_not_offered(
    client: Client, cast: Cast, li: Teacher, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts_at = BEGINS + timedelta(days=3)
    later = arrange(
        cast, wang, wang, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=40)
    )
    monkeypatch.setattr(timezone, "now", lambda: BEGINS)
    assert "开始听</button>" not in get(client, li, "home").content.decode()

    monkeypatch.setattr(timezone, "now", lambda: later.starts_at - timedelta(minutes=10))

    assert "开始听</button>" in get(client, li, "home").content.decode()


def test_a_reply_over_a_newer_one_keeps_both_in_sight(
    client: Client, handed_in: Observation, wang: Teacher
) -> None:
    client.force_login(wang)
    where = reverse("observation:reply", args=[handed_in.uid])
    client.post(where, {"text": "那一段是学生临时想到的", "edition": "0"})

    answer = client.post(where, {"text": "平板上写的另一句", "edition": "0"})

    assert answer.status_code == 422
    assert "那一段是学生临时想到的" in answer.content.decode()
    assert "平板上写的另一句" in answer.content.decode()


def test_a_lesson_walked_into_needs_a_name_alone(
    client: Client, lesson: Lesson, li: Teacher, zhao: Teacher
) -> None:
    client.force_login(li)
    given = {"teacher": str(zhao.uid), "day": "2026-10-15", "starts": "10:20", "minutes": "40"}
    answer = client.post(reverse("observation:new"), {**given, "kind": "push_door"})

    observation = Observation.objects.get(observer=li)
    assert answer["Location"] == reverse("observation:offline", args=[observation.uid])
    assert observation.lesson.kind.code == "push_door_lesson"


def test_several_records_are_checked_at_once(
    client: Client, handed_in: Observation, zhou: Teacher
) -> None:
    client.force_login(zhou)
    client.post(reverse("observation:checking"), {"record": [str(handed_in.pk)]})

    handed_in.refresh_from_db()
    assert handed_in.state == Observation.State.CHECKED


def test_a_returned_record_says_why_and_no_longer_counts(
    client: Client, handed_in: Observation, zhou: Teacher, li: Teacher
) -> None:
    client.force_login(zhou)
    where = reverse("observation:check", args=[handed_in.uid])
    client.post(where, {"do": "return", "comment": "请补上课题"})

    assert "请补上课题" in get(client, li, "home").content.decode()


def test_a_test_that_cannot_be_is_refused_with_what_was_typed(
    client: Client, handed_in: Observation, li: Teacher
) -> None:
    client.force_login(li)
    given = {"pupils": "40", "full": "100", "mean": "81", "passed": "44", "about": "三道口算"}
    answer = client.post(reverse("observation:test", args=[handed_in.uid]), given)

    assert answer.status_code == 422
    assert "三道口算" in answer.content.decode()


@pytest.fixture
def many(cast: Cast, handed_in: Observation, li: Teacher, zhou: Teacher) -> int:
    """Sixty lessons, heard by two; more than a page holds."""
    for number in range(60):
        begins = moment_at(date(2026, 9, 1) + timedelta(days=number // 2), time(8 + number % 2))
        lesson = arrange(
            cast, cast.people["wang"], li, starts_at=begins,
            ends_at=begins + timedelta(minutes=40), title=f"第{number}课", even_so=True,
        )  # fmt: skip
        for observer in (li, zhou):
            observation = actions.start(lesson, by=observer, at=begins)
            actions.save_texts(
                observation, [NewText("overall", "第三组说得出理由")], by=observer, at=begins
            )
            actions.hand_in(observation, by=observer, at=AFTER)
    return 60


PAGES = ("home", "records", "new", "checking", "completeness", "coverage", "statistics", "mine",
         "rubrics", "highlights")  # fmt: skip


def test_pages_cost_the_same_for_many(
    client: Client,
    many: int,
    handed_in: Observation,
    zhou: Teacher,
    wang: Teacher,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    assert many
    asked: list[tuple[Teacher, str, tuple[Any, ...]]] = [(zhou, name, ()) for name in PAGES]
    asked += [(wang, "observation", (handed_in.uid,)), (wang, "lesson", (handed_in.lesson.uid,))]
    asked += [(wang, "before_and_after", (handed_in.lesson.uid,)), (wang, "home", ())]
    for teacher, name, args in asked:
        client.force_login(teacher)
        with django_assert_max_num_queries(MOST_STATEMENTS, info=name):
            answer = client.get(reverse(f"observation:{name}", args=args))
        assert answer.status_code == 200, name
        assert len(answer.content) < MOST_BYTES, name

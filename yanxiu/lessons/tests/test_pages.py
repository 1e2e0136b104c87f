"""The pages of lessons: who sees what, what they say, and how much they ask of the database."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.tests.conftest import THURSDAY, kind
from yanxiu.people.models import Teacher

Arrange = Callable[..., Lesson]
Ceiling = Any


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone  # noqa: PLC0415 (patched here alone)

    monkeypatch.setattr(timezone, "now", lambda: NOON)


def page(client: Client, teacher: Teacher, name: str, /, *args: Any, **query: Any) -> str:
    client.force_login(teacher)
    answer = client.get(reverse(f"lessons:{name}", args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(client: Client, teacher: Teacher, name: str, /, *args: Any, **data: Any) -> Any:
    client.force_login(teacher)
    return client.post(reverse(f"lessons:{name}", args=args), data)


def test_home_shows_what_is_on_today_and_what_waits(
    client: Client, lesson: Lesson, wang: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    assert "上过了吗？" in page(client, wang, "home")
    assert "上过了吗？" not in page(client, zhao, "home")
    assert "分数的初步认识" not in page(client, qian, "home")


def test_home_offers_open_lessons_until_somebody_says_no(
    client: Client, arrange: Arrange, wang: Teacher, zhao: Teacher
) -> None:
    lesson = arrange(wang, wang, on=THURSDAY + timedelta(days=1))
    assert "可以去听的课" in page(client, zhao, "home")

    post(client, zhao, "answer", lesson.uid, coming="yes")
    assert "接下来" in page(client, zhao, "home")
    post(client, zhao, "answer", lesson.uid, coming="no")

    assert lesson.title not in page(client, zhao, "home")


def test_who_was_invited_finds_it_without_having_answered(
    client: Client, arrange: Arrange, wang: Teacher, zhao: Teacher
) -> None:
    lesson = arrange(wang, wang, "trial_lesson", on=THURSDAY + timedelta(days=1))
    assert lesson.title not in page(client, zhao, "home")

    actions.invite(lesson, teachers=[zhao], by=wang, at=MORNING)

    said = page(client, zhao, "home")
    assert "接下来" in said
    assert lesson.title in said


def test_one_tap_on_home_confirms(client: Client, lesson: Lesson, wang: Teacher) -> None:
    answer = post(client, wang, "give", lesson.uid, **{"from": "home"})

    assert answer.url == reverse("lessons:home")
    assert Lesson.objects.get().state == "given"


def test_somebody_else_finds_no_button_and_no_page(
    client: Client, lesson: Lesson, zhao: Teacher, qian: Teacher
) -> None:
    assert "已上" not in page(client, zhao, "lesson", lesson.uid)
    assert post(client, zhao, "give", lesson.uid).status_code == 404
    client.force_login(qian)
    assert client.get(reverse("lessons:lesson", args=[lesson.uid])).status_code == 404


def test_a_new_lesson_by_the_number_of_the_period(
    client: Client, wang: Teacher, cast: Cast
) -> None:
    given = {
        "teacher": wang.uid, "kind": kind("open_lesson").uid, "day": "2026-10-20", "period_no": 3,
        "title": "小数的性质", "class_name": "四（1）班", "level": "group",
    }  # fmt: skip
    answer = post(client, wang, "new", **given)

    made = Lesson.objects.get()
    assert answer.url == reverse("lessons:lesson", args=[made.uid])
    assert (made.period_no, made.minutes, made.level, made.unit) == (3, 40, "group", cast.maths)


def test_a_refusal_keeps_what_was_typed_and_offers_to_say_so(
    client: Client, lesson: Lesson, li: Teacher, wang: Teacher
) -> None:
    given = {
        "teacher": wang.uid, "kind": kind("open_lesson").uid, "day": "2026-10-15", "period_no": 5,
        "title": "自己打的字", "level": "school",
    }  # fmt: skip
    answer = post(client, li, "new", **given)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "自己打的字" in said
    assert "同一天还要听" in said
    assert post(client, li, "new", **given, even_so="on").status_code == 302


def test_its_own_teacher_edits_what_is_taught_but_not_when(
    client: Client, lesson: Lesson, wang: Teacher, li: Teacher
) -> None:
    assert 'name="day"' not in page(client, wang, "edit", lesson.uid)
    assert 'name="day"' in page(client, li, "edit", lesson.uid)


def test_html_in_a_title_stays_text(client: Client, arrange: Arrange, wang: Teacher) -> None:
    lesson = arrange(wang, wang, title="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page(client, wang, "lesson", lesson.uid)


def test_saying_to_come_and_inviting(
    client: Client, lesson: Lesson, zhao: Teacher, li: Teacher, cast: Cast
) -> None:
    later = lesson
    actions.change(
        later, by=li, at=MORNING, starts_at=later.starts_at + timedelta(days=1),
        ends_at=later.ends_at + timedelta(days=1),
    )  # fmt: skip
    post(client, zhao, "answer", later.uid, coming="yes")
    post(client, li, "invite", later.uid, units=[cast.chinese.uid])

    said = page(client, li, "lesson", later.uid)
    assert "说好要来：赵老师" in said
    assert "语文教研组" in said


def test_a_series_holds_its_trials(
    client: Client, arrange: Arrange, wang: Teacher, cast: Cast
) -> None:
    post(
        client, wang, "series_new", kind="polishing", title="分数的初步认识磨课",
        starts_on="2026-10-12", audience=cast.maths.uid,
    )  # fmt: skip
    series = LessonSeries.objects.get()
    for day in (12, 14):
        arrange(wang, wang, "trial_lesson", on=date(2026, 10, day), series=series)

    assert "第 2 次" in page(client, wang, "series", series.uid)


def test_a_group_leader_cannot_add_kinds_and_the_office_can(
    client: Client, li: Teacher, zhou: Teacher
) -> None:
    client.force_login(li)
    assert client.get(reverse("lessons:kind_new")).status_code == 404
    post(client, zhou, "kind_new", name="青年教师展示课", record_kind="open_lesson", is_open="on")

    assert "青年教师展示课" in page(client, li, "kinds")


def test_settings_say_which_line_is_wrong(client: Client, zhou: Teacher) -> None:
    answer = post(client, zhou, "settings", periods="08:20-09:00\n早读", visits_often=4)

    assert answer.status_code == 422
    assert "“早读”看不懂" in answer.content.decode()


@pytest.mark.parametrize("name", ["home", "lessons", "all_series", "kinds"])
def test_many_lessons_ask_no_more_than_few(
    client: Client, arrange: Arrange, zhou: Teacher, wang: Teacher, name: str,
    django_assert_max_num_queries: Ceiling,
) -> None:  # fmt: skip
    for day in range(40):
        on = THURSDAY + timedelta(days=day - 10)
        for hour in (8, 9, 10):
            arrange(wang, zhou, on=on, begins=time(hour), ends=time(hour, 40), even_so=True)
    client.force_login(zhou)
    with django_assert_max_num_queries(10):
        answer = client.get(reverse(f"lessons:{name}"))
    assert len(answer.content) < 60_000


def test_the_page_of_one_lesson_asks_little(
    client: Client, lesson: Lesson, zhou: Teacher, zhao: Teacher, shen: Teacher,
    django_assert_max_num_queries: Ceiling,
) -> None:  # fmt: skip
    for each in (zhao, shen, zhou):
        actions.note_listener(lesson, each, at=NOON)
    client.force_login(zhou)
    with django_assert_max_num_queries(10):
        client.get(reverse("lessons:lesson", args=[lesson.uid]))


def test_a_field_that_was_not_sent_stays_as_it_is(
    client: Client, lesson: Lesson, wang: Teacher
) -> None:
    post(client, wang, "edit", lesson.uid, room="录播教室")

    kept = Lesson.objects.get()
    assert (kept.room, kept.title) == ("录播教室", "分数的初步认识")


def test_the_form_of_a_new_lesson_asks_little(
    client: Client, zhou: Teacher, django_assert_max_num_queries: Ceiling
) -> None:
    client.force_login(zhou)
    with django_assert_max_num_queries(10):
        client.get(reverse("lessons:new"))


# ---- what a trial with fresh eyes found ----
def test_the_teacher_of_an_invited_group_is_not_asked_to_the_own_lesson(
    client: Client, cast: Cast, arrange: Arrange, wang: Teacher, li: Teacher
) -> None:
    lesson = arrange(wang, wang, on=THURSDAY + timedelta(days=1))
    actions.invite(lesson, units=[cast.maths], by=wang, at=MORNING)

    assert "不去" not in page(client, wang, "home")
    assert "不去" in page(client, li, "home")


def test_what_was_typed_for_one_period_does_not_cover_another(
    client: Client, wang: Teacher
) -> None:
    first = page(client, wang, "new", teacher=wang.uid, day="2026-10-16", period_no=1)
    second = page(client, wang, "new", teacher=wang.uid, day="2026-10-16", period_no=2)

    assert f'data-keep="lesson-new-{wang.uid}-2026-10-16-1"' in first
    assert f'data-keep="lesson-new-{wang.uid}-2026-10-16-2"' in second


def test_the_box_for_a_second_lesson_stands_only_where_it_helps(
    client: Client, arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    given = {
        "teacher": wang.uid, "kind": kind("routine_lesson").uid, "level": "school",
        "day": "2026-10-16", "period_no": 0,
    }  # fmt: skip
    backwards = post(client, zhou, "new", **given, start="15:00", end="14:00")
    assert "同一天还要听" not in backwards.content.decode()

    arrange(wang, zhou, "routine_lesson", on=THURSDAY + timedelta(days=1))
    twice = post(client, zhou, "new", **given, start="15:00", end="15:40")

    assert 'name="even_so"' in twice.content.decode()


def test_the_box_for_a_second_lesson_stands_when_one_is_moved(
    client: Client, arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    arrange(wang, zhou, "routine_lesson", on=THURSDAY + timedelta(days=1))
    other = arrange(wang, zhou, "routine_lesson", on=THURSDAY + timedelta(days=2))

    answer = post(
        client, zhou, "edit", other.uid, day="2026-10-16", period_no=0, start="15:00",
        end="15:40", level="school",
    )  # fmt: skip

    assert answer.status_code == 422
    assert 'name="even_so"' in answer.content.decode()


def test_a_day_off_and_a_missing_title_are_said(client: Client, wang: Teacher) -> None:
    given = {"teacher": wang.uid, "kind": kind("open_lesson").uid, "level": "school"}

    client.force_login(wang)
    answer = client.post(
        reverse("lessons:new"), {**given, "day": "2026-10-18", "period_no": 1}, follow=True
    )

    said = answer.content.decode()
    assert "课题还空着" in said
    assert "不是平常上课的日子" in said


def test_groups_stand_before_single_names(client: Client, arrange: Arrange, wang: Teacher) -> None:
    lesson = arrange(wang, wang, on=THURSDAY + timedelta(days=1))

    said = page(client, wang, "invite", lesson.uid)

    assert said.index('name="units"') < said.index('name="teachers"')


def test_who_does_not_see_every_lesson_is_told_so_beside_the_counts(
    client: Client, arrange: Arrange, wang: Teacher, zhou: Teacher
) -> None:
    assert "只数您能看到的课" in page(client, wang, "counts")
    assert "只数您能看到的课" not in page(client, zhou, "counts")

"""A timetable is read, looked at, taken and undone; the planner knows from it who is where."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.cast import MORNING, Cast
from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, Slot, Timetable
from yanxiu.lessons.queries.planner import plan_of
from yanxiu.lessons.queries.timetable import ahead, in_force, preview
from yanxiu.lessons.refusals import TimetableState
from yanxiu.people.models import Teacher
from yanxiu.terms import actions as terms

Lines = list[tuple[str, str, int, str, str]]
Arrange = Callable[..., Lesson]
THURSDAY = date(2026, 10, 15)


def workbook(lines: Lines) -> bytes:
    heads = ("教师", "星期", "节次", "班级", "学科")
    columns = [SheetColumn(head) for head in heads]
    return write_workbook([SheetContent("课表", "课表", columns, lines)])


def read(cast: Cast, by: Teacher, lines: Lines) -> Timetable:
    return actions.read_timetable(
        cast.school, cast.term, workbook(lines), "课表.xlsx", by=by, at=MORNING
    )


WANG: Lines = [
    ("王老师", "周四", 2, "三（2）班", "数学"),
    ("王老师", "周五", 1, "三（2）班", "数学"),
]
ZHAO: Lines = [("赵老师", "周四", 2, "四（1）班", "语文")]


def test_reading_changes_nothing_and_says_what_would_change(cast: Cast, zhou: Teacher) -> None:
    found = preview(read(cast, zhou, [*WANG, *ZHAO, ("外聘", "周一", 1, "", "体育")]))

    assert not Slot.objects.exists()
    assert (found.slots, found.teachers) == (3, 2)
    assert [one.name for one in found.unknown] == ["外聘"]


def test_taking_puts_it_in_force_and_undoing_brings_the_old_one_back(
    cast: Cast, zhou: Teacher
) -> None:
    first = actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    second = actions.take_timetable(read(cast, zhou, ZHAO), by=zhou, at=MORNING)
    assert in_force(cast.school, cast.term) == second

    actions.undo_timetable(second, by=zhou, at=MORNING)

    assert in_force(cast.school, cast.term) == first
    with pytest.raises(TimetableState):
        actions.undo_timetable(second, by=zhou, at=MORNING)


def test_a_part_of_the_school_keeps_the_others(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    part = actions.take_timetable(read(cast, zhou, ZHAO), keep_others=True, by=zhou, at=MORNING)

    assert part.slots.filter(teacher=wang).count() == 2
    assert part.slots.count() == 3


def of_class(name: str, *lessons: str) -> bytes:
    """A file with the week of one class, in which Monday alone has lessons, as schools write it."""
    rows = [f"{name}课程表", "节次,星期一,星期二,星期三,星期四,星期五"]
    rows += [
        f"第{number}节,{lesson},,,," for number, lesson in zip("一二三四", lessons, strict=False)
    ]
    return "\n".join(rows).encode()


def test_the_file_of_one_class_keeps_what_its_teachers_have_in_other_classes(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    def take(data: bytes) -> Timetable:
        made = actions.read_timetable(
            cast.school, cast.term, data, "班级课表.csv", by=zhou, at=MORNING
        )
        return actions.take_timetable(made, keep_others=True, by=zhou, at=MORNING)

    take(of_class("三（1）班", "数学 王老师", "语文 赵老师"))
    take(of_class("三（2）班", "语文 赵老师", "数学 王老师"))
    made = actions.read_timetable(
        cast.school, cast.term, of_class("三（1）班", "语文 赵老师", "", "数学 王老师"), "三1.csv",
        by=zhou, at=MORNING,
    )  # fmt: skip
    told = {one.name: (one.before, one.after) for one in preview(made).changed}
    last = actions.take_timetable(made, keep_others=True, by=zhou, at=MORNING)

    # 赵老师 cannot be in 三（2）班 at the same time any more.
    assert told == {"王老师": (2, 2), "赵老师": (2, 1)}
    week = last.slots.order_by("teacher__name", "period_no")
    assert [(row.teacher.name, row.period_no, row.class_name) for row in week] == [
        ("王老师", 2, "三（2）班"), ("王老师", 3, "三（1）班"), ("赵老师", 1, "三（1）班"),
    ]  # fmt: skip


def test_a_name_is_asked_for_once(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    lines: Lines = [("小王", "周四", 2, "三（2）班", "数学")]
    first = read(cast, zhou, lines)
    with pytest.raises(BadInput):
        actions.take_timetable(first, by=zhou, at=MORNING)

    actions.settle_names(first, {"小王": wang}, by=zhou, at=MORNING)

    assert preview(read(cast, zhou, lines)).unknown == []
    assert actions.take_timetable(first, by=zhou, at=MORNING).slots.get().teacher == wang


def test_only_the_research_office_reads_timetables(cast: Cast, li: Teacher) -> None:
    with pytest.raises(NotAllowed):
        read(cast, li, WANG)


def test_what_the_timetable_has_today_stands_under_today(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
    client.force_login(wang)

    with django_assert_max_num_queries(10):
        said = client.get(reverse("lessons:home")).content.decode()

    assert "第 2 节 · 三（2）班 数学" in said
    assert "今天没有安排好" not in said


@pytest.mark.parametrize(
    ("hour", "says", "lesson"),
    [
        ("2026-10-15T09:00+08:00", "今天", "09:10–09:50"),
        ("2026-10-16T09:00+08:00", "今天", "08:20–09:00"),
        ("2026-10-19T09:00+08:00", "下一个有课的日子", "10月22日"),
    ],
)
def test_the_week_begins_with_today_or_the_next_day_with_lessons_and_marks_today(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, hour: str, says: str, lesson: str,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    with time_machine.travel(datetime.fromisoformat(hour), tick=False):
        client.force_login(wang)
        with django_assert_max_num_queries(10):
            said = client.get(reverse("lessons:timetable")).content.decode()

    ahead = said[said.index('class="week-day"') : said.index("<table")]
    assert f"{says} · " in ahead
    assert lesson in ahead
    assert said.count('aria-current="date"') == 1


def test_a_make_up_day_stands_in_the_column_that_is_taught(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    saturday = date(2026, 10, 17)
    terms.set_day_off(
        cast.school, name="补周四的课", starts_on=saturday, ends_on=saturday + timedelta(days=1),
        kind="make_up", taught_as=4, by=None, at=MORNING,
    )  # fmt: skip
    taken = actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)

    found = ahead(list(taken.slots.filter(teacher=wang)), cast.term, cast.school, saturday)

    assert (found.weekday, found.day) == (4, saturday)
    assert [slot.period_no for slot in found.slots] == [2]


def test_outside_the_term_no_day_is_today(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    taken = actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    slots = list(taken.slots.filter(teacher=wang))

    assert ahead(slots, cast.term, cast.school, cast.term.ends_on).weekday is None


def test_a_lesson_that_is_arranged_is_not_offered_again(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, arrange: Arrange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
    offered = "day=2026-10-15&amp;period_no=2"
    client.force_login(wang)
    assert offered in client.get(reverse("lessons:new")).content.decode()

    arrange(wang, wang, begins=time(9, 10), ends=time(9, 50), period_no=2)

    assert offered not in client.get(reverse("lessons:new")).content.decode()


def test_the_planner_counts_what_was_heard_and_says_what_is_arranged(
    cast: Cast, zhou: Teacher, wang: Teacher, arrange: Arrange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
    actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    heard = arrange(wang, zhou, on=date(2026, 10, 12))
    arrange(wang, zhou, on=date(2026, 10, 13), title="没有人来听")
    arrange(wang, zhou, on=date(2026, 11, 20), title="还没有上")
    actions.note_listener(heard, zhou, at=MORNING)

    found = plan_of(zhou, cast.school, cast.term, THURSDAY)

    visited = next(one for one in found.visited if one.teacher == wang)
    assert (visited.times, visited.ahead, visited.last_on) == (1, 1, date(2026, 10, 12))


def test_the_file_of_one_teacher_keeps_the_others_unless_said_otherwise(
    client: Client, cast: Cast, zhou: Teacher
) -> None:
    actions.take_timetable(read(cast, zhou, [*WANG, *ZHAO]), by=zhou, at=MORNING)
    part = read(cast, zhou, WANG)
    client.force_login(zhou)

    said = client.get(reverse("lessons:timetable_read", args=[part.uid])).content.decode()

    assert "文件里没有的 1 位老师" in said


def test_the_planner_shows_who_teaches_who_is_free_and_who_was_never_visited(
    cast: Cast, zhou: Teacher, wang: Teacher, arrange: Arrange
) -> None:
    actions.take_timetable(read(cast, zhou, [*WANG, *ZHAO]), by=zhou, at=MORNING)
    arrange(wang, zhou, begins=time(14), ends=time(14, 40))

    second = plan_of(zhou, cast.school, cast.term, THURSDAY).periods[1]

    names = [chance.visited.teacher.name for chance in second.chances]
    assert names == ["赵老师", "王老师"]
    assert second.chances[1].that_day == "公开课"
    assert "李组长" in second.free


def test_a_leader_plans_for_the_own_group_alone(cast: Cast, zhou: Teacher, li: Teacher) -> None:
    actions.take_timetable(read(cast, zhou, [*WANG, *ZHAO]), by=zhou, at=MORNING)

    second = plan_of(li, cast.school, cast.term, THURSDAY).periods[1]

    assert [chance.visited.teacher.name for chance in second.chances] == ["王老师"]
    assert "赵老师" not in second.free


def test_no_lesson_on_a_day_off_and_a_protected_period_is_said(cast: Cast, zhou: Teacher) -> None:
    actions.take_timetable(read(cast, zhou, WANG), by=zhou, at=MORNING)
    actions.set_up(
        cast.school, periods=[(time(8, 20), time(9)), (time(9, 10), time(9, 50))],
        protected=[(4, 2)], visits_often=3, by=zhou, at=MORNING,
    )  # fmt: skip

    plan = plan_of(zhou, cast.school, cast.term, THURSDAY)

    assert [period.protected for period in plan.periods] == [False, True]
    assert plan_of(zhou, cast.school, cast.term, date(2026, 10, 17)).has_timetable is False


def test_the_pages_of_timetable_and_planner(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    client.force_login(zhou)
    file = SimpleUploadedFile("课表.xlsx", workbook([*WANG, ("小王", "周一", 1, "", "数学")]))
    answer = client.post(reverse("lessons:timetable_new"), {"file": file})
    said = client.get(answer["Location"]).content.decode()
    assert "这些名字是谁" in said

    made = Timetable.objects.get()
    client.post(
        reverse("lessons:timetable_names", args=[made.uid]), {"name": "小王", "who-0": wang.pk}
    )
    client.post(reverse("lessons:timetable_take", args=[made.uid]))
    assert Slot.objects.filter(teacher=wang).count() == 3
    with django_assert_max_num_queries(10):
        said = client.get(reverse("lessons:planner"), {"day": "2026-10-15"}).content.decode()
    assert "王老师 · 三（2）班 数学" in said

    client.force_login(wang)
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
    assert (
        "period_no=2&amp;subject=%E6%95%B0" in client.get(reverse("lessons:new")).content.decode()
    )
    assert "三（2）班" in client.get(reverse("lessons:timetable")).content.decode()
    assert client.get(reverse("lessons:planner")).status_code == 404
    assert client.get(reverse("lessons:timetable_read", args=[made.uid])).status_code == 404

"""What stands on the stage of lessons: open ones, a surprise, a series, kinds and a timetable."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from yanxiu.cast import Cast
from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, LessonKind, Timetable
from yanxiu.people.models import Teacher

BESIDES: dict[str, dict[str, str]] = {}
FORMS = {
    "lessons:answer": {"coming": "yes"},
    "lessons:level": {"do": "stands"},
    "lessons:researcher": {"do": "absent"},
    "lessons:uninvite": {"invitation": "公开课的邀请"},
}
HEADS = ("教师", "星期", "节次", "班级", "学科")


def _lesson(
    cast: Cast, by: Teacher, code: str, starts_at: datetime, at: datetime, **more: Any
) -> Lesson:
    return actions.arrange(
        cast.school,
        teacher=cast.people["wang"],
        kind=LessonKind.objects.get(organisation=None, code=code),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=40),
        by=by,
        at=at,
        even_so=True,
        title="分数的初步认识",
        **more,
    )


def _timetable(cast: Cast, at: datetime) -> Timetable:
    columns = [SheetColumn(head) for head in HEADS]
    lines = [("王老师", "周四", 2, "三（2）班", "数学")]
    data = write_workbook([SheetContent("课表", "课表", columns, lines)])
    zhou = cast.people["zhou"]
    return actions.read_timetable(cast.school, cast.term, data, "课表.xlsx", by=zhou, at=at)


def fill(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Let 王老师 give lessons that 李组长 and 周主任 arranged, one of them not told before."""
    del things
    li, wang, zhou, zhao = (cast.people[name] for name in ("li", "wang", "zhou", "zhao"))
    before, day = at - timedelta(days=20), timedelta(days=1)
    coming = _lesson(cast, li, "open_lesson", at + 5 * day, at)
    actions.invite(coming, teachers=[zhao], by=li, at=at)
    given = _lesson(cast, li, "open_lesson", at - 6 * day, before)
    cancelled = _lesson(cast, li, "open_lesson", at + 6 * day, at)
    actions.cancel(cancelled, because="外出学习", by=li, at=at)
    series = actions.start_series(
        cast.school, unit=cast.maths, kind="polishing", title="分数的初步认识磨课",
        starts_on=at.date(), by=li, at=at,
    )  # fmt: skip
    kind = actions.add_kind(
        cast.school, name="青年教师展示课", record_kind="open_lesson", by=zhou, at=at
    )
    taken = _timetable(cast, at)
    return {
        "请了人的公开课": coming,
        "公开课的邀请": coming.invitations.get(),
        "上过的公开课": actions.give(given, by=li, at=at),
        "该确认的公开课": _lesson(cast, li, "open_lesson", at - 5 * day, before),
        "自己写作县级的课": _lesson(cast, wang, "open_lesson", at + 8 * day, at, level="county"),
        "取消的公开课": cancelled,
        "周主任安排的推门课": _lesson(cast, zhou, "push_door_lesson", at + 7 * day, at),
        "数学组的磨课": series,
        "本校的课的类别": kind,
        "自带的课的类别": LessonKind.objects.get(organisation=None, code="open_lesson"),
        "在用的课表": actions.take_timetable(taken, by=zhou, at=at),
        "读好的课表": _timetable(cast, at),
    }

"""What the demo school has of lessons: a timetable, lessons given and to come, and a series."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from yanxiu.config.demo import timetable
from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.people.models import Teacher, Unit

Row = tuple[str, str, str, str, str, int]
"""Kind, title, class, level, subject, and how many days from now."""

GIVEN: tuple[Row, ...] = (
    ("open_lesson", "分数的初步认识", "三（2）班", "school", "数学", 26),
    ("study_lesson", "写一种身边的植物", "四（1）班", "group", "语文", 19),
    ("seminar_lesson", "怎样读懂一段说明文字", "五（1）班", "group", "语文", 12),
    ("display_lesson", "我会问问题", "二（3）班", "school", "英语", 8),
    ("demonstration_lesson", "平行与垂直", "四（2）班", "school", "数学", 5),
)
COMING: tuple[Row, ...] = (
    ("open_lesson", "圆的周长", "六（1）班", "school", "数学", 1),
    ("report_lesson", "写清楚一件小事", "三（1）班", "school", "语文", 4),
)
POLISHED = ("五（2）班", "五（3）班")


def fill(school: School, *, now: datetime) -> None:
    """Set a timetable, arrange lessons of some teachers around `now`, and give the past ones."""
    office = school.posts["research_office"]
    named = _with_teachers(school, (*GIVEN, *COMING))
    groups = [group.unit for group in school.groups if group.unit.subject]
    maths = next((group for group in groups if group.subject == "数学"), groups[0])
    polisher = timetable.members(maths)[-1]
    taught = [(teacher, row[2]) for teacher, row in named]
    timetable.fill(school, [*taught, *((polisher, name) for name in POLISHED)], now=now)
    for teacher, (code, title, class_name, level, _subject, days) in named[: len(GIVEN)]:
        on = _school_day(day_of(now) - timedelta(days=days))
        lesson = _lesson(school, teacher, code, title, class_name, level, on, office, now)
        if lesson:
            actions.give(lesson, by=office, at=now)
    for teacher, (code, title, class_name, level, _subject, days) in named[len(GIVEN) :]:
        on = _school_day(day_of(now) + timedelta(days=days), back=False)
        _lesson(school, teacher, code, title, class_name, level, on, office, now)
    _polishing(school, maths, now)


def _with_teachers(school: School, rows: Iterable[Row]) -> list[tuple[Teacher, Row]]:
    """Return each lesson with who gives it: the members of the group of its subject in turn."""
    turns = {
        group.unit.subject: cycle(group.members[1:4] or group.members) for group in school.groups
    }
    return [(next(turns.get(row[4]) or next(iter(turns.values()))), row) for row in rows]


def _school_day(day: date, *, back: bool = True) -> date:
    while day.isoweekday() > 5:  # noqa: PLR2004 (Friday)
        day += timedelta(days=-1 if back else 1)
    return day


def _lesson(  # noqa: PLR0917 (one line of the tables above)
    school: School,
    teacher: Teacher,
    code: str,
    title: str,
    class_name: str,
    level: str,
    on: date,
    by: Teacher,
    now: datetime,
    **more: Any,
) -> Lesson | None:
    day, number = timetable.period_of(school, teacher, class_name, on)
    times = actions.times_of(school.organisation, day, number)
    if times is None:
        return None
    kind = LessonKind.objects.get(organisation=None, code=code)
    return actions.arrange(
        school.organisation, teacher=teacher, kind=kind, starts_at=times[0], ends_at=times[1],
        by=by, at=now, title=title, class_name=class_name, level=level, period_no=number,
        room=class_name, even_so=True, **more,
    )  # fmt: skip


def _polishing(school: School, group: Unit, now: datetime) -> None:
    """Two trials of one lesson by one teacher of the group."""
    members = timetable.members(group)
    teacher, day = members[-1], day_of(now)
    series = actions.start_series(
        school.organisation, unit=group, kind="polishing", title="“认识方程”磨课",
        purpose="怎样让学生自己说出等号两边为什么一样多。", subject=group.subject,
        starts_on=day - timedelta(days=20), by=members[0], at=now,
    )  # fmt: skip
    for days, class_name in zip((18, 11), POLISHED, strict=True):
        on = _school_day(day - timedelta(days=days))
        lesson = _lesson(
            school, teacher, "trial_lesson", "认识方程", class_name, "group", on, members[0], now,
            series=series,
        )  # fmt: skip
        if lesson:
            actions.give(lesson, by=members[0], at=now)

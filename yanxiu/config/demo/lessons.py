"""What the demo school has of lessons: a timetable, lessons given and to come, and a series."""

from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.lessons import actions
from yanxiu.lessons.models import Lesson, LessonKind, Slot, Timetable
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.terms.queries import term_on

GIVEN = (
    ("open_lesson", "分数的初步认识", "三（2）班", "school", "数学", 26),
    ("study_lesson", "写一种身边的植物", "四（1）班", "group", "语文", 19),
    ("seminar_lesson", "怎样读懂一段说明文字", "五（1）班", "group", "语文", 12),
    ("display_lesson", "我会问问题", "二（3）班", "school", "英语", 8),
    ("demonstration_lesson", "平行与垂直", "四（2）班", "school", "数学", 5),
)
COMING = (
    ("open_lesson", "圆的周长", "六（1）班", "school", "数学", 1),
    ("report_lesson", "写清楚一件小事", "三（1）班", "school", "语文", 4),
)
THIRD = 3
"""The lesson of the day in which they are given."""


def fill(school: School, *, now: datetime) -> None:
    """Arrange lessons of some teachers around `now`, give the past ones, and set a timetable."""
    groups = [group.unit for group in school.groups if group.unit.subject]
    office = school.posts["research_office"]
    turns = {
        group.unit.subject: cycle(group.members[1:4] or group.members) for group in school.groups
    }
    for code, title, class_name, level, subject, days in GIVEN:
        on = _school_day(day_of(now) - timedelta(days=days))
        teacher = next(turns.get(subject) or next(iter(turns.values())))
        lesson = _lesson(school, teacher, code, title, class_name, level, on, office, now)
        if lesson:
            actions.give(lesson, by=office, at=now)
    for code, title, class_name, level, subject, days in COMING:
        on = _school_day(day_of(now) + timedelta(days=days), back=False)
        teacher = next(turns.get(subject) or next(iter(turns.values())))
        _lesson(school, teacher, code, title, class_name, level, on, office, now)
    maths = next((group for group in groups if group.subject == "数学"), groups[0])
    _polishing(school, maths, now)
    _timetable(school, groups, now)


def _members(unit: Unit) -> list[Teacher]:
    seats = Membership.objects.filter(unit=unit, ends_on=None).select_related("teacher")
    return [seat.teacher for seat in seats.order_by("pk")]


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
    times = actions.times_of(school.organisation, on, THIRD)
    if times is None:
        return None
    kind = LessonKind.objects.get(organisation=None, code=code)
    return actions.arrange(
        school.organisation, teacher=teacher, kind=kind, starts_at=times[0], ends_at=times[1],
        by=by, at=now, title=title, class_name=class_name, level=level, period_no=THIRD,
        room=class_name, even_so=True, **more,
    )  # fmt: skip


def _polishing(school: School, group: Unit, now: datetime) -> None:
    """Two trials of one lesson by one teacher of the group."""
    members = _members(group)
    teacher, day = members[-1], day_of(now)
    series = actions.start_series(
        school.organisation, unit=group, kind="polishing", title="“认识方程”磨课",
        purpose="怎样让学生自己说出等号两边为什么一样多。", subject=group.subject,
        starts_on=day - timedelta(days=20), by=members[0], at=now,
    )  # fmt: skip
    for days, class_name in ((18, "五（2）班"), (11, "五（3）班")):
        on = _school_day(day - timedelta(days=days))
        lesson = _lesson(
            school, teacher, "trial_lesson", "认识方程", class_name, "group", on, members[0], now,
            series=series,
        )  # fmt: skip
        if lesson:
            actions.give(lesson, by=members[0], at=now)


def _timetable(school: School, groups: list[Unit], now: datetime) -> None:
    """A timetable of the term, in which every teacher of a group has two lessons a day."""
    term = term_on(school.organisation, day_of(now))
    if term is None:
        return
    table = Timetable.objects.create(
        organisation=school.organisation, term=term, file_name="示例课表.xlsx",
        state=Timetable.State.IN_FORCE, read_at=now, taken_at=moment_at(day_of(now)),
        by_name=school.posts["research_office"].name,
    )  # fmt: skip
    slots: dict[tuple[int, int, int], Slot] = {}
    for group in groups:
        for place, teacher in enumerate(_members(group)):
            for weekday in range(1, 6):
                for period in ((place + weekday) % 6 + 1, (place + weekday + 3) % 6 + 1):
                    slots[teacher.pk, weekday, period] = Slot(
                        timetable=table, teacher=teacher, weekday=weekday, period_no=period,
                        subject=group.subject,
                        class_name=f"{'一二三四五六'[place % 6]}（{place % 3 + 1}）班",
                    )  # fmt: skip
    Slot.objects.bulk_create(slots.values())

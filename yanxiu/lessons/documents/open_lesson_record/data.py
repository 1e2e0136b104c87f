"""What stands on the record of an open lesson."""

from dataclasses import dataclass

from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.sections import PaperPart, paper_parts
from yanxiu.people.models import Teacher
from yanxiu.ui.wording import clock_text, day_text


@dataclass(frozen=True)
class LessonPaper:
    """公开课记录; texts of other apps are as they were written."""

    organisation: str
    kind: str
    title: str
    facts: list[tuple[str, str]]
    listeners: list[tuple[str, str]]
    parts: list[PaperPart]
    signed_by: str
    signed_on: str


def paper_of(lesson: Lesson, reader: Teacher) -> LessonPaper:
    """Return the record of `lesson` as `reader` may see it."""
    given_on = day_of(lesson.given_at) if lesson.given_at else None
    unit = f"{lesson.unit.name}" if lesson.unit else ""
    return LessonPaper(
        organisation=lesson.organisation.name,
        kind=lesson.kind.name,
        title=lesson.name,
        facts=_facts(lesson),
        listeners=[
            (one.teacher.name, "已交听课记录" if one.recorded_at else "")
            for one in lesson.listeners.select_related("teacher")
            if one.recorded_at or one.coming
        ],
        parts=paper_parts(lesson, reader),
        signed_by=f"{lesson.organisation.name}{unit}",
        signed_on=f"{given_on.year}年{given_on.month}月{given_on.day}日" if given_on else "",
    )


def _facts(lesson: Lesson) -> list[tuple[str, str]]:
    day = day_text(day_of(lesson.starts_at), year=True)
    number = f"第{lesson.period_no}节 " if lesson.period_no else ""
    period = f"，第{lesson.period_of_unit}课时" if lesson.period_of_unit else ""
    size = f"，{lesson.class_size}人" if lesson.class_size else ""
    series = lesson.series.title if lesson.series else ""
    facts = [
        ("上课教师", lesson.teacher.name),
        ("课题", lesson.name),
        ("时间", f"{day} {number}{clock_text(lesson.starts_at)}—{clock_text(lesson.ends_at)}"),
        ("地点", lesson.room),
        ("学科", lesson.subject),
        ("班级", f"{lesson.class_name}{size}" if lesson.class_name else ""),
        ("课型", str(lesson.get_lesson_type_display()) if lesson.lesson_type else ""),
        ("教材单元", f"{lesson.textbook_unit}{period}" if lesson.textbook_unit else ""),
        ("级别", lesson.level_text),
        ("所属系列", series),
        ("负责人", lesson.responsible.name if lesson.responsible else ""),
        ("教研员", _researcher(lesson)),
        ("状态", "" if lesson.state == Lesson.State.GIVEN else str(lesson.get_state_display())),
    ]
    return [(name, text) for name, text in facts if text]


def _researcher(lesson: Lesson) -> str:
    if lesson.researcher_came is None:
        return ""
    return f"{lesson.researcher or '教研员'}到场" if lesson.researcher_came else "没有到场"

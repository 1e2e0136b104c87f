"""Series: trials of one lesson, one topic by several teachers, a festival of lessons."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.lessons.actions.arranging import expect, locked
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.permissions import may_change_lesson, may_manage_series, may_see_series
from yanxiu.people.access import holds_at, require
from yanxiu.people.models import Organisation, Teacher, Unit

FACTS = ("kind", "title", "purpose", "subject", "starts_on", "last_on", "activity")


def _checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: facts[name] for name in FACTS if name in facts}
    given["title"] = str(given.get("title", "")).strip()
    if not given["title"]:
        raise BadInput("没有写名称，没有保存。请写一个名称，例如“《分数的初步认识》磨课”。")
    if given.get("last_on") and given["last_on"] < given["starts_on"]:
        raise BadInput("结束日期早于开始日期，没有保存。请核对两个日期。")
    return given


@transaction.atomic
def start_series(
    organisation: Organisation,
    *,
    unit: Unit | None = None,
    by: Teacher,
    at: datetime,
    **facts: Any,
) -> LessonSeries:
    """Set up a series of lessons, of a group or of the whole school.

    Anybody may start one in a group of one's own: polishing a lesson is everyday work. For the
    whole school it is the research office that does.

    Raises:
        NotAllowed: `by` is not in `unit`, or does not manage the lessons of `organisation`.
        BadInput: it has no title, or ends before it starts.
    """
    managed = holds_at(by, "manage_lessons", organisation)
    if not managed and (unit is None or unit.pk not in by.units):
        raise NotAllowed
    series = LessonSeries.objects.create(
        organisation=organisation, unit=unit, made_at=at, made_by_uid=by.uid, **_checked(facts)
    )
    trail.record(by, "lessons.series-started", series, at=at, detail={"title": series.title})
    return series


@transaction.atomic
def change_series(series: LessonSeries, *, by: Teacher, at: datetime, **facts: Any) -> LessonSeries:
    """Put a series right.

    Raises:
        NotAllowed: `by` does not manage it. BadInput: it cannot be meant.
    """
    require(may_manage_series, by, series)
    for name, value in _checked(facts).items():
        setattr(series, name, value)
    series.save()
    trail.record(by, "lessons.series-changed", series, at=at)
    return series


@transaction.atomic
def sum_up_series(
    series: LessonSeries, *, summary: str, ended: bool, by: Teacher, at: datetime
) -> LessonSeries:
    """Keep what was learned from a series, and end it or open it again.

    Raises:
        NotAllowed: `by` does not manage it.
    """
    require(may_manage_series, by, series)
    series.summary = summary.strip()
    series.ended_at = (series.ended_at or at) if ended else None
    series.save(update_fields=["summary", "ended_at"])
    trail.record(by, "lessons.series-summed-up", series, at=at, detail={"ended": ended})
    return series


@transaction.atomic
def put_into_series(
    lesson: Lesson, series: LessonSeries | None, *, by: Teacher, at: datetime
) -> Lesson:
    """Make `lesson` part of `series`, as the next trial of its teacher, or take it out.

    Raises:
        NotAllowed: `by` may not change the lesson, or see the series.
        WrongState: its record is written, which says what it belongs to.
    """
    require(may_change_lesson, by, lesson)
    if series:
        require(may_see_series, by, series)
    lesson = locked(lesson)
    expect(lesson, Lesson.State.PLANNED, remedy="要改动请先点“撤回确认”。")
    lesson.series = series
    lesson.number = (
        1 + series.lessons.filter(teacher=lesson.teacher_id).exclude(pk=lesson.pk).count()
        if series
        else None
    )
    lesson.save(update_fields=["series", "number"])
    detail = {"series": series.title if series else ""}
    trail.record(by, "lessons.put-into-series", lesson, at=at, detail=detail)
    return lesson

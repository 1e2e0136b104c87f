"""Calling a lesson off, and taking that back."""

from datetime import datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.lessons.actions.arranging import (
    State,
    concerned,
    expect,
    locked,
    refuse_clash,
    tell,
)
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_change_lesson
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def cancel(lesson: Lesson, *, because: str, by: Teacher, at: datetime) -> Lesson:
    """Call a lesson off and tell whoever has it in the calendar.

    Raises:
        NotAllowed: `by` does not manage it, and it is somebody else's.
        BadInput: there is no reason.
        WrongState: it was given or called off before.
    """
    require(may_change_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.PLANNED, remedy="已经确认上过的，请先点“撤回确认”。")
    if not because.strip():
        raise BadInput("没有写原因，没有取消。请用一句话告诉准备来听课的人。")
    lesson.state, lesson.cancelled_because = State.CANCELLED, because.strip()[:200]
    lesson.save(update_fields=["state", "cancelled_because"])
    tell(concerned(lesson), lesson, f"课已取消：{lesson.name}", by=by, at=at, text=because.strip())
    agenda.end_occasion(source_of(lesson), Occasion.State.CANCELLED, at=at)
    trail.record(by, "lessons.cancelled", lesson, at=at, detail={"reason": because})
    return lesson


@transaction.atomic
def restore(lesson: Lesson, *, by: Teacher, at: datetime) -> Lesson:
    """Take a cancellation back; it is in the calendars again as it was.

    Raises:
        NotAllowed: `by` does not manage it, and it is somebody else's.
        WrongState: it was not called off.
        TeacherBusy: there is another lesson at the time now.
    """
    require(may_change_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.CANCELLED, remedy="没有取消过，不必恢复。")
    refuse_clash(lesson, by, even_so=True, leave_out=lesson.pk)
    lesson.state, lesson.cancelled_because = State.PLANNED, ""
    lesson.save(update_fields=["state", "cancelled_because"])
    agenda.end_occasion(source_of(lesson), Occasion.State.PLANNED, at=at)
    tell(concerned(lesson), lesson, f"课照常上：{lesson.name}", by=by, at=at)
    trail.record(by, "lessons.restored", lesson, at=at)
    return lesson

"""Checking at which level a lesson was organised, where that is above the school."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.lessons.actions.arranging import expect, locked, tell
from yanxiu.lessons.actions.recorded import LEVEL_CHECKED, write_where_own_word_waits
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_check_level
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

State = Lesson.State


@transaction.atomic
def check_level(lesson: Lesson, *, stands: bool, by: Teacher, at: datetime) -> Lesson:
    """Say that `lesson` was organised at the level its teacher wrote, or that the school did.

    The record of its teacher waited for this and is written anew. A level checked before stays.

    Args:
        lesson: one whose level is above the school.
        stands: the level is right; else the lesson counts as one of the school.
        by: who has seen the proof.
        at: when, aware.

    Raises:
        NotAllowed: `by` checks no levels there, or gives the lesson.
        WrongState: it was called off.
    """
    require(may_check_level, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.PLANNED, State.GIVEN, remedy="取消了的课不必核对。")
    if lesson.level_stands:
        return lesson
    claimed = lesson.level
    if stands:
        lesson.level_confirmed_at, lesson.level_confirmed_by_name = at, by.name
    else:
        lesson.level = Lesson.Level.SCHOOL
        tell([lesson.teacher], lesson, f"级别改为校级：{lesson.name}", by=by, at=at)
    lesson.save(update_fields=["level", "level_confirmed_at", "level_confirmed_by_name"])
    if lesson.state == State.GIVEN:
        write_where_own_word_waits(lesson, because=LEVEL_CHECKED, by=by, at=at)
    detail = {"level": claimed, "stands": stands}
    trail.record(by, "lessons.level-checked", lesson, at=at, detail=detail)
    return lesson

"""What happens when a lesson has been given: the record, the listeners, and taking it back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.lessons.actions.arranging import arrange, expect, locked, tell
from yanxiu.lessons.actions.recorded import (
    SEEN,
    refuse_recognised_above,
    standing,
    withdraw,
    write,
    write_where_own_word_waits,
)
from yanxiu.lessons.models import Lesson, LessonKind, Listener
from yanxiu.lessons.permissions import may_change_lesson, may_manage_lesson, may_see_lesson
from yanxiu.lessons.refusals import NotOver
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Organisation, Teacher

State = Lesson.State


@transaction.atomic
def give(
    lesson: Lesson,
    *,
    by: Teacher,
    at: datetime,
    researcher_came: bool | None = None,
    researcher: str = "",
) -> Lesson:
    """Say that a lesson was given; this counts it and writes the record of its teacher, once.

    Nothing happens by silence: a lesson that nobody confirms counts nowhere. A lesson confirmed
    before keeps what it has.

    Raises:
        NotAllowed: `by` neither gives nor manages it.
        NotOver: it has not begun yet.
        WrongState: it was called off.
    """
    require(may_change_lesson, by, lesson)
    lesson = _give(locked(lesson), by, at)
    if researcher_came is not None:
        lesson.researcher_came, lesson.researcher = researcher_came, researcher.strip()[:40]
        lesson.save(update_fields=["researcher_came", "researcher"])
    return lesson


def _give(lesson: Lesson, by: Teacher, at: datetime) -> Lesson:
    if lesson.state == State.GIVEN:
        write_where_own_word_waits(lesson, because=SEEN, by=by, at=at)
        return lesson
    expect(lesson, State.PLANNED, remedy="取消了的课请先点“恢复”。")
    if lesson.starts_at > at:
        raise NotOver(lesson.starts_at)
    lesson.state, lesson.given_at, lesson.given_by_name = State.GIVEN, at, by.name
    lesson.save()
    agenda.end_occasion(source_of(lesson), Occasion.State.HELD, at=at)
    write(lesson, by=by, at=at)
    if not lesson.announced:
        tell([lesson.teacher], lesson, f"听了您的课：{lesson.name}", by=by, at=at)
    trail.record(by, "lessons.given", lesson, at=at)
    return lesson


@transaction.atomic
def take_back(lesson: Lesson, *, because: str, by: Teacher, at: datetime) -> Lesson:
    """Withdraw that a lesson was given; its records are withdrawn too.

    Raises:
        NotAllowed: `by` neither gives nor manages it.
        BadInput: there is no reason.
        WrongState: nobody had said that it was given.
        RecordConfirmed: its record was recognised above the school.
    """
    require(may_change_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.GIVEN, remedy="还没有确认上过，不必撤回。")
    if not because.strip():
        raise BadInput("没有写原因，没有撤回。请用一句话写明为什么。")
    refuse_recognised_above(lesson, "没有撤回")
    withdraw(standing(lesson), because=because.strip(), by=by, at=at)
    lesson.state, lesson.given_at, lesson.given_by_name = State.PLANNED, None, ""
    lesson.save(update_fields=["state", "given_at", "given_by_name"])
    agenda.end_occasion(source_of(lesson), Occasion.State.PLANNED, at=at)
    trail.record(by, "lessons.taken-back", lesson, at=at, detail={"reason": because})
    return lesson


@transaction.atomic
def on_the_spot(
    organisation: Organisation,
    *,
    teacher: Teacher,
    kind: LessonKind,
    starts_at: datetime,
    ends_at: datetime,
    by: Teacher,
    at: datetime,
    **facts: Any,
) -> Lesson:
    """Return the lesson that `teacher` gives at the time: the one already known, or a new one.

    For somebody who has come in to listen: two who sit in the same lesson write about one lesson.

    Raises:
        NotAllowed: `by` may not have this teacher watched.
        BadInput: the times cannot be meant.
        NoSuchPerson: the teacher does not work there on the day.
    """
    # Two who walk in at the same moment find one lesson, not two.
    Teacher.objects.select_for_update(of=("self",)).get(pk=teacher.pk)
    rows = Lesson.objects.filter(
        teacher=teacher,
        organisation=organisation,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    ).exclude(state=State.CANCELLED)
    if starts_at > at or by.pk == teacher.pk:
        # Nobody finds out by asking whether somebody will come unannounced.
        rows = allowed(may_see_lesson, by, rows)
    # Else whoever sits in the room knows of the lesson, be it hidden before or not open to all.
    known = rows.select_related("kind", "teacher", "organisation").first()
    if known:
        Listener.objects.get_or_create(lesson=known, teacher=by)
        return known
    lesson = arrange(
        organisation,
        teacher=teacher,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        by=by,
        at=at,
        even_so=True,
        **facts,
    )
    Listener.objects.get_or_create(lesson=lesson, teacher=by)
    return lesson


@transaction.atomic
def note_listener(lesson: Lesson, teacher: Teacher, *, at: datetime) -> Listener:
    """Keep that `teacher` handed in an observation of `lesson`.

    Called by observation in its own deed. The lesson has then been given: who heard it says so.
    """
    lesson = locked(lesson)
    found, _fresh = Listener.objects.get_or_create(lesson=lesson, teacher=teacher)
    if found.recorded_at is None:
        found.recorded_at = at
        found.save(update_fields=["recorded_at"])
    if lesson.state != State.CANCELLED and lesson.starts_at <= at:
        _give(lesson, teacher, at)
    return found


@transaction.atomic
def forget_listener(lesson: Lesson, teacher: Teacher, *, at: datetime) -> None:
    """Take back that `teacher` handed in an observation; that the lesson was given stays."""
    del at
    Listener.objects.filter(lesson=lesson, teacher=teacher).update(recorded_at=None)


@transaction.atomic
def note_researcher(
    lesson: Lesson, *, came: bool | None, name: str, by: Teacher, at: datetime
) -> Lesson:
    """Keep whether the researcher who was asked for came, and who it was.

    Raises:
        NotAllowed: `by` does not manage the lesson.
    """
    require(may_manage_lesson, by, lesson)
    lesson = locked(lesson)
    lesson.researcher_came, lesson.researcher = came, name.strip()[:40]
    lesson.save(update_fields=["researcher_came", "researcher"])
    trail.record(by, "lessons.researcher-noted", lesson, at=at, detail={"came": came})
    return lesson

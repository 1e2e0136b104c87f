"""Asking people, groups and schools to a lesson, and saying whether one comes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Attendee
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.lessons.actions.arranging import expect, locked, tell
from yanxiu.lessons.models import Invitation, Lesson, Listener
from yanxiu.lessons.permissions import may_answer_lesson, may_change_lesson, may_manage_lesson
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Membership, Organisation, Teacher, Unit

State = Lesson.State


@transaction.atomic
def invite(
    lesson: Lesson,
    *,
    teachers: Sequence[Teacher] = (),
    units: Sequence[Unit] = (),
    organisations: Sequence[Organisation] = (),
    by: Teacher,
    at: datetime,
) -> int:
    """Ask persons, groups and other schools to come; who was asked before is not asked again.

    Persons and members of groups find it in their calendar; another school finds it among the
    lessons that are open to it, and its research office is told. A surprise has no guests from
    other groups or schools: only persons are asked, and never its own teacher.

    Returns:
        To how many it was sent.

    Raises:
        NotAllowed: `by` may not change the lesson, or asks a group to a surprise.
        WrongState: it was given or called off.
    """
    require(may_change_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.PLANNED, remedy="上过或取消的课不用再邀请。")
    if not lesson.announced and (units or organisations):
        raise BadInput("不预先通知的课只能请个人来听，没有邀请。请改选个人。")
    standing = Invitation.objects.filter(lesson=lesson)
    asked = {(row.teacher_id, row.unit_id, row.organisation_id) for row in standing}
    new = [
        *(Invitation(lesson=lesson, teacher=each) for each in teachers),
        *(Invitation(lesson=lesson, unit=each) for each in units),
        *(Invitation(lesson=lesson, organisation=each) for each in organisations),
    ]
    new = [
        row
        for row in new
        if (row.teacher_id, row.unit_id, row.organisation_id) not in asked
        and row.teacher_id != lesson.teacher_id
    ]
    Invitation.objects.bulk_create(new)
    _ask(lesson, new, by, at)
    names = [str(row.teacher or row.unit or row.organisation) for row in new]
    trail.record(by, "lessons.invited", lesson, at=at, detail={"asked": names})
    return len(new)


def _ask(lesson: Lesson, new: Sequence[Invitation], by: Teacher, at: datetime) -> None:
    """Put the lesson into the calendars of those asked by name or group, and tell all of them."""
    day = day_of(lesson.starts_at)
    people = {row.teacher for row in new if row.teacher}
    members = Membership.objects.on(day).filter(unit__in=[row.unit_id for row in new if row.unit])
    people |= {seat.teacher for seat in members.select_related("teacher")}
    people -= {lesson.teacher}
    agenda.invite(source_of(lesson), people)
    told = set(people)
    for row in new:
        if row.organisation:
            told |= set(teachers_holding("manage_lessons", row.organisation, day))
    words = f"请您听课：{lesson.teacher.name}《{lesson.name}》"
    tell(told, lesson, words, by=by, at=at, kind="request")


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Teacher, at: datetime) -> None:
    """Take back an invitation; who said to come still may.

    Raises:
        NotAllowed: `by` may not change the lesson.
        WrongState: the lesson was given or called off.
    """
    require(may_change_lesson, by, invitation.lesson)
    lesson = locked(invitation.lesson)
    expect(lesson, State.PLANNED, remedy="邀请留作记录。")
    invitation.delete()
    kept = set(
        Listener.objects.filter(lesson=lesson, coming=True).values_list("teacher_id", flat=True)
    )
    still = Invitation.objects.filter(lesson=lesson)
    kept |= set(still.exclude(teacher=None).values_list("teacher_id", flat=True))
    groups = still.exclude(unit=None).values("unit")
    kept |= set(
        Membership.objects.on(day_of(lesson.starts_at))
        .filter(unit__in=groups)
        .values_list("teacher_id", flat=True)
    )
    if lesson.announced:
        kept.add(lesson.teacher_id)
    Attendee.objects.filter(
        occasion__source_kind=Lesson.SOURCE_KIND, occasion__source_id=lesson.uid
    ).exclude(teacher__in=kept).delete()
    trail.record(by, "lessons.invitation-withdrawn", lesson, at=at)


@transaction.atomic
def answer(lesson: Lesson, *, coming: bool, by: Teacher, at: datetime) -> Listener:
    """Say whether one comes to listen; it goes into the own calendar, or out of it.

    Raises:
        NotAllowed: `by` may not see the lesson, or gives it.
        WrongState: it was given or called off.
    """
    require(may_answer_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.PLANNED, remedy="不用再答复。")
    found, _fresh = Listener.objects.get_or_create(lesson=lesson, teacher=by)
    found.coming, found.answered_at = coming, at
    found.save(update_fields=["coming", "answered_at"])
    if coming:
        agenda.invite(source_of(lesson), [by])
    else:
        Attendee.objects.filter(
            occasion__source_kind=Lesson.SOURCE_KIND,
            occasion__source_id=lesson.uid,
            teacher=by,
        ).delete()
    return found


@transaction.atomic
def request_researcher(lesson: Lesson, *, by: Teacher, at: datetime) -> Lesson:
    """Ask the school above for a researcher to come; those who see its lessons are told.

    Raises:
        NotAllowed: `by` does not manage the lesson.
        WrongState: it was given or called off.
        BadInput: there is nobody above to ask.
    """
    require(may_manage_lesson, by, lesson)
    lesson = locked(lesson)
    expect(lesson, State.PLANNED, remedy="不用再请。")
    if not lesson.announced:
        raise NotAllowed
    above = Organisation.objects.filter(pk__in=lesson.organisation.lineage[:-1])
    day = day_of(lesson.starts_at)
    people = {one for each in above for one in teachers_holding("see_lessons", each, day)}
    if not people:
        raise BadInput("上级单位在系统里还没有教研员，没有发出。请直接联系，到场后在这里登记。")
    lesson.researcher_requested = True
    lesson.save(update_fields=["researcher_requested"])
    words = f"{lesson.organisation.name}请教研员听课：{lesson.name}"
    tell(people, lesson, words, by=by, at=at, kind="request")
    trail.record(by, "lessons.researcher-requested", lesson, at=at)
    return lesson

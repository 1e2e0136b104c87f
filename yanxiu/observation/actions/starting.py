"""Beginning an observation: of a lesson that was arranged, or of one that somebody walks into."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.observation.actions.keeping import HAND_IN
from yanxiu.observation.models import AppraisalNotice, Observation, RubricVersion
from yanxiu.observation.permissions import may_appraise_lesson, may_observe_lesson
from yanxiu.observation.queries.rubrics import proposed
from yanxiu.observation.queries.settings import setting_of
from yanxiu.observation.refusals import LessonCancelled, NotAnnounced
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Organisation, Teacher

Kind = Observation.Kind
Purpose = Observation.Purpose

USUAL = {
    "push_door_lesson": Kind.PUSH_DOOR,
    "routine_lesson": Kind.DAILY,
    "mentoring_lesson": Kind.MENTORING,
    "trial_lesson": Kind.FOLLOW_UP,
    "report_lesson": Kind.REPORT,
    "video_lesson": Kind.ONLINE,
}
"""How a lesson of a kind is usually listened to; every other lesson is open."""

LESSON_KIND = {
    Kind.PUSH_DOOR: "push_door_lesson",
    Kind.MENTORING: "mentoring_lesson",
    Kind.OPEN: "open_lesson",
    Kind.REPORT: "report_lesson",
    Kind.ONLINE: "video_lesson",
}
"""What kind of lesson it is that somebody hears in this way, if nobody arranged it."""


@transaction.atomic
def start(
    lesson: Lesson,
    *,
    by: Teacher,
    at: datetime,
    kind: str = "",
    purpose: str = Purpose.GROWTH,
    rubric: RubricVersion | None = None,
    uid: UUID | None = None,
) -> Observation:
    """Begin to observe `lesson`, or return the observation that was begun before.

    Args:
        lesson: the lesson, planned or given.
        by: the observer.
        at: when, aware.
        kind: how one listens; without it as is usual for the kind of lesson.
        purpose: growth, or appraisal where that was announced before the lesson.
        rubric: which form; without it the one proposed for the kind and subject.
        uid: the key that a device has given it offline.

    Raises:
        NotAllowed: the observer gives the lesson, or may not see it.
        LessonCancelled: it does not take place.
        NotAnnounced: it is for appraisal and the teacher was not told before.
    """
    # Who taps twice begins once.
    Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    standing = Observation.objects.filter(lesson=lesson, observer=by).first()
    if standing:
        return standing
    require(may_observe_lesson, by, lesson)
    return _begin(lesson, by=by, at=at, kind=kind, purpose=purpose, rubric=rubric, uid=uid)


def _begin(
    lesson: Lesson,
    *,
    by: Teacher,
    at: datetime,
    kind: str,
    purpose: str,
    rubric: RubricVersion | None,
    uid: UUID | None,
) -> Observation:
    if lesson.state == Lesson.State.CANCELLED:
        raise LessonCancelled
    if purpose == Purpose.APPRAISAL:
        require(may_appraise_lesson, by, lesson)
        told = AppraisalNotice.objects.filter(lesson=lesson).first()
        if told is None or told.told_at > lesson.starts_at:
            raise NotAnnounced
    if rubric is None:
        rubric = proposed(lesson)
    observation = Observation(
        lesson=lesson,
        observer=by,
        organisation=_home(by, lesson),
        kind=kind or USUAL.get(lesson.kind.code, Kind.OPEN),
        purpose=purpose,
        rubric=rubric,
        pupils=lesson.class_size,
        began_at=at,
        changed_at=at,
    )
    if uid:
        observation.uid = uid
    observation.save(force_insert=True)
    _remind(observation, at)
    trail.record(by, "observation.started", observation, at=at)
    return observation


def _remind(observation: Observation, at: datetime) -> None:
    """Remind the observer alone to hand in; who hands in or drops it owes nothing more."""
    days = setting_of(observation.organisation).hand_in_days
    agenda.assign_task(
        source_of(observation),
        [observation.observer],
        kind=HAND_IN,
        title=f"交听课记录：{observation.lesson.name}"[:120],
        due_on=max(day_of(observation.lesson.starts_at), day_of(at)) + timedelta(days=days),
        organisation=observation.organisation,
        at=at,
    )


def _home(observer: Teacher, lesson: Lesson) -> Organisation:
    """The school whose record it is: the lesson's, if the observer works there, else the own."""
    homes = [post.organisation for post in observer.posts_today]
    for home in homes:
        if home.pk == lesson.organisation_id:
            return lesson.organisation
    return homes[0] if homes else lesson.organisation


@transaction.atomic
def start_on_the_spot(
    organisation: Organisation,
    *,
    teacher: Teacher,
    starts_at: datetime,
    ends_at: datetime,
    by: Teacher,
    at: datetime,
    lesson_kind: str = "push_door_lesson",
    kind: str = "",
    rubric: RubricVersion | None = None,
    uid: UUID | None = None,
    **facts: Any,
) -> Observation:
    """Begin to observe the lesson that one has just walked into, at which nobody had arranged it.

    Two who sit in the same lesson write about one lesson, and a device that sends the same
    beginning twice begins once.

    Args:
        organisation: the school of the teacher.
        teacher: who gives the lesson.
        starts_at: when it began.
        ends_at: when it ends.
        by: the observer.
        at: when it arrived, aware.
        lesson_kind: the code of the kind of lesson.
        kind: how one listens; without it as is usual for the kind.
        rubric: the form of the sheet that a device had; without it the one proposed.
        uid: the key that the device has given the observation.
        facts: subject, class_name, title, room, period_no … of the lesson.

    Raises:
        NotAllowed: `by` may not hear this teacher, or is the teacher.
        BadInput, NoSuchPerson: as lessons refuse it.
    """
    if uid and (known := Observation.objects.filter(uid=uid).first()):
        if known.observer_id != by.pk:
            raise NotAllowed
        return known
    if teacher.pk == by.pk:
        raise NotAllowed("自己的课不用听课记录，没有新建。上课后的想法可以写反思或述课表。")
    lesson = lessons.on_the_spot(
        organisation,
        teacher=teacher,
        kind=LessonKind.objects.get(organisation=None, code=lesson_kind),
        starts_at=starts_at,
        ends_at=ends_at,
        by=by,
        at=at,
        **facts,
    )
    standing = Observation.objects.filter(lesson=lesson, observer=by).first()
    return standing or _begin(
        lesson, by=by, at=at, kind=kind, purpose=Purpose.GROWTH, rubric=rubric, uid=uid
    )

"""Courses given elsewhere, who is sent, and what the school asks for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanxiu.activities.models import Tag
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.training.actions.applying import lock_course, owe_report
from yanxiu.training.actions.entering import make_course
from yanxiu.training.models import OutsideCourse, OutsideTraining, TrainingSetting
from yanxiu.training.permissions import may_manage_course
from yanxiu.training.queries.audiences import people_of
from yanxiu.training.queries.settings import setting_of

JOIN_COURSE = "join_course"
"""The task of those who must go to a compulsory course."""

SWITCHES = (
    "self_report", "reference_required", "proof_required", "automatic", "report_days",
    "self_study_hours",
)  # fmt: skip


@transaction.atomic
def save_setting(
    organisation: Organisation, values: Mapping[str, Any], *, by: Teacher, at: datetime
) -> TrainingSetting:
    """Keep what `organisation`, and all below it without a setting of its own, asks for.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
    """
    require_right(by, "manage_sessions", organisation)
    setting, _fresh = TrainingSetting.objects.get_or_create(organisation=organisation)
    for name in SWITCHES:
        setattr(setting, name, values[name])
    setting.save()
    detail = {name: str(values[name]) for name in SWITCHES}
    trail.record(by, "training.setting-saved", setting, at=at, detail=detail)
    return setting


@transaction.atomic
def enter_course(
    organisation: Organisation,
    facts: Mapping[str, Any],
    *,
    by: Teacher,
    at: datetime,
    audience: str = "",
    demand: str = "",
    due_on: date | None = None,
) -> OutsideCourse:
    """Enter a course for the school; with an `audience` it is compulsory for those people.

    They are told, and owe it until it is reported.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: see `make_course`.
    """
    require_right(by, "manage_sessions", organisation)
    course = make_course(organisation, facts, by=by, at=at)
    if audience:
        _demand(course, audience, demand, due_on=due_on or course.last_on, at=at)
    return course


@transaction.atomic
def change_course(
    course: OutsideCourse,
    *,
    hours: Decimal,
    tags: Sequence[Tag],
    audience: str,
    demand: str,
    due_on: date | None,
    by: Teacher,
    at: datetime,
) -> OutsideCourse:
    """Correct hours and tags, and say for whom the course is compulsory; "" for nobody.

    Who need not go any more owes it no longer.

    Raises:
        NotAllowed: `by` does not manage the sessions of its organisation.
    """
    require(may_manage_course, by, course)
    course.hours = hours
    course.is_compulsory = bool(audience)
    course.audience, course.demand, course.due_on = audience, demand.strip(), due_on
    course.save()
    course.tags.set(tags)
    if audience:
        _demand(course, audience, demand, due_on=due_on or course.last_on, at=at)
    else:
        agenda.ask_no_others(source_of(course), [], kind=JOIN_COURSE, at=at)
    trail.record(by, "training.course-changed", course, at=at, detail={"audience": audience})
    return course


def _demand(
    course: OutsideCourse, audience: str, demand: str, *, due_on: date, at: datetime
) -> None:
    """Make the course compulsory: who has not been there owes it, and nobody else."""
    course.is_compulsory, course.audience = True, audience
    course.demand, course.due_on = demand.strip(), due_on
    course.save(update_fields=["is_compulsory", "audience", "demand", "due_on"])
    _ask_audience(course, due_on, at)


def keep_demanding(at: datetime) -> None:
    """Ask those whom compulsory courses are for by today: an audience is read on the day.

    Who has entered a tier or a group since owes the course as the others do, until it is over; who
    has left it owes it no longer.
    """
    courses = OutsideCourse.objects.select_related("organisation").filter(
        is_compulsory=True, last_on__gte=day_of(at)
    )
    for course in courses.exclude(audience="").order_by("pk"):
        with transaction.atomic():
            _ask_audience(course, course.due_on or course.last_on, at)


def _ask_audience(course: OutsideCourse, due_on: date, at: datetime) -> None:
    source = source_of(course)
    people = people_of(course.organisation, course.audience, day_of(at))
    owed = agenda.ask_no_others(source, people, kind=JOIN_COURSE, at=at)
    been = course.trainings.exclude(state=OutsideTraining.State.WITHDRAWN).values("teacher")
    agenda.ask_again(
        source,
        people.filter(Q(pk__in=owed) | ~Q(pk__in=been)),
        kind=JOIN_COURSE,
        title=f"参加培训：{course.title}"[:120],
        due_on=due_on,
        organisation=course.organisation,
        at=at,
    )


@transaction.atomic
def send(
    course: OutsideCourse, teachers: Iterable[Teacher], *, by: Teacher, at: datetime
) -> list[OutsideTraining]:
    """Send people to a course: they need not apply; who is on the list already stays as it is.

    Raises:
        NotAllowed: `by` does not manage the sessions of the course's organisation.
        BadInput: nobody was chosen.
    """
    require(may_manage_course, by, course)
    lock_course(course)
    known = set(
        course.trainings.exclude(state=OutsideTraining.State.WITHDRAWN).values_list(
            "teacher_id", flat=True
        )
    )
    chosen = {teacher.pk: teacher for teacher in teachers if teacher.pk not in known}
    if not chosen:
        raise BadInput("选中的老师都已在名单里，没有改动。请选还没有列入的老师。")
    made = [
        OutsideTraining.objects.create(
            course=course,
            teacher=teacher,
            organisation=course.organisation,
            state=OutsideTraining.State.APPROVED,
            applied_at=at,
            decided_at=at,
            decided_by_name=by.name,
        )
        for teacher in chosen.values()
    ]
    days = setting_of(course.organisation).report_days
    for training in made:
        owe_report(training, days, at)
        notify(
            [training.teacher] if training.teacher_id != by.pk else [],
            kind="decision",
            title=f"学校派您参加：{course.title}",
            source=source_of(training),
            organisation=course.organisation,
            at=at,
        )
    names = sorted(str(teacher.uid) for teacher in chosen.values())
    trail.record(by, "training.people-sent", course, at=at, detail={"teachers": names})
    return made

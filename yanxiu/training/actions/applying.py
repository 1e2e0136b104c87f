"""Applying for outside training, and telling of one that was attended without."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.told import LONGEST, refuse_twice
from yanxiu.training.actions.entering import make_course
from yanxiu.training.models import OutsideCourse, OutsideTraining
from yanxiu.training.permissions import may_change_training, may_see_course
from yanxiu.training.queries.settings import office, setting_of
from yanxiu.training.refusals import CourseTaken, NoSelfReport, WrongState

REPORT_BACK = "report_back"
REPORT_AGAIN = "report_back_again"
"""The tasks of who went: to report back, and to do it again after the report was returned."""

APPROVE = "approve_training"
RECOGNISE = "recognise_training"
"""The tasks of those who decide: about an application, and about a report."""

State = OutsideTraining.State


def locked(training: OutsideTraining) -> OutsideTraining:
    """Return `training` read again under an exclusive lock."""
    return (
        OutsideTraining.objects.select_for_update(of=("self",))
        .select_related("course", "teacher", "organisation")
        .get(pk=training.pk)
    )


def lock_course(course: OutsideCourse) -> None:
    """Let nobody else put people on the list of `course` until the transaction ends."""
    OutsideCourse.objects.select_for_update(of=("self",)).get(pk=course.pk)


def expect(training: OutsideTraining, *states: str, remedy: str) -> None:
    """Make sure that the training is in one of `states`.

    Raises:
        WrongState: it is not; `remedy` says what can be done.
    """
    if training.state not in states:
        raise WrongState(str(training.get_state_display()), remedy)


def owe_report(training: OutsideTraining, days: int, at: datetime, kind: str = "") -> None:
    """Remind who goes to report back within `days` of the end."""
    course = training.course
    agenda.assign_task(
        source_of(training),
        [training.teacher],
        kind=kind or REPORT_BACK,
        title=f"交培训汇报：{course.title}"[:120],
        due_on=max(course.last_on, day_of(at)) + timedelta(days=days),
        organisation=training.organisation,
        at=at,
    )


def end_report_tasks(training: OutsideTraining, at: datetime, state: str = Task.State.DONE) -> None:
    """End what who went owes about the training."""
    for kind in (REPORT_BACK, REPORT_AGAIN):
        agenda.finish_tasks(source_of(training), kind=kind, at=at, state=state)


def _course(
    organisation: Organisation,
    course: OutsideCourse | None,
    facts: Mapping[str, Any] | None,
    *,
    by: Teacher,
    at: datetime,
) -> OutsideCourse:
    if course is None:
        if facts is None:
            raise BadInput("没有选课程，也没有写课程，没有提交。请选一个或新写一个。")
        return make_course(organisation, facts, by=by, at=at)
    require(may_see_course, by, course)
    return course


def _refuse_twice(course: OutsideCourse, teacher: Teacher, why: str) -> str:
    """Refuse a second way through one course; return in what it differs from what is alike."""
    lock_course(course)
    standing = course.trainings.filter(teacher=teacher).exclude(state=State.WITHDRAWN)
    if standing.exists():
        raise CourseTaken(teacher.name)
    found = refuse_twice(teacher, course.title, course.starts_on, course.last_on, why)
    return why.strip()[:LONGEST] if found else ""


@transaction.atomic
def apply(
    organisation: Organisation,
    *,
    course: OutsideCourse | None = None,
    facts: Mapping[str, Any] | None = None,
    purpose: str,
    cost: Decimal | None = None,
    budget_line: str = "",
    not_the_same: str = "",
    by: Teacher,
    at: datetime,
) -> OutsideTraining:
    """Apply for oneself to go to a course that is known, or that `facts` describe.

    The course is entered once: who applies for the same title and day joins the same course.

    Args:
        organisation: the school that decides.
        course: a course entered before, else None.
        facts: title, organiser, level, starts_on, last_on, place, hours … of a new one.
        purpose: what the person wants to learn there, in one sentence.
        cost: in yuan, if any.
        budget_line: out of what it is to be paid, if known.
        not_the_same: in what it differs from something alike that was told of before.
        by: who applies.
        at: when, aware.

    Raises:
        BadInput: no purpose, or a course that cannot be meant.
        CourseTaken: the person is on its list already.
        ToldBefore: it looks like something told of before, and nothing says in what it differs.
    """
    if not purpose.strip():
        raise BadInput("没有写想解决什么问题，没有提交。请用一句话写明，审批的人才好决定。")
    found = _course(organisation, course, facts, by=by, at=at)
    differs = _refuse_twice(found, by, not_the_same)
    training = OutsideTraining.objects.create(
        course=found,
        teacher=by,
        organisation=organisation,
        not_the_same=differs,
        purpose=purpose.strip(),
        cost=cost,
        budget_line=budget_line.strip(),
        applied_at=at,
    )
    trail.record(by, "training.applied", training, at=at)
    _tell_office(training, f"{by.name}申请外出培训：{found.title}", by, at)
    return training


def ask_to_decide(
    training: OutsideTraining,
    people: list[Teacher],
    kind: str,
    title: str,
    at: datetime,
    *,
    due_on: date | None = None,
) -> None:
    """Put the decision on the list of each of `people`; what one decides, nobody owes any more."""
    source = source_of(training)
    agenda.assign_task(
        source, people, kind=kind, title=title[:120], due_on=due_on,
        organisation=training.organisation, at=at,
    )  # fmt: skip
    agenda.reopen_tasks(source, kind=kind)
    if due_on:
        # A task of an earlier round keeps no day that has passed.
        Task.objects.filter(
            source_kind=source.kind, source_id=source.uid, kind=kind, state=Task.State.OPEN
        ).update(due_on=due_on)


def decided(training: OutsideTraining, kind: str, at: datetime) -> None:
    """End the tasks `kind` of those who decide about `training`."""
    agenda.finish_tasks(source_of(training), kind=kind, at=at)


def _tell_office(training: OutsideTraining, title: str, by: Teacher, at: datetime) -> None:
    people = [each for each in office(training.organisation, day_of(at)) if each.pk != by.pk]
    asked = f"审批外出培训：{by.name} · {training.course.title}"
    ask_to_decide(training, people, APPROVE, asked, at)
    notify(
        people,
        kind="request",
        title=title,
        source=source_of(training),
        organisation=training.organisation,
        at=at,
    )


@transaction.atomic
def apply_again(
    training: OutsideTraining,
    *,
    purpose: str,
    cost: Decimal | None,
    budget_line: str,
    by: Teacher,
    at: datetime,
) -> OutsideTraining:
    """Hand a returned application in again, with what was asked for put right.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: it was not returned.
    """
    require(may_change_training, by, training)
    training = locked(training)
    expect(training, State.RETURNED, remedy="只有退回的申请可以改了再交。")
    training.purpose = purpose.strip() or training.purpose
    training.cost, training.budget_line = cost, budget_line.strip()
    training.state, training.returned_because = State.APPLIED, ""
    training.save()
    trail.record(by, "training.applied-again", training, at=at)
    _tell_office(training, f"{by.name}改好后再次申请：{training.course.title}", by, at)
    return training


@transaction.atomic
def declare(
    organisation: Organisation,
    *,
    course: OutsideCourse | None = None,
    facts: Mapping[str, Any] | None = None,
    not_the_same: str = "",
    by: Teacher,
    at: datetime,
) -> OutsideTraining:
    """Tell of a training that was attended without an application, so that it can be reported.

    Raises:
        NoSelfReport: the school does not allow it.
        BadInput: it is not over yet, or cannot be meant.
        CourseTaken: the person is on its list already.
        ToldBefore: it looks like something told of before, and nothing says in what it differs.
    """
    if not setting_of(organisation).self_report:
        raise NoSelfReport
    found = _course(organisation, course, facts, by=by, at=at)
    if found.last_on > day_of(at):
        raise BadInput("这个培训还没有结束，不能补报，没有保存。还没去的请用“申请”。")
    differs = _refuse_twice(found, by, not_the_same)
    training = OutsideTraining.objects.create(
        course=found,
        teacher=by,
        organisation=organisation,
        not_the_same=differs,
        state=State.APPROVED,
        applied_at=at,
    )
    trail.record(by, "training.declared", training, at=at)
    return training


@transaction.atomic
def withdraw_training(training: OutsideTraining, *, by: Teacher, at: datetime) -> OutsideTraining:
    """Take one's training back until its hours are recognised; nobody is asked about it any more.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: its hours are recognised already.
    """
    require(may_change_training, by, training)
    training = locked(training)
    expect(
        training, State.APPLIED, State.RETURNED, State.APPROVED, State.REPORTED,
        remedy="已经认定的，请教科室撤回认定以后再撤。",
    )  # fmt: skip
    training.state = State.WITHDRAWN
    training.save(update_fields=["state"])
    agenda.drop_tasks(source_of(training), at=at)
    trail.record(by, "training.withdrawn", training, at=at)
    return training

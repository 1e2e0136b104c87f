"""The agenda of a session, what was agreed in it, and problems that are taken up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from yanxiu.activities.models import AgendaPoint, Problem, Resolution, Session
from yanxiu.activities.permissions import (
    may_conclude_problem,
    may_end_resolution,
    may_manage_session,
    may_write_minutes,
)
from yanxiu.activities.queries import expected_teachers
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher, Unit

DO_AGREED = "do_agreed"
"""The task of whoever took on something that was agreed."""

MOST_POINTS = 12


@dataclass(frozen=True)
class Point:
    """One line of the agenda as it was typed."""

    text: str
    minutes: int | None = None
    teacher: Teacher | None = None


@transaction.atomic
def set_agenda(
    session: Session, points: Sequence[Point], *, by: Teacher, at: datetime
) -> list[AgendaPoint]:
    """Put `points` in place of the agenda of `session`; lines without text are left out.

    Raises:
        NotAllowed: `by` neither manages the session nor is its recorder.
        BadInput: there are too many points, or they last longer than the session.
    """
    require(may_write_minutes, by, session)
    kept = [point for point in points if point.text.strip()]
    if len(kept) > MOST_POINTS:
        raise BadInput(f"议程最多{MOST_POINTS}条，没有保存。请合并几条再保存。")
    total = sum(point.minutes or 0 for point in kept)
    if total > session.minutes:
        raise BadInput(
            f"各条合计{total}分钟，比这一场的{session.minutes}分钟长，没有保存。"
            "请减少几分钟，或先改这一场的时间。"
        )
    session.agenda_points.all().delete()
    made = AgendaPoint.objects.bulk_create(
        AgendaPoint(
            session=session,
            order=order,
            text=point.text.strip()[:120],
            minutes=point.minutes,
            teacher=point.teacher,
        )
        for order, point in enumerate(kept, 1)
    )
    trail.record(by, "activities.agenda-set", session, at=at, detail={"points": len(made)})
    return made


@transaction.atomic
def agree(
    session: Session,
    *,
    text: str,
    by: Teacher,
    at: datetime,
    owner: Teacher | None = None,
    due_on: date | None = None,
) -> Resolution:
    """Keep what was agreed; with an `owner` it becomes the owner's task until it is ended.

    Raises:
        NotAllowed: `by` neither manages the session nor is its recorder.
        BadInput: nothing was written, or the owner was not expected at the session.
    """
    require(may_write_minutes, by, session)
    if not text.strip():
        raise BadInput("没有写议定了什么，没有保存。请用一句话写明。")
    if owner and not expected_teachers(session).filter(pk=owner.pk).exists():
        raise BadInput("负责人不在这一场的名单里，没有保存。请先请他参加，或换一位负责人。")
    last = session.resolutions.aggregate(last=Max("order"))["last"] or 0
    agreed = Resolution.objects.create(
        session=session,
        order=last + 1,
        text=text.strip()[:200],
        owner=owner,
        due_on=due_on,
        made_at=at,
    )
    if owner:
        agenda.assign_task(
            source_of(agreed),
            [owner],
            kind=DO_AGREED,
            title=agreed.text[:120],
            due_on=due_on,
            organisation=session.organisation,
            at=at,
        )
    trail.record(by, "activities.agreed", agreed, at=at, detail={"session": str(session.uid)})
    return agreed


@transaction.atomic
def end_resolution(
    agreed: Resolution, *, state: str, word: str, by: Teacher, at: datetime
) -> Resolution:
    """Say what came of something agreed: done, dropped, or open again.

    Raises:
        NotAllowed: `by` neither owns it nor manages its session.
        BadInput: it is dropped without a word.
    """
    require(may_end_resolution, by, agreed)
    state = Resolution.State(state)
    if state == Resolution.State.DROPPED and not word.strip():
        raise BadInput("不再做的，请用一句话写明原因，没有保存。下一场的老师会看到。")
    ended = state != Resolution.State.OPEN
    agreed.state, agreed.word = state, word.strip()[:200]
    agreed.ended_at = at if ended else None
    agreed.ended_by_name = by.name if ended else ""
    agreed.save(update_fields=["state", "word", "ended_at", "ended_by_name"])
    source = source_of(agreed)
    if ended:
        dropped = state == Resolution.State.DROPPED
        as_state = Task.State.DROPPED if dropped else Task.State.DONE
        agenda.finish_tasks(source, kind=DO_AGREED, at=at, state=as_state)
    else:
        agenda.reopen_tasks(source, kind=DO_AGREED)
    trail.record(by, "activities.resolution-ended", agreed, at=at, detail={"state": str(state)})
    return agreed


@transaction.atomic
def raise_problem(
    organisation: Organisation,
    *,
    kind: str,
    text: str,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
) -> Problem:
    """Put a problem of daily teaching on the list, for a group or for the whole school.

    Raises:
        BadInput: nothing was written, or `by` belongs neither to the school nor to the unit.
    """
    if not text.strip():
        raise BadInput("没有写问题，没有保存。请用一句话写明遇到了什么。")
    belongs = any(post.organisation_id == organisation.pk for post in by.posts_today)
    if not belongs and (unit is None or unit.pk not in by.units):
        raise BadInput("只能向自己所在的学校或教研组提问题，没有保存。")
    problem = Problem.objects.create(
        organisation=organisation,
        unit=unit,
        kind=Problem.Kind(kind),
        text=text.strip()[:200],
        raised_by=by,
        raised_at=at,
    )
    trail.record(by, "activities.problem-raised", problem, at=at)
    return problem


@transaction.atomic
def take_up(problem: Problem, session: Session | None, *, by: Teacher, at: datetime) -> Problem:
    """Let `session` discuss `problem`: it becomes a point of its agenda; None puts it back.

    Raises:
        NotAllowed: `by` does not manage the session, or may not settle the problem.
        BadInput: it has its conclusion already.
    """
    require(may_conclude_problem, by, problem)
    if problem.concluded_at:
        raise BadInput("这个问题已经有结论，没有改动。要再谈，请另提一个。")
    problem.session = session
    problem.save(update_fields=["session"])
    if session:
        require(may_manage_session, by, session)
        last = session.agenda_points.aggregate(last=Max("order"))["last"] or 0
        AgendaPoint.objects.create(session=session, order=last + 1, text=problem.text[:120])
    trail.record(by, "activities.problem-taken-up", problem, at=at)
    return problem


@transaction.atomic
def conclude(problem: Problem, *, conclusion: str, by: Teacher, at: datetime) -> Problem:
    """Store what was concluded about a problem.

    Raises:
        NotAllowed: `by` may not settle the problem.
        BadInput: nothing was written.
    """
    require(may_conclude_problem, by, problem)
    if not conclusion.strip():
        raise BadInput("没有写结论，没有保存。一两句话即可。")
    problem.conclusion, problem.concluded_at = conclusion.strip(), at
    problem.save(update_fields=["conclusion", "concluded_at"])
    trail.record(by, "activities.problem-concluded", problem, at=at)
    return problem

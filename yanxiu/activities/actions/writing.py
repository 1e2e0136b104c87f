"""Minutes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from yanxiu.activities.actions.closing import WRITE_MINUTES, minutes_due
from yanxiu.activities.models import INTERACTIONS, Minutes, Part, Session
from yanxiu.activities.permissions import may_manage_session, may_write_minutes
from yanxiu.activities.refusals import MinutesChanged
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.notices import actions as notices
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def save_minutes(
    session: Session,
    *,
    process: str,
    conclusions: str,
    next_steps: str,
    version: int,
    by: Teacher,
    at: datetime,
    interactions: Iterable[str] | None = None,
) -> Minutes:
    """Save the minutes of a session, before or after closing.

    Args:
        session: what they are about.
        process: what was said, `conclusions` what was agreed, `next_steps` what is left open.
        conclusions: see above.
        next_steps: see above.
        version: the version the writer saw, 0 for none; an older one is not overwritten unseen.
        by: who writes.
        at: when, aware.
        interactions: what the participants did themselves, of INTERACTIONS; None leaves it.

    Raises:
        NotAllowed: `by` neither manages the session nor is its recorder.
        BadInput: nothing was written.
        MinutesChanged: somebody saved a newer version meanwhile.
    """
    require(may_write_minutes, by, session)
    if not any(text.strip() for text in (process, conclusions, next_steps)):
        raise BadInput("活动记录三栏都是空的，没有保存。至少写一栏，几句话即可。")
    standing = Minutes.objects.select_for_update().filter(session=session).first()
    if standing and standing.version != version:
        raise MinutesChanged(standing.saved_by_name, standing.saved_at)
    minutes = standing or Minutes(
        session=session, version=0, first_saved_at=at, due_on=minutes_due(session)
    )
    minutes.process, minutes.conclusions = process.strip(), conclusions.strip()
    minutes.next_steps, minutes.version = next_steps.strip(), minutes.version + 1
    minutes.saved_at, minutes.saved_by_uid, minutes.saved_by_name = at, by.uid, by.name
    minutes.save()
    if interactions is not None:
        session.interactions = [code for code in INTERACTIONS if code in set(interactions)]
        session.save(update_fields=["interactions"])
    agenda.finish_tasks(source_of(session), kind=WRITE_MINUTES, at=at)
    trail.record(by, "activities.minutes-saved", minutes, at=at)
    return minutes


@transaction.atomic
def delegate_minutes(session: Session, teacher: Teacher, *, by: Teacher, at: datetime) -> Part:
    """Hand the duty of writing the minutes to `teacher`, before or after closing.

    Raises:
        NotAllowed: `by` does not manage the session.
        BadInput: the minutes are written already, or the session was called off.
    """
    require(may_manage_session, by, session)
    if session.cancelled_at or Minutes.objects.filter(session=session).exists():
        raise BadInput("这一场的活动记录已经写好，或场次已取消，不用再请人写，没有改动。")
    part, _fresh = Part.objects.get_or_create(
        session=session, teacher=teacher, role=Part.Role.RECORDER
    )
    if session.closed_at:
        source = source_of(session)
        agenda.finish_tasks(source, kind=WRITE_MINUTES, at=at, state=Task.State.DROPPED)
        Task.objects.filter(
            source_kind=source.kind, source_id=source.uid, kind=WRITE_MINUTES, teacher=teacher
        ).delete()
        agenda.assign_task(
            source,
            [teacher],
            kind=WRITE_MINUTES,
            title=f"补写活动记录：{session.title}"[:120],
            due_on=minutes_due(session),
            organisation=session.organisation,
            at=at,
        )
    if teacher.pk != by.pk:
        notices.notify(
            [teacher],
            kind="request",
            title=f"{by.name}请您写活动记录：{session.title}",
            source=source_of(session),
            organisation=session.organisation,
            at=at,
        )
    trail.record(
        by,
        "activities.minutes-delegated",
        session,
        at=at,
        detail={"teacher": str(teacher.uid)},
    )
    return part

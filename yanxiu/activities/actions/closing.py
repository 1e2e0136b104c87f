"""Closing: attendance becomes final and turns into records."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from yanxiu.activities import records
from yanxiu.activities.actions.planning import locked
from yanxiu.activities.models import Attendance, Minutes, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import expected_teachers, hosts
from yanxiu.activities.refusals import SessionNotStarted
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning

WRITE_MINUTES = "write_minutes"
"""The task of the hosts whose session was closed without minutes."""


@transaction.atomic
def close_session(session: Session, *, by: Teacher, at: datetime) -> Session:
    """Make the attendance of `session` final and write the records of those who came.

    Nobody can sign in afterwards; `amend_attendance` corrects mistakes. Everybody who was
    expected and has no mark is absent.

    Args:
        session: the sitting to close.
        by: the teacher who closes it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it was ended before.
        SessionNotStarted: it lies in the future.

    Source: docs/decisions/0004.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if at < session.starts_at:
        raise SessionNotStarted(session.starts_at)
    # Whoever signed in while this closing waited for the lock came before the end.
    last = session.attendances.aggregate(last=Max("at"))["last"]
    at = max(at, last) if last else at
    session.closed_at, session.closed_by_uid, session.closed_by_name = at, by.uid, by.name
    session.sign_in_key = ""
    session.save(update_fields=["closed_at", "closed_by_uid", "closed_by_name", "sign_in_key"])
    _mark_absent(session, by, at)
    ledger.submit(records.of_session(session), by=by, at=at)
    agenda.end_occasion(source_of(session), Occasion.State.HELD)
    item = session.activity.plan_item
    if item:
        planning.mark_held(item, source=source_of(session), on=day_of(session.starts_at))
    if not Minutes.objects.filter(session=session).exists():
        agenda.assign_task(
            source_of(session),
            hosts(session),
            kind=WRITE_MINUTES,
            title=f"补写活动记录：{session.title}"[:120],
            due_on=None,
            organisation=session.organisation,
            at=at,
        )
    trail.record(by, "activities.session-closed", session, at=at)
    return session


def _mark_absent(session: Session, by: Teacher, at: datetime) -> None:
    """Give everybody who was expected and has no mark the row `absent`."""
    marked = set(session.attendances.values_list("teacher_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            teacher=teacher,
            state=Attendance.State.ABSENT,
            method=Attendance.Method.CLOSING,
            at=at,
            by_uid=by.uid,
        )
        for teacher in expected_teachers(session)
        if teacher.pk not in marked
    )

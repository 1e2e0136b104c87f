"""The roll as the host takes it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yanxiu.activities.actions.planning import locked
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import expected_teachers
from yanxiu.activities.refusals import ReasonMissing
from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def call_roll(
    session: Session, states: Mapping[Teacher, str], *, by: Teacher, at: datetime
) -> None:
    """Set the state of each person in `states`; an empty state takes the mark away again.

    A person's own sign-in is not touched by the same state, so that it stays known how we know.

    Args:
        session: an open session.
        states: an `Attendance.State` or "" for each person.
        by: the host.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    standing = {row.teacher_id: row for row in session.attendances.all()}
    expected = {teacher.pk for teacher in expected_teachers(session)}
    changed: dict[str, str] = {}
    for teacher, state in states.items():
        row = standing.get(teacher.pk)
        if (row.state if row else "") == state:
            continue
        changed[str(teacher.uid)] = state
        if not state and row:
            row.delete()
            continue
        method, due = Attendance.Method.ROLL_CALL, teacher.pk in expected
        _mark(session, teacher, state=state, method=method, expected=due, by=by, at=at)
    if changed:
        trail.record(by, "activities.roll-called", session, at=at, detail={"states": changed})


@transaction.atomic
def make_up(
    session: Session,
    teacher: Teacher,
    *,
    reason: str,
    by: Teacher,
    at: datetime,
    state: str = Attendance.State.PRESENT,
) -> Attendance:
    """Add the sign-in of somebody who was there but could not sign in (补签), before closing.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        ReasonMissing: there is no reason.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if not reason.strip():
        raise ReasonMissing("补签")
    expected = any(each.pk == teacher.pk for each in expected_teachers(session))
    row = _mark(
        session,
        teacher,
        state=state,
        method=Attendance.Method.MAKE_UP,
        expected=expected,
        by=by,
        at=at,
        reason=reason,
    )
    trail.record(by, "activities.made-up", row, at=at, detail={"reason": reason, "state": state})
    return row


def _mark(
    session: Session,
    teacher: Teacher,
    *,
    state: str,
    method: str,
    expected: bool,
    by: Teacher,
    at: datetime,
    reason: str = "",
) -> Attendance:
    row, _fresh = Attendance.objects.update_or_create(
        session=session,
        teacher=teacher,
        defaults={
            "state": state,
            "method": method,
            "at": at,
            "by_uid": by.uid,
            "reason": reason.strip()[:200],
            "expected": expected,
        },
    )
    return row

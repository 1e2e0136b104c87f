"""Signing in: the busiest minute of the week."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from yanxiu.activities import codes
from yanxiu.activities.actions.planning import locked
from yanxiu.activities.models import Attendance, Part, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.refusals import (
    NotOfThisSession,
    SessionCancelled,
    SessionClosed,
    SignInNotOpen,
    WrongCode,
)
from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today

LATE_AFTER = timedelta(minutes=10)
"""From when after the beginning a sign-in counts as late."""


@transaction.atomic
def open_sign_in(session: Session, *, by: Teacher, at: datetime) -> Session:
    """Let people sign in with the code on the host's screen; opening again keeps the code.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if not session.sign_in_opened_at:
        session.sign_in_key = secrets.token_hex(32)
        session.sign_in_opened_at = at
        session.save(update_fields=["sign_in_key", "sign_in_opened_at"])
        trail.record(by, "activities.sign-in-opened", session, at=at)
    return session


@transaction.atomic
def close_sign_in(session: Session, *, by: Teacher, at: datetime) -> Session:
    """Stop taking codes; the roll can still be called until the session is closed.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    session.sign_in_key, session.sign_in_opened_at = "", None
    session.save(update_fields=["sign_in_key", "sign_in_opened_at"])
    trail.record(by, "activities.sign-in-stopped", session, at=at)
    return session


def sign_in(
    session_uid: UUID, teacher: Teacher, *, at: datetime, code: str = "", proof: str = ""
) -> tuple[Session, Attendance]:
    """Record that `teacher` is at the session, proven by the code or by a scan.

    Signing in twice is one sign-in: the first stays. A name the host marked as on leave or absent
    becomes present, for here the person is.

    Args:
        session_uid: which session.
        teacher: who signs in, with the own log-in.
        at: when, aware.
        code: the six digits, or
        proof: the ticket of a scan (`codes.ticket`).

    Raises:
        SessionClosed, SessionCancelled, SignInNotOpen: nobody can sign in now.
        WrongCode: neither code nor proof is right.
        NotOfThisSession: the teacher has no post in the session's school and is not invited.
    """
    try:
        with transaction.atomic():
            session, attendance = _came(session_uid, teacher, at, code, proof)
            attendance.save(force_insert=True)
            trail.record(teacher, "activities.signed-in", attendance, at=at)
            return session, attendance
    except IntegrityError:
        # There is a row already. Asking the constraint first and the row only then costs those
        # who come for the first time, nearly all, neither a statement nor a savepoint.
        with transaction.atomic():
            session, attendance = _came(session_uid, teacher, at, code, proof)
            return session, _signed_in_before(attendance)


def _came(
    session_uid: UUID, teacher: Teacher, at: datetime, code: str, proof: str
) -> tuple[Session, Attendance]:
    """Return the session, held open, and the row to be kept; refuse as `sign_in` says."""
    session = _held_open(session_uid)
    if session.closed_at:
        raise SessionClosed(session.closed_at)
    if session.cancelled_at:
        raise SessionCancelled(session.cancelled_because)
    if not session.sign_in_opened_at:
        raise SignInNotOpen
    by_code = bool(code) and codes.is_right(session, code, at)
    if not (by_code or codes.ticket_is_right(session, proof, teacher.pk)):
        raise WrongCode
    late = at > session.starts_at + LATE_AFTER
    return session, Attendance(
        session=session,
        teacher=teacher,
        expected=_is_expected(session, teacher),
        at=at,
        by_uid=teacher.uid,
        state=Attendance.State.LATE if late else Attendance.State.PRESENT,
        method=Attendance.Method.CODE,
    )


def _held_open(session_uid: UUID) -> Session:
    """Return the session, kept from being closed until this sign-in is committed.

    Closing takes the row's exclusive lock; signing in only needs that nobody holds that, so a
    shared lock is enough and hundreds sign in side by side. Django cannot ask for it, hence the
    one line of SQL. Without row locks (SQLite) the one writer at a time gives the same.

    Raises:
        Session.DoesNotExist: there is no such session.
    """
    options = Session._meta
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.attname) for field in options.concrete_fields)
    lock = "FOR KEY SHARE" if connection.features.has_select_for_update else ""
    sql = f"SELECT {columns} FROM {quoted(options.db_table)} WHERE uid = %s {lock}"  # noqa: S608
    uid = options.get_field("uid").get_db_prep_value(session_uid, connection)
    found = next(iter(Session.objects.raw(sql, [uid])), None)
    if found is None:
        raise Session.DoesNotExist
    return found


def _is_expected(session: Session, teacher: Teacher) -> bool:
    """Tell whether the teacher is on the expected list; a colleague of the school may walk in.

    One statement for nearly everybody: whether there is a seat in the unit, or a post.

    Raises:
        NotOfThisSession: neither expected, nor of the school, nor invited.
    """
    held, pk = held_on(today()), teacher.pk
    posts = Post.objects.filter(held, teacher=pk, organisation=session.organisation_id)
    if session.unit_id is None:
        expected = posts
    else:
        expected = Membership.objects.filter(held, teacher=pk, unit=session.unit_id)
    if expected.exists() or Part.objects.filter(session=session, teacher=pk).exists():
        return True
    if session.unit_id is None or not posts.exists():
        raise NotOfThisSession(session.organisation.name)
    return False


def _signed_in_before(again: Attendance) -> Attendance:
    """Return the row that stands; a mark of absence gives way to the person."""
    row = Attendance.objects.select_for_update().get(session=again.session, teacher=again.teacher)
    if row.state in {Attendance.State.PRESENT, Attendance.State.LATE}:
        return row
    before = row.state
    row.state, row.method, row.at, row.by_uid = again.state, again.method, again.at, again.by_uid
    row.save(update_fields=["state", "method", "at", "by_uid"])
    trail.record(again.teacher, "activities.signed-in", row, at=again.at, detail={"before": before})
    return row

"""Signing in: the busiest minute of the week."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from yanxiu.activities import codes
from yanxiu.activities.actions.planning import locked
from yanxiu.activities.actions.ruling import forget_devices
from yanxiu.activities.models import Attendance, EarlyScan, Session, SignInDesk
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import CAME, expected_teachers
from yanxiu.activities.refusals import (
    NotOfThisSession,
    RollOnly,
    SessionCancelled,
    SessionClosed,
    SignInNotOpen,
    SignInStopped,
    WrongCode,
)
from yanxiu.activities.sign_in_rules import rule_of
from yanxiu.audit import trail
from yanxiu.audit.kept import insert
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.teacher import today

LATE_AFTER = timedelta(minutes=10)
"""From when after the beginning a sign-in counts as late."""


# ---- the host ----
@transaction.atomic
def open_sign_in(session: Session, *, by: Teacher, at: datetime) -> Session:
    """Let people sign in with the code on the host's screen; opening again keeps the code.

    Whoever scanned before is signed in now, with the moment of the scan.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        RollOnly: by its rule the session only calls the roll.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if session.sign_in_opened_at:
        return session
    if rule_of(session).roll_only:
        raise RollOnly
    session.sign_in_key = secrets.token_hex(32)
    session.sign_in_opened_at = at
    session.save(update_fields=["sign_in_key", "sign_in_opened_at"])
    SignInDesk.objects.filter(session=session).update(stopped_at=None)
    forget_devices(session.organisation, on=day_of(at))
    taken = take_up_scans(session)
    detail = {"taken_up": len(taken)} if taken else None
    trail.record(by, "activities.sign-in-opened", session, at=at, detail=detail)
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
    SignInDesk.objects.update_or_create(session=session, defaults={"stopped_at": at})
    trail.record(by, "activities.sign-in-stopped", session, at=at)
    return session


def take_up_scans(session: Session) -> list[Attendance]:
    """Turn the early scans of `session`, which is locked, into attendance.

    Whom the host marked meanwhile keeps that mark.
    """
    marked = set(session.attendances.values_list("teacher_id", flat=True))
    scans = list(session.early_scans.select_related("teacher"))
    rows = Attendance.objects.bulk_create(
        _attendance(session, scan.teacher, scan.at, expected=scan.expected, device=scan.device)
        for scan in scans
        if scan.teacher_id not in marked
    )
    if scans:
        session.early_scans.all().delete()
    return rows


# ---- everybody ----
def sign_in(
    session_uid: UUID,
    teacher: Teacher,
    *,
    at: datetime,
    code: str = "",
    proof: str = "",
    device: str = "",
) -> tuple[Session, Attendance]:
    """Record that `teacher` is at the session, proven by the code or by a scan.

    Signing in twice, or from two devices, is one sign-in: the first stays, so it needs no key to
    be sent again. A name the host marked as on leave or absent becomes present, for here the
    person is. For what a host's device collected offline see `call_roll`.

    Args:
        session_uid: which session.
        teacher: who signs in, with the own log-in.
        at: when by the server's clock, aware.
        code: the six digits, or
        proof: the ticket of a scan (`codes.ticket`).
        device: the browser's random cookie; only its mark for this session is kept.

    Raises:
        SessionClosed, SessionCancelled, SignInNotOpen: nobody can sign in now.
        WrongCode: neither code nor proof is right.
        NotOfThisSession: the teacher has no post in the session's school and is not invited.
    """
    try:
        with transaction.atomic():
            session, attendance = _came(
                session_uid, teacher, at, code=code, proof=proof, device=device
            )
            insert(attendance)
            trail.record(teacher, "activities.signed-in", attendance, at=at)
            return session, attendance
    except IntegrityError:
        # There is a row already. Asking the constraint first and the row only then costs those
        # who come for the first time, nearly all, neither a statement nor a savepoint.
        with transaction.atomic():
            session, attendance = _came(
                session_uid, teacher, at, code=code, proof=proof, device=device
            )
            return session, _signed_in_before(attendance)


@transaction.atomic
def wait_for_sign_in(
    session_uid: UUID,
    teacher: Teacher,
    *,
    at: datetime,
    code: str = "",
    proof: str = "",
    device: str = "",
) -> EarlyScan | Attendance:
    """Keep a right scan made before sign-in was opened; opening takes it up by itself.

    If the host opened it meanwhile this is the sign-in. Waiting twice is waiting once.

    Raises:
        SessionClosed, SessionCancelled: it is over.
        SignInStopped: the host stopped sign-in.
        RollOnly: the session only calls the roll.
        SignInNotOpen: there is neither code nor proof.
        WrongCode: neither code nor proof is right.
        NotOfThisSession: as `sign_in` says.
    """
    session, seated = held_open(session_uid, teacher)
    _refuse_ended(session)
    if session.sign_in_opened_at:
        return sign_in(session_uid, teacher, at=at, code=code, proof=proof, device=device)[1]
    rule = rule_of(session)
    if rule.roll_only:
        raise RollOnly
    if rule.is_stopped:
        raise SignInStopped
    if not (code or proof):
        raise SignInNotOpen
    by_code = codes.is_code_of(codes.early_key(session.uid), code, at)
    if not (by_code or codes.ticket_is_right(session, proof, teacher.pk)):
        raise WrongCode
    scan, _fresh = EarlyScan.objects.get_or_create(
        session=session,
        teacher=teacher,
        defaults={
            "at": at,
            "expected": seated or _is_expected(session, teacher),
            "device": codes.device_mark(session.uid, device),
        },
    )
    return scan


def _came(
    session_uid: UUID, teacher: Teacher, at: datetime, *, code: str, proof: str, device: str
) -> tuple[Session, Attendance]:
    """Return the session, held open, and the row to be kept; refuse as `sign_in` says."""
    session, seated = held_open(session_uid, teacher)
    _refuse_ended(session)
    if not session.sign_in_opened_at:
        raise SignInNotOpen
    by_code = bool(code) and codes.is_right(session, code, at)
    if not (by_code or codes.ticket_is_right(session, proof, teacher.pk)):
        raise WrongCode
    expected = seated or _is_expected(session, teacher)
    mark = codes.device_mark(session.uid, device)
    return session, _attendance(session, teacher, at, expected=expected, device=mark)


def _attendance(
    session: Session, teacher: Teacher, at: datetime, *, expected: bool, device: str
) -> Attendance:
    late = at > session.starts_at + LATE_AFTER
    return Attendance(
        session=session,
        teacher=teacher,
        expected=expected,
        at=at,
        by_uid=teacher.uid,
        state=Attendance.State.LATE if late else Attendance.State.PRESENT,
        method=Attendance.Method.CODE,
        device=device,
    )


def _refuse_ended(session: Session) -> None:
    if session.closed_at:
        raise SessionClosed(session.closed_at)
    if session.cancelled_at:
        raise SessionCancelled(session.cancelled_because)


def held_open(session_uid: UUID, teacher: Teacher) -> tuple[Session, bool]:
    """Return the session, kept open until this transaction ends, and whether there is a seat.

    A seat is in its unit, or in its school where everybody is expected. Closing takes the row's
    exclusive lock; signing in only needs that nobody holds that, so a shared lock is enough and
    hundreds sign in side by side. Django cannot ask for it, hence the SQL. Without row locks
    (SQLite) the one writer at a time gives the same.

    Raises:
        Session.DoesNotExist: there is no such session.
    """
    uid = Session._meta.get_field("uid").get_db_prep_value(session_uid, connection)
    day = connection.ops.adapt_datefield_value(today())
    seat = (teacher.pk, day, day)
    with connection.cursor() as cursor:
        cursor.execute(_held_open_sql(connection.vendor), [*seat, *seat, uid])
        values = cursor.fetchone()
    if values is None:
        raise Session.DoesNotExist
    return Session.from_db(connection.alias, SEEN, _as_python(values)), bool(values[-1])


SEEN = [
    "id", "uid", "activity_id", "organisation_id", "unit_id", "title", "starts_at", "ends_at",
    "sign_in_key", "sign_in_opened_at", "closed_at", "cancelled_at", "cancelled_because",
]  # fmt: skip
"""What signing in looks at; the rest of the session is read only if somebody asks for it."""


def _as_python(values: Sequence[Any]) -> list[Any]:
    """Return what the database gave for SEEN as the ORM would."""
    return [
        value if value is None or convert is None else convert(value, None, connection)
        for value, convert in zip(values, _converters(connection.vendor), strict=False)
    ]


@cache
def _converters(_vendor: str) -> list[Any]:
    """Return for each of SEEN how this database's values become Python's."""
    known = {field.attname: field for field in Session._meta.concrete_fields}
    fields = [known[name] for name in SEEN]
    found = [connection.ops.get_db_converters(field.get_col("s")) for field in fields]
    return [each[-1] if each else None for each in found]


@cache
def _held_open_sql(_vendor: str) -> str:
    quoted = connection.ops.quote_name
    session, post, membership = (
        quoted(model._meta.db_table) for model in (Session, Post, Membership)
    )
    columns = ", ".join(f"s.{quoted(name)}" for name in SEEN)
    held = "t.teacher_id = %s AND t.starts_on <= %s AND (t.ends_on IS NULL OR t.ends_on > %s)"
    lock = "FOR KEY SHARE OF s" if connection.features.has_select_for_update else ""
    return (
        f"SELECT {columns}, CASE WHEN s.unit_id IS NULL"  # noqa: S608 (names of our own tables)
        f" THEN EXISTS (SELECT 1 FROM {post} t"
        f" WHERE {held} AND t.organisation_id = s.organisation_id)"
        f" ELSE EXISTS (SELECT 1 FROM {membership} t WHERE {held} AND t.unit_id = s.unit_id)"
        f" END AS seated FROM {session} s WHERE s.uid = %s {lock}"
    )


def _is_expected(session: Session, teacher: Teacher) -> bool:
    """Tell whether somebody without a seat is expected; a colleague of the school may walk in.

    Raises:
        NotOfThisSession: neither expected, nor of the school, nor invited.
    """
    if expected_teachers(session).filter(pk=teacher.pk).exists():
        return True
    posts = Post.objects.on(today()).filter(teacher=teacher.pk)
    if session.unit_id is None or not posts.filter(organisation=session.organisation_id).exists():
        raise NotOfThisSession(session.organisation.name)
    return False


def _signed_in_before(again: Attendance) -> Attendance:
    """Return the row that stands; a mark of absence gives way to the person."""
    row = Attendance.objects.select_for_update().get(session=again.session, teacher=again.teacher)
    if row.state in CAME:
        return row
    before = row.state
    row.state, row.method, row.at, row.by_uid = again.state, again.method, again.at, again.by_uid
    row.device, row.spot_result, row.confirmed_at = again.device, "", None
    row.save()
    trail.record(again.teacher, "activities.signed-in", row, at=again.at, detail={"before": before})
    return row

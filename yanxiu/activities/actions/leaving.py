"""Signing out, where the minutes that somebody was there count."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.activities import codes
from yanxiu.activities.actions.planning import locked
from yanxiu.activities.actions.signing_in import held_open
from yanxiu.activities.models import Attendance, Session, SignInDesk
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import CAME
from yanxiu.activities.refusals import (
    NotSignedIn,
    SessionCancelled,
    SessionClosed,
    SignInNotOpen,
    WrongCode,
)
from yanxiu.activities.sign_in_rules import rule_of
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def open_sign_out(session: Session, *, by: Teacher, at: datetime) -> SignInDesk:
    """Show the code for leaving; opening again keeps it.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        BadInput: minutes do not count in this session.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if not rule_of(session).signs_out:
        raise BadInput(_("这一场不按在场分钟计学时，不用签退。要签退的，先在“签到办法”里打开。"))
    desk, _fresh = SignInDesk.objects.get_or_create(session=session)
    if not desk.sign_out_opened_at:
        desk.sign_out_key, desk.sign_out_opened_at = secrets.token_hex(32), at
        desk.save(update_fields=["sign_out_key", "sign_out_opened_at"])
        trail.record(by, "activities.sign-out-opened", session, at=at)
    return desk


@transaction.atomic
def sign_out(
    session_uid: UUID, teacher: Teacher, *, at: datetime, code: str = "", proof: str = ""
) -> Attendance:
    """Record that `teacher` leaves now; leaving again later counts instead.

    Raises:
        SessionClosed, SessionCancelled: it is over.
        SignInNotOpen: the host has not opened sign-out.
        WrongCode: neither code nor proof is right.
        NotSignedIn: the teacher never came.
    """
    session, _seated = held_open(session_uid, teacher)
    if session.closed_at:
        raise SessionClosed(session.closed_at)
    if session.cancelled_at:
        raise SessionCancelled(session.cancelled_because)
    desk = SignInDesk.objects.filter(session=session).exclude(sign_out_opened_at=None).first()
    if desk is None:
        raise SignInNotOpen
    by_code = codes.is_code_of(desk.sign_out_key, code, at)
    if not (by_code or codes.ticket_is_right(session, proof, teacher.pk, leaving=True)):
        raise WrongCode
    rows = Attendance.objects.select_for_update().filter(session=session, teacher=teacher)
    row = rows.filter(state__in=CAME).first()
    if row is None:
        raise NotSignedIn
    row.left_at = at
    row.save(update_fields=["left_at"])
    trail.record(teacher, "activities.signed-out", row, at=at)
    return row


@transaction.atomic
def sign_out_all(
    session: Session,
    *,
    by: Teacher,
    at: datetime,
    only: Collection[Teacher] | None = None,
) -> int:
    """Sign out those in the room who have not left (or `only` those), as the host sees them go.

    Raises:
        NotAllowed, SessionAlreadyClosed, SessionCancelled: as `open_sign_out` says.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    rows = session.attendances.filter(state__in=CAME, left_at=None)
    if only is not None:
        rows = rows.filter(teacher__in=only)
    gone = rows.update(left_at=at)
    trail.record(by, "activities.signed-out-by-host", session, at=at, detail={"people": gone})
    return gone

"""The roll as the host takes it: one by one, all the rest at once, from paper, or offline."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yanxiu.activities.actions.planning import locked
from yanxiu.activities.models import Attendance, RollBatch, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import away_on, expected_teachers
from yanxiu.activities.refusals import MarksElsewhere, ReasonMissing
from yanxiu.audit import trail
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

LONGEST_BEFORE = timedelta(hours=12)
"""How long before the beginning a mark can have been made."""

KEPT = (
    "state", "method", "at", "reason", "expected", "by_uid", "device", "spot_result",
    "confirmed_at", "confirmed_by_uid", "left_at", "minutes",
)  # fmt: skip
"""What an undo brings back."""


@transaction.atomic
def call_roll(
    session: Session,
    states: Mapping[Teacher, str],
    *,
    by: Teacher,
    at: datetime,
    key: UUID | None = None,
    method: str = Attendance.Method.ROLL_CALL,
    tapped_at: Mapping[Teacher, datetime] | None = None,
    reason: str = "",
) -> RollBatch | None:
    """Set the state of each person in `states`; an empty state takes the mark away again.

    A person's own sign-in is not touched by the same state, so that it stays known how we know.
    This is the door for a device that was offline: it sends its taps with a `key` of its own, as
    often as it likes and even after closing; the first time counts, every other one returns what
    that one did. It should tell how long ago each tap was, by its own clock alone, and the page
    takes that from `at`: then a phone that has the date wrong does no harm. A tap older than the
    mark that stands changes nothing, so two devices may come in any order.

    Args:
        session: an open session.
        states: an `Attendance.State` or "" for each person.
        by: the host.
        at: when the server takes it, aware.
        key: a UUID made where the taps were made; the batch is taken once under it.
        method: how the host knows: by sight, or from paper.
        tapped_at: when each person was marked, held between twelve hours before the session and
            `at`; the others at `at`.
        reason: one sentence for the persons marked, if there is something to say.

    Returns:
        The batch, which `undo_roll` takes back; None when nothing was to change.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
        MarksElsewhere: `key` was used for another session.
    """
    require(may_manage_session, by, session)
    if known := _batch_known(session, key):
        return known
    session = locked(session)
    if known := _batch_known(session, key):
        return known
    marks = _marks(session, states, tapped_at or {}, at)
    expected = set(expected_teachers(session).values_list("pk", flat=True)) if marks else set()
    before = {str(teacher.uid): _kept(row) for teacher, row, _state, _moment in marks}
    _write(session, marks, expected, method=method, reason=reason, by=by)
    if not marks and key is None:
        return None
    batch = RollBatch.objects.create(
        uid=key or new_uid(),
        session=session,
        states={
            str(teacher.uid): {"state": state, "at": moment.isoformat()}
            for teacher, _row, state, moment in marks
        },
        before=before,
        at=at,
        by_uid=by.uid,
        by_name=by.name,
    )
    if marks:
        told = {str(teacher.uid): state for teacher, _row, state, _moment in marks}
        detail = {"states": told, "method": str(method), "reason": reason}
        trail.record(by, "activities.roll-called", session, at=at, detail=detail)
    return batch


def mark_rest(
    session: Session,
    *,
    by: Teacher,
    at: datetime,
    state: str = Attendance.State.PRESENT,
    key: UUID | None = None,
) -> RollBatch | None:
    """Set everybody expected who has no mark yet to `state` (其余都到); None if nobody is left.

    Those who are on leave for long are left out: closing marks them as excused.

    Raises:
        NotAllowed, SessionAlreadyClosed, SessionCancelled: as `call_roll` says.
    """
    with transaction.atomic():
        require(may_manage_session, by, session)
        if known := _batch_known(session, key):
            return known
        standing = locked(session).attendances.values("teacher")
        away = away_on(session)
        rest = expected_teachers(session).exclude(pk__in=standing).exclude(pk__in=away)
        return call_roll(session, dict.fromkeys(rest, state), by=by, at=at, key=key)


@transaction.atomic
def undo_roll(batch: RollBatch, *, by: Teacher, at: datetime) -> int:
    """Put back what stood before `batch`, except where somebody has changed it since.

    Returns:
        How many marks were put back; 0 if it was undone before.

    Raises:
        NotAllowed, SessionAlreadyClosed, SessionCancelled: as `call_roll` says.
    """
    require(may_manage_session, by, batch.session)
    session = locked(batch.session)
    batch = RollBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    rows = session.attendances.select_related("teacher").filter(teacher__uid__in=batch.states)
    standing = {str(row.teacher.uid): row for row in rows}
    back = [
        uid for uid, mark in batch.states.items() if _stands(standing.get(uid), mark, batch.by_uid)
    ]
    _put_back(session, batch, {uid: standing.get(uid) for uid in back})
    batch.undone_at = at
    batch.save(update_fields=["undone_at"])
    trail.record(by, "activities.roll-undone", session, at=at, detail={"marks": len(back)})
    return len(back)


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
    row, _fresh = Attendance.objects.update_or_create(
        session=session,
        teacher=teacher,
        defaults={
            "state": state,
            "method": Attendance.Method.MAKE_UP,
            "at": at,
            "by_uid": by.uid,
            "reason": reason.strip()[:200],
            "expected": expected_teachers(session).filter(pk=teacher.pk).exists(),
        },
    )
    trail.record(by, "activities.made-up", row, at=at, detail={"reason": reason, "state": state})
    return row


FIELDS = {field.name: field for field in Attendance._meta.concrete_fields}

Mark = tuple[Teacher, Attendance | None, str, datetime]
"""Who, the row that stands, the new state, and when."""


def _batch_known(session: Session, key: UUID | None) -> RollBatch | None:
    if key is None:
        return None
    batch = RollBatch.objects.filter(uid=key).first()
    if batch and batch.session_id != session.pk:
        raise MarksElsewhere
    return batch


def _marks(
    session: Session,
    states: Mapping[Teacher, str],
    tapped_at: Mapping[Teacher, datetime],
    at: datetime,
) -> list[Mark]:
    """Return what really changes: another state, and no older than what stands."""
    standing = {row.teacher_id: row for row in session.attendances.all()}
    earliest = session.starts_at - LONGEST_BEFORE
    marks: list[Mark] = []
    for teacher, state in states.items():
        row = standing.get(teacher.pk)
        if (row.state if row else "") == state:
            continue
        moment = at
        if teacher in tapped_at:
            moment = min(max(tapped_at[teacher], earliest), at)
            if row and row.at > moment:
                continue
        marks.append((teacher, row, state, moment))
    return marks


def _write(
    session: Session,
    marks: Iterable[Mark],
    expected: set[int],
    *,
    method: str,
    reason: str,
    by: Teacher,
) -> None:
    """Write the marks in three statements, however many they are."""
    gone: list[int] = []
    fresh: list[Attendance] = []
    changed: list[Attendance] = []
    for teacher, standing, state, moment in marks:
        if not state:
            if standing:
                gone.append(standing.pk)
            continue
        row = standing or Attendance(session=session, teacher=teacher)
        row.state, row.method, row.at, row.by_uid = state, method, moment, by.uid
        row.reason, row.expected = reason.strip()[:200], teacher.pk in expected
        row.confirmed_at = row.confirmed_by_uid = None
        (changed if standing else fresh).append(row)
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(fresh)
    Attendance.objects.bulk_update(changed, KEPT, batch_size=100)


def _kept(row: Attendance | None) -> dict[str, Any] | None:
    """Return what an undo needs of `row`, as JSON values."""
    if row is None:
        return None
    values = {name: getattr(row, name) for name in KEPT}
    return {
        name: value if value is None or isinstance(value, bool | int) else _text(value)
        for name, value in values.items()
    }


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _stands(row: Attendance | None, mark: Mapping[str, str], by_uid: UUID | None) -> bool:
    """Tell whether `row` is as the batch left it."""
    if row is None:
        return not mark["state"]
    same = (row.state, row.at.isoformat()) == (mark["state"], mark["at"])
    return same and row.by_uid == by_uid


def _put_back(
    session: Session, batch: RollBatch, standing: Mapping[str, Attendance | None]
) -> None:
    teachers = {str(one.uid): one for one in Teacher.objects.filter(uid__in=standing)}
    for uid, row in standing.items():
        before = batch.before.get(uid)
        if before is None:
            if row:
                row.delete()
            continue
        back = row or Attendance(session=session, teacher=teachers[uid])
        for name, value in before.items():
            setattr(back, name, FIELDS[name].to_python(value))
        back.save()

"""Taking what a device recorded offline, and deciding where it disagrees."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yanxiu.activities.actions import amend_attendance, call_roll
from yanxiu.activities.models import Attendance, OfflineTap, Session
from yanxiu.activities.offline import queries
from yanxiu.activities.offline.batch import Batch, Sent, moment_of
from yanxiu.activities.offline.merging import is_news, merge
from yanxiu.activities.offline.refusals import TapSettled, WhoIsMeant
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import hosts
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher

AT_ONCE = 50
"""Taps in one transaction, so that the write lock is never held long."""

SETTLE = "settle_offline_roll"
"""The task of the hosts where devices and roll say different things."""

NOT_ON_THE_LIST = (
    "这位老师不在本场次的名单里，也不在本校，没有记入，还留在设备上。请核对后在点名表里补记。"
)
Outcome = OfflineTap.Outcome


@dataclass
class Taken:
    """What became of a batch: the keys that need not be sent again, and by key what was wrong."""

    keys: list[UUID] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    fresh: int = 0


def take_taps(session: Session, batch: Batch, *, by: Teacher, at: datetime) -> Taken:
    """Take the taps of one device into the roll; a tap counts once, however often it is sent.

    The latest tap about a person counts, across devices and against the roll itself; whatever it
    went against is kept to be shown. After closing the roll stays as it is, and what would change
    it waits as a proposal.

    Args:
        session: the session of the roll, in any state.
        batch: what the device sent.
        by: the host who is logged in on it.
        at: when it arrived, aware.

    Raises:
        NotAllowed: `by` does not manage the session.

    Source: docs/decisions/0007.
    """
    require(may_manage_session, by, session)
    taken = Taken(refused=dict(batch.refused))
    for first in range(0, len(batch.taps), AT_ONCE):
        _take_some(session, batch, batch.taps[first : first + AT_ONCE], taken, by=by, at=at)
    return taken


@transaction.atomic
def _take_some(
    session: Session, batch: Batch, some: list[Sent], taken: Taken, *, by: Teacher, at: datetime
) -> None:
    session = _held(session)
    known = OfflineTap.objects.filter(key__in=[tap.key for tap in some])
    keys = set(known.values_list("key", flat=True))
    taken.keys += keys
    fresh = [tap for tap in some if tap.key not in keys]
    if not fresh:
        return
    people = _people(session, fresh)
    rows = list(_rows(session, batch, fresh, people, by=by, at=at))
    named = {row.key for row in rows}
    taken.refused |= {str(tap.key): NOT_ON_THE_LIST for tap in fresh if tap.key not in named}
    OfflineTap.objects.bulk_create(rows)
    taken.keys += named
    taken.fresh += len(rows)
    _decide(session, [row.teacher for row in rows if row.teacher], named, by=by, at=at)
    _weigh_names(session, {row.name for row in rows if not row.teacher})
    _ask_hosts(session, at)
    detail = {"device": str(batch.device), "taps": len(rows)}
    trail.record(by, "activities.offline-roll-taken", session, at=at, detail=detail)


def _held(session: Session) -> Session:
    """Return the session with its row locked, so that two devices and a closing take turns."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("activity__kind", "organisation", "unit")
        .get(pk=session.pk)
    )


def _people(session: Session, taps: Sequence[Sent]) -> dict[UUID | str, Teacher]:
    """Return who is meant, by uid or by the name that was typed; a name of two people is nobody."""
    uids = {tap.teacher for tap in taps if tap.teacher}
    typed = {tap.name for tap in taps if tap.name}
    found: dict[UUID | str, Teacher] = {
        teacher.uid: teacher for teacher in queries.on_the_list(session).filter(uid__in=uids)
    }
    if typed:
        called = queries.called(session, typed)
        found |= {name: people[0] for name, people in called.items() if len(people) == 1}
    return found


def _rows(
    session: Session,
    batch: Batch,
    taps: list[Sent],
    people: dict[UUID | str, Teacher],
    *,
    by: Teacher,
    at: datetime,
) -> Iterator[OfflineTap]:
    """Yield the unsaved row of each tap; one device never goes back in time."""
    before = session.offline_taps.filter(device=batch.device, order__lt=taps[0].order)
    last = before.aggregate(last=Max("tapped_at"))["last"]
    for tap in taps:
        teacher = people.get(tap.teacher or tap.name)
        if tap.teacher and teacher is None:
            continue
        moment = moment_of(
            tap,
            batch.clock,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            received_at=at,
        )
        last = max(last, moment) if last else moment
        yield OfflineTap(
            key=tap.key,
            session=session,
            teacher=teacher,
            name=tap.name,
            state=tap.state,
            saw=tap.saw,
            device=batch.device,
            order=tap.order,
            claimed_ms=tap.at,
            offset_ms=tap.offset,
            tapped_at=last,
            received_at=at,
            by_uid=by.uid,
            by_name=by.name,
        )


# ---- what the taps come to ----
def _decide(
    session: Session,
    teachers: Collection[Teacher],
    fresh: Collection[UUID],
    *,
    by: Teacher,
    at: datetime,
) -> None:
    """Let the tap that counts about each of `teachers` change the roll, or wait as a proposal."""
    pks = {teacher.pk for teacher in teachers}
    said: dict[int, list[OfflineTap]] = defaultdict(list)
    for tap in session.offline_taps.filter(teacher__in=pks, settled_at=None):
        said[int(tap.teacher_id or 0)].append(tap)
    rows = {row.teacher_id: row for row in session.attendances.filter(teacher__in=pks)}
    marks: dict[Teacher, str] = {}
    moments: dict[Teacher, datetime] = {}
    for teacher in {teacher.pk: teacher for teacher in teachers}.values():
        taps, row = said[teacher.pk], rows.get(teacher.pk)
        winner = _weigh(taps)
        if winner.key not in fresh and not _is_ours(row, taps):
            continue
        if _settle_by_itself(session, winner, row, taps):
            marks[teacher] = winner.state
            moments[teacher] = max(winner.tapped_at, row.at) if row else winner.tapped_at
    changed = [tap for taps in said.values() for tap in taps]
    OfflineTap.objects.bulk_update(changed, ["outcome", "met"], batch_size=100)
    if marks:
        call_roll(session, marks, by=by, at=at, tapped_at=moments)


def _weigh(taps: list[OfflineTap]) -> OfflineTap:
    """Set the outcome of all taps but the one that counts, and return that."""
    merged = merge(taps)
    for tap in merged.losers:
        tap.outcome = Outcome.DISAGREES
    for tap in merged.replaced:
        agrees = tap.state == merged.winner.state and tap.device != merged.winner.device
        tap.outcome = Outcome.TAKEN if agrees and tap.state else Outcome.REPLACED
    return merged.winner


def _weigh_names(session: Session, names: Collection[str]) -> None:
    """Let the tap that counts about each name that nobody bears wait to be named."""
    said: dict[str, list[OfflineTap]] = defaultdict(list)
    for tap in session.offline_taps.filter(teacher=None, name__in=names, settled_at=None):
        said[tap.name].append(tap)
    for taps in said.values():
        winner = _weigh(taps)
        winner.outcome = Outcome.NAMELESS if winner.state else Outcome.REPLACED
    changed = [tap for taps in said.values() for tap in taps]
    OfflineTap.objects.bulk_update(changed, ["outcome"], batch_size=100)


def _is_ours(row: Attendance | None, taps: list[OfflineTap]) -> bool:
    """Tell whether the mark that stands came from one of `taps`."""
    return row is not None and any(tap.tapped_at == row.at for tap in taps)


def _settle_by_itself(
    session: Session, winner: OfflineTap, row: Attendance | None, taps: list[OfflineTap]
) -> bool:
    """Set the outcome of `winner`; tell whether the roll is to be changed to it."""
    winner.outcome = Outcome.TAKEN
    state, ours = row.state if row else "", _is_ours(row, taps)
    if state == winner.state:
        return False
    if not winner.state and not ours:
        # Taking a tap back takes back what this roll gave, never what came another way.
        return False
    if session.closed_at or session.cancelled_at:
        winner.outcome, winner.met = Outcome.PROPOSED, _told(row)
        return False
    news = is_news(winner, row, taps)
    earlier = (tap.met for tap in taps if tap.met and tap.met["state"] != winner.state)
    winner.met = _told(row) if news else next(earlier, None)
    if news and row and row.at > winner.tapped_at:
        winner.outcome = Outcome.DISAGREES
        return False
    return True


def _told(row: Attendance | None) -> dict[str, Any] | None:
    """Return the mark that a tap met, as JSON values."""
    if row is None:
        return None
    return {"state": row.state, "method": row.method, "at": row.at.isoformat()}


def _ask_hosts(session: Session, at: datetime) -> None:
    """Give the hosts the task of deciding, or take it off them."""
    source = source_of(session)
    if session.offline_taps.filter(queries.to_settle()).exists():
        agenda.assign_task(
            source,
            hosts(session),
            kind=SETTLE,
            title=f"核对离线点名：{session.title}"[:120],
            due_on=None,
            organisation=session.organisation,
            at=at,
        )
    else:
        agenda.finish_tasks(source, kind=SETTLE, at=at)


# ---- a person decides ----
@transaction.atomic
def follow_tap(tap: OfflineTap, *, by: Teacher, at: datetime, reason: str = "") -> None:
    """Let `tap` be right: the roll, or after closing the final attendance, becomes what it says.

    Args:
        tap: one of those that wait.
        by: the host.
        at: when, aware.
        reason: why, for an amendment after closing.

    Raises:
        NotAllowed: `by` does not manage the session.
        TapSettled: somebody has decided already.
        WhoIsMeant: nobody has said yet whose name it is.
        ReasonMissing, SessionCancelled: as `amend_attendance` and `call_roll` say.
    """
    require(may_manage_session, by, tap.session)
    session = _held(tap.session)
    tap = _waiting(tap)
    if tap.teacher is None:
        raise WhoIsMeant(tap.name)
    row = session.attendances.filter(teacher=tap.teacher).first()
    if (row.state if row else "") != tap.state:
        if session.closed_at:
            amend_attendance(session, tap.teacher, state=tap.state, reason=reason, by=by, at=at)
        else:
            call_roll(session, {tap.teacher: tap.state}, by=by, at=at)
    _settle(session, tap, by, at)


@transaction.atomic
def drop_tap(tap: OfflineTap, *, by: Teacher, at: datetime) -> None:
    """Leave the roll as it stands: what the devices said about this person is settled.

    Raises:
        NotAllowed: `by` does not manage the session.
        TapSettled: somebody has decided already.
    """
    require(may_manage_session, by, tap.session)
    session = _held(tap.session)
    _settle(session, _waiting(tap), by, at)


@transaction.atomic
def name_walk_in(tap: OfflineTap, teacher: Teacher, *, by: Teacher, at: datetime) -> None:
    """Say who stands behind a name that the roster did not know; all taps of the name follow.

    Raises:
        NotAllowed: `by` does not manage the session.
        TapSettled: somebody has decided already.
    """
    require(may_manage_session, by, tap.session)
    session = _held(tap.session)
    tap = _waiting(tap)
    meant = session.offline_taps.filter(teacher=None, name=tap.name, settled_at=None)
    keys = set(meant.values_list("key", flat=True))
    meant.update(teacher=teacher, outcome=Outcome.REPLACED)
    _decide(session, [teacher], keys, by=by, at=at)
    _ask_hosts(session, at)
    detail = {"name": tap.name, "teacher": str(teacher.uid)}
    trail.record(by, "activities.walk-in-named", session, at=at, detail=detail)


def _waiting(tap: OfflineTap) -> OfflineTap:
    """Return the tap as it stands now.

    Raises:
        TapSettled: somebody has decided already.
    """
    tap = OfflineTap.objects.select_related("teacher").get(pk=tap.pk)
    if tap.settled_at:
        raise TapSettled
    return tap


def _settle(session: Session, tap: OfflineTap, by: Teacher, at: datetime) -> None:
    """End what was said about the person of `tap`, by all devices."""
    same = session.offline_taps.filter(settled_at=None, teacher=tap.teacher)
    if tap.teacher is None:
        same = same.filter(name=tap.name)
    same.update(settled_at=at, settled_by_uid=by.uid)
    _ask_hosts(session, at)
    detail = {"tap": str(tap.key), "state": tap.state}
    trail.record(by, "activities.offline-roll-settled", session, at=at, detail=detail)

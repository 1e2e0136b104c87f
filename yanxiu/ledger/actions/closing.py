"""Closing a credit year of a school, and opening it again with a reason.

The standings are reckoned outside of any transaction and written in batches under a closing that
is still running; one last short transaction makes them visible together. Broken off anywhere, it
leaves a running closing that nobody sees, and closing again completes it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import sealing
from yanxiu.ledger.models import ChainHead, YearClosing, YearSnapshot
from yanxiu.ledger.queries.closings import (
    Json,
    Year,
    closings_of,
    reached,
    staff_of,
    waiting_in,
)
from yanxiu.ledger.refusals import NothingToClose, StillUndecided, YearClosed, YearNotBegun
from yanxiu.people.access import require_right
from yanxiu.people.models import Teacher

RIGHT = "recognise_hours"
BATCH = 50
"""So many snapshots are written in one transaction."""

Tell = Callable[[int, int], None]
State = YearClosing.State


def close_year(
    year: Year, *, leave_open: bool = False, by: Teacher, at: datetime, tell: Tell | None = None
) -> YearClosing:
    """Freeze what everybody at the school of `year` has reached, signed; all or nothing is seen.

    Args:
        year: school, scheme and credit year.
        leave_open: close although something is undecided; it stays so and is counted.
        by: who closes, for the whole school.
        at: when, aware.
        tell: is told how many of how many are done.

    Raises:
        NotAllowed: `by` does not recognise hours at the school.
        YearNotBegun, YearClosed, NothingToClose: there is nothing to close (any more).
        StillUndecided: something waits, and `leave_open` is not given.
    """
    require_right(by, RIGHT, year.school)
    today = day_of(at)
    if year.span.start > today:
        raise YearNotBegun(year.span.start)
    people = list(staff_of(year.school, year.span, today))
    if not people:
        raise NothingToClose
    pks = [one.pk for one in people]
    undecided = waiting_in(year.school, year.span, pks).count()
    if undecided and not leave_open:
        raise StillUndecided(undecided)
    closing = _begun(year, at=at)
    for number, batch in enumerate(_batches(people)):
        _freeze(closing, batch, reached(batch, year), at=at)
        if tell:
            tell(min((number + 1) * BATCH, len(people)), len(people))
    return _finish(closing, pks, undecided, by=by, at=at)


def _batches(people: Sequence[Teacher]) -> Iterator[Sequence[Teacher]]:
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]


@transaction.atomic
def _begun(year: Year, *, at: datetime) -> YearClosing:
    """Return the running closing of `year`, a broken off one or a new one.

    Two at once get the same row: the database lets only one round stand.
    """
    standing = closings_of(year.school, year).exclude(state=State.REOPENED).first()
    if standing is None:
        last = closings_of(year.school, year).first()
        new = YearClosing(
            organisation=year.school, scheme=year.scheme.id, version=year.scheme.version,
            starts_on=year.span.start, ends_on=year.span.end, round=(last.round if last else 0) + 1,
            begun_at=at,
        )  # fmt: skip
        YearClosing.objects.bulk_create([new], ignore_conflicts=True)
        standing = closings_of(year.school, year).exclude(state=State.REOPENED).get()
    if standing.state == State.CLOSED:
        raise YearClosed(standing.closed_by_name)
    standing.version = year.scheme.version
    YearClosing.objects.filter(pk=standing.pk, state=State.RUNNING).update(version=standing.version)
    standing.organisation = year.school
    return standing


@transaction.atomic
def _freeze(
    closing: YearClosing, people: Sequence[Teacher], found: dict[int, Json], *, at: datetime
) -> None:
    """Write one batch; what a broken off attempt has left is kept if it still says the same."""
    locked = YearClosing.objects.select_for_update().get(pk=closing.pk)
    if locked.state != State.RUNNING:
        return
    heads = {
        head.teacher_id: (head.count, head.last)
        for head in ChainHead.objects.filter(teacher__in=[one.pk for one in people])
    }
    made = [_snapshot(closing, one, found[one.pk], heads, at) for one in people if one.pk in found]
    own = YearSnapshot.objects.filter(closing=closing)
    there = {
        row.teacher_id: (row.digest, row.entries)
        for row in own.filter(teacher__in=[one.pk for one in people])
    }
    fresh = [one for one in made if there.get(one.teacher_id) != (one.digest, one.entries)]
    own.filter(teacher__in=[one.teacher_id for one in fresh]).drop_unfinished()
    YearSnapshot.objects.bulk_create(fresh)


def _snapshot(
    closing: YearClosing,
    teacher: Teacher,
    standing: Json,
    heads: dict[int, tuple[int, str]],
    at: datetime,
) -> YearSnapshot:
    number, link = heads.get(teacher.pk, (0, ""))
    snapshot = YearSnapshot(
        closing=closing, teacher=teacher, met=standing["met"], standing=standing,
        digest=sealing.digest_of(standing), entries=number, link=link, made_at=at,
    )  # fmt: skip
    snapshot.signature = sealing.sign(snapshot)
    return snapshot


@transaction.atomic
def _finish(
    closing: YearClosing, people: Sequence[int], undecided: int, *, by: Teacher, at: datetime
) -> YearClosing:
    """Make the closing visible as a whole."""
    closing = (
        YearClosing.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=closing.pk)
    )
    if closing.state != State.RUNNING:
        raise YearClosed(closing.closed_by_name)
    # Somebody who left between two attempts has no place in it.
    YearSnapshot.objects.filter(closing=closing).exclude(teacher__in=people).drop_unfinished()
    signatures = list(closing.snapshots.values_list("signature", flat=True))
    if not signatures:
        raise NothingToClose
    closing.state, closing.closed_at = State.CLOSED, at
    closing.closed_by_uid, closing.closed_by_name = by.uid, by.name
    closing.left_open, closing.count = undecided, len(signatures)
    closing.seal = sealing.seal_of(closing, signatures)
    closing.save()
    trail.record(
        by, "ledger.year-closed", closing, at=at,
        detail={"scheme": closing.scheme, "from": closing.starts_on.isoformat(),
                "round": closing.round, "teachers": closing.count, "left_open": undecided},
    )  # fmt: skip
    return closing


@transaction.atomic
def reopen_year(closing: YearClosing, *, because: str, by: Teacher, at: datetime) -> YearClosing:
    """Open a closed year again; its snapshots stay as they are, and a new round can be closed.

    Raises:
        NotAllowed: `by` does not recognise hours at the school.
        BadInput: there is no reason, or it is not closed.
    """
    require_right(by, RIGHT, closing.organisation)
    if not because.strip():
        raise BadInput("请写一句为什么重开，老师们看得到。没有改动。")
    closing = (
        YearClosing.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=closing.pk)
    )
    if closing.state != State.CLOSED:
        raise BadInput("这一轮年度登记没有处在“已登记”，没有改动。请刷新页面查看现状。")
    closing.state, closing.reopened_at = State.REOPENED, at
    closing.reopened_by_name, closing.reopened_because = by.name, because.strip()
    closing.save(update_fields=["state", "reopened_at", "reopened_by_name", "reopened_because"])
    trail.record(
        by, "ledger.year-reopened", closing, at=at,
        detail={"reason": because.strip(), "round": closing.round},
    )  # fmt: skip
    return closing

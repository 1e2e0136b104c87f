"""Taking back a record that proved wrong."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.ledger.actions.asking import settle_tasks, was_put_right
from yanxiu.ledger.actions.chaining import drop_awards
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.actions.posting import reverse
from yanxiu.ledger.models import Entry, Record
from yanxiu.ledger.refusals import RecordWithdrawn
from yanxiu.people.models import Teacher


@transaction.atomic
def withdraw(record: Record, *, because: str, by: Teacher | None, at: datetime) -> Record:
    """Withdraw `record` and reverse what it earned; both stay visible with the reason.

    The doing app that owns the record has checked that `by` may do so.

    Raises:
        RecordWithdrawn: it was withdrawn before.
    """
    record = (
        Record.objects.select_for_update(of=("self",))
        .select_related("teacher", "organisation", "waiting_at")
        .get(pk=record.pk)
    )
    if record.withdrawn_at:
        raise RecordWithdrawn(record.withdrawn_because)
    record.withdrawn_at = at
    record.withdrawn_because = because
    record.turn += 1
    record.save(update_fields=["withdrawn_at", "withdrawn_because", "turn"])
    drop_awards([record])
    standing = Entry.objects.filter(record=record, reverses=None, reversed_by=None)
    reverse(
        standing.select_related("teacher", "organisation", "record", "award"),
        reason=because,
        by=by,
        at=at,
    )
    stale([record.teacher], at)
    settle_tasks([record.waiting_at] if record.waiting_at else [], at)
    was_put_right(record, at)
    trail.record(by, "ledger.record-withdrawn", record, at=at, detail={"reason": because})
    return record

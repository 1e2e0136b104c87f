"""Adding entries to the chains, a few at a time.

Many at once, made ready before the transaction, are written by `posting_many`; nothing else writes
entries.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.ledger import chain
from yanxiu.ledger.actions.drawing_up import entry_against, entry_for
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.models import Award, ChainHead, Entry
from yanxiu.people.models import Teacher


@transaction.atomic
def post(awards: Sequence[Award], *, by: Teacher | None, at: datetime) -> list[Entry]:
    """Post one entry for each valid award, one of 0 too: some requirements count records.

    The database lets a record earn once per scheme and round.
    """
    return _append(
        [entry_for(award, award.record, by=by, at=at) for award in awards if award.valid]
    )


@transaction.atomic
def reverse(
    entries: Iterable[Entry], *, reason: str, by: Teacher | None, at: datetime
) -> list[Entry]:
    """Post a counter-entry against each of `entries`, which stay as they are.

    An entry is reversed once, by constraint; its teacher and record must be loaded.
    """
    return _append(
        [
            entry_against(entry, entry.record, entry.teacher, reason=reason, by=by, at=at)
            for entry in entries
        ]
    )


@transaction.atomic
def take_over(entries: Sequence[Entry]) -> list[Entry]:
    """Append entries that another installation posted, each with what it says and a new link.

    They keep uid, amount, days and who posted them; number and signature are of this ledger,
    behind what the teacher has here. An entry comes after the one that it reverses.
    """
    return _append(list(entries))


def _append(entries: list[Entry]) -> list[Entry]:
    """Give each entry its number and link, under the lock of its teacher's head, and save all."""
    if not entries:
        return []
    teachers = {entry.teacher_id: entry.teacher for entry in entries}
    ChainHead.objects.bulk_create(
        [ChainHead(teacher_id=pk) for pk in sorted(teachers)], ignore_conflicts=True
    )
    # Always in the order of the primary key, so that two closings cannot wait for each other.
    locked = ChainHead.objects.select_for_update().filter(teacher__in=teachers)
    heads = {head.teacher_id: head for head in locked.order_by("teacher_id")}
    for entry in entries:
        head = heads[entry.teacher_id]
        head.count, head.last = chain.link(
            entry,
            (head.count, head.last),
            teacher_uid=entry.teacher.uid,
            record_uid=entry.record.uid,
        )
    ChainHead.objects.bulk_update(heads.values(), ["count", "last"])
    added: list[Entry] = Entry.objects.bulk_create(entries)
    stale(teachers, max(entry.posted_at for entry in entries))
    return added

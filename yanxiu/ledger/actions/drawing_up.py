"""What an entry says, for an award or against another entry; who posts it numbers and signs it."""

from datetime import datetime

from yanxiu.ledger.models import Award, Entry, Record
from yanxiu.people.models import Teacher


def entry_for(award: Award, record: Record, *, by: Teacher | None, at: datetime) -> Entry:
    """Return the entry that `award` earns; `record` with its teacher is loaded."""
    return Entry(
        teacher=record.teacher,
        organisation_id=record.organisation_id,
        record=record,
        award=award,
        scheme=award.scheme,
        round=award.round,
        amount=award.amount,
        unit=award.unit,
        earned_on=record.happened_on,
        posted_at=at,
        posted_by_uid=by.uid if by else None,
    )


def entry_against(
    entry: Entry,
    record: Record,
    teacher: Teacher,
    *,
    reason: str,
    by: Teacher | None,
    at: datetime,
) -> Entry:
    """Return the counter-entry against `entry`, which tells of `record` of `teacher`."""
    return Entry(
        teacher=teacher,
        organisation_id=entry.organisation_id,
        record=record,
        award_id=entry.award_id,
        scheme=entry.scheme,
        round=entry.round,
        amount=-entry.amount,
        unit=entry.unit,
        earned_on=entry.earned_on,
        posted_at=at,
        posted_by_uid=by.uid if by else None,
        reverses=entry,
        reason=reason,
    )

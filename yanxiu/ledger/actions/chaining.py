"""Putting records on their way, one step on, and to the end; what all deeds about them share."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, RecognitionStep, Record
from yanxiu.ledger.persons import persons_of, seen_by
from yanxiu.ledger.queries.chains import Ladder, Way, due_day
from yanxiu.ledger.queries.schemes import schemes_on
from yanxiu.ledger.rules.evaluating import award as reckon
from yanxiu.people.models import Teacher

CHAIN_FIELDS = (
    "state", "round", "turn", "claimed", "recognised", "waiting_step", "waiting_title",
    "waiting_by", "waiting_when", "waiting_at", "waiting_since", "due_on",
)  # fmt: skip
"""What deeds about a record change; the facts of what happened never."""


def put_at(record: Record, way: Way, place: int, ladder: Ladder, at: datetime) -> bool:
    """Let `record` wait for the step at `place`, or end its way; say whether it has ended."""
    record.turn += 1
    if place >= len(way.chain.steps):
        record.state = Record.State.RECOGNISED
        record.waiting_step = record.waiting_title = record.waiting_by = record.waiting_when = ""
        record.waiting_at, record.waiting_since, record.due_on = None, None, None
        return True
    step = way.chain.steps[place]
    record.state = Record.State.WAITING
    record.waiting_step, record.waiting_title = step.step, step.title
    record.waiting_by, record.waiting_when = step.by, step.when
    record.waiting_at = ladder.place(record.organisation, step.by)
    record.waiting_since = at
    record.due_on = due_day(step, way.scheme, record.happened_on, at)
    return False


def told_step(
    record: Record,
    decision: str,
    *,
    by: Teacher | None,
    at: datetime,
    step: str,
    title: str = "",
    level: str = "",
    is_final: bool = False,
    amount: Decimal | None = None,
    reason: str = "",
    name: str = "",
) -> RecognitionStep:
    """Return the row of one deed about `record`, not saved yet."""
    return RecognitionStep(
        record=record,
        round=record.round,
        step=step,
        title=title,
        level=level,
        is_final=is_final,
        decision=decision,
        amount=amount,
        by_uid=by.uid if by else None,
        by_name=name or (by.name if by else "控制台"),
        at=at,
        reason=reason.strip()[:200],
    )


def make_awards(records: Iterable[Record], *, at: datetime) -> list[Award]:
    """Reckon each of `records` in its round by each scheme in force on its day there."""
    made = []
    groups: dict[tuple[int, object], list[Record]] = {}
    for record in records:
        groups.setdefault((record.organisation_id, record.happened_on), []).append(record)
    for rows in groups.values():
        schemes = schemes_on(rows[0].organisation, rows[0].happened_on)
        people = {row.teacher_id: row.teacher for row in rows}
        persons = persons_of(list(people.values()), rows[0].happened_on) if schemes else {}
        for scheme in schemes:
            for record in rows:
                person = seen_by(scheme, persons[record.teacher_id])
                given = reckon(scheme, facts_of(record), person)
                if given is None:
                    continue
                made.append(
                    Award(
                        record=record,
                        scheme=scheme.id,
                        version=scheme.version,
                        digest=scheme.digest,
                        round=record.round,
                        amount=given.amount,
                        unit=given.unit,
                        rule=given.rule,
                        valid=given.valid,
                        steps=[each.as_json() for each in given.steps],
                        made_at=at,
                    )
                )
    return Award.objects.bulk_create(made)


def make_awards_anew(records: Sequence[Record], *, at: datetime) -> list[Award]:
    """Reckon `records` again in the round they are in; what is not posted yet makes way."""
    drop_awards(records)
    return make_awards(records, at=at)


def drop_awards(records: Sequence[Record]) -> None:
    """Take away the awards that no final step has posted: they are not on their way any more."""
    Award.objects.filter(record__in=[record.pk for record in records], entry=None).delete()

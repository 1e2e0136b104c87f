"""Deciding on records that wait: recognising, returning, handing in again, correcting.

Every deed locks its records in the order of their keys, looks whether they still stand as the
person saw them, and adds a row that nobody changes afterwards. Entries come from the final step
alone, and only counter-entries take them back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.amounts import plain
from yanxiu.ledger.actions.asking import ask_deciders, ask_to_put_right, settle_tasks
from yanxiu.ledger.actions.chaining import (
    CHAIN_FIELDS,
    drop_awards,
    make_awards,
    make_awards_anew,
    put_at,
    told_step,
)
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.actions.posting import post, reverse
from yanxiu.ledger.models import Award, Entry, RecognitionStep, Record
from yanxiu.ledger.permissions import led_by, may_correct_record, may_take_step, stands_in_for
from yanxiu.ledger.queries.chains import (
    Ladder,
    Ways,
    kept_way,
    most_amount,
    standing_amount,
    step_of,
    told_amount,
)
from yanxiu.ledger.refusals import (
    AlreadyDecided,
    AmountTooLarge,
    DecidedAbove,
    NotRecognised,
    OfLender,
    OwnRecord,
    RecordWithdrawn,
    SameHand,
    WhyMissing,
)
from yanxiu.ledger.rules.process import GROUP_LEADER, LEVELS, OFFICES, SCHOOL, SELF
from yanxiu.people.access import NotAllowed, allowed, require, signed_name
from yanxiu.people.models import Teacher

Decision = RecognitionStep.Decision
State = Record.State
RETURN: Final = "return"
ACCEPT: Final = "accept"
Turns = Mapping[UUID, int]
"""Of each record, by its uid, the turn that the person saw when deciding."""


@dataclass(frozen=True)
class LeftOut:
    """A record on which somebody has acted since it was shown, with the last step of its history.

    The step is None where nobody has taken one: such a record was withdrawn.
    """

    record: Record
    last: RecognitionStep | None


@transaction.atomic
def decide(
    records: Sequence[Record],
    *,
    decision: str = ACCEPT,
    amount: Decimal | None = None,
    reason: str = "",
    by: Teacher,
    at: datetime,
    turns: Turns | None = None,
) -> list[Record]:
    """Take the step for which each of `records` waits; the final one posts.

    Args:
        records: as the person saw them; all or none are decided.
        decision: `accept` or `return`.
        amount: how much is recognised, in the records' own measure; None as it stands.
        reason: why less, or why it is returned; the teacher reads it.
        by: who decides.
        at: when, aware.
        turns: what `turn` the records had on the page; None takes that of `records`.

    Raises:
        OwnRecord: one of them is the own record of `by`.
        AlreadyDecided: somebody else was faster.
        SameHand: `by` took the step before it, for another level.
        NotAllowed: it is not for `by` to decide.
        AmountTooLarge, WhyMissing: more than was claimed; less, or a return, without a reason.
    """
    if decision == RETURN:
        return return_(records, reason=reason, by=by, at=at, turns=turns)
    rows = _to_decide(records, by, turns)
    places = {row.waiting_at for row in rows}
    ladder = Ladder.over({row.organisation for row in rows})
    ways = Ways()
    told, changed, final = [], [], []
    for row in rows:
        way = ways.of(row)
        stands = standing_amount(row, way.scheme)
        found = stands if amount is None else amount
        if not 0 <= found <= most_amount(row, way.scheme):
            raise AmountTooLarge(plain(most_amount(row, way.scheme)))
        if found < stands and not reason.strip():
            raise WhyMissing("认定得比申报的少，")
        if found != stands:
            row.recognised = None if found == told_amount(row, way.scheme) else found
            changed.append(row)
        place = step_of(way, row)
        step = way.chain.steps[place]
        told.append(
            told_step(
                row, Decision.ACCEPTED, by=by, at=at, step=step.step, title=step.title,
                level=step.by, is_final=step.final, amount=found, reason=reason,
                name=_signed(by, row),
            )
        )  # fmt: skip
        if put_at(row, way, place + 1, ladder, at):
            final.append(row)
    RecognitionStep.objects.bulk_create(told)
    keep(rows)
    make_awards_anew(changed, at=at)
    _post(final, by=by, at=at)
    tell(rows, told, by, at)
    settle_tasks([one for one in places if one], at)
    ask_deciders(rows, at)
    return rows


@transaction.atomic
def return_(
    records: Sequence[Record],
    *,
    reason: str,
    by: Teacher,
    at: datetime,
    turns: Turns | None = None,
) -> list[Record]:
    """Give `records` back to their teachers with a reason; nothing that was recognised is lost.

    Handed in again, a record waits for the same step: who has recognised it is not asked twice.

    Raises:
        WhyMissing: there is no reason.
        OwnRecord, AlreadyDecided, SameHand, NotAllowed: see `decide`.
    """
    if not reason.strip():
        raise WhyMissing("退回")
    rows = _to_decide(records, by, turns)
    places = {row.waiting_at for row in rows}
    told = [
        told_step(
            row, Decision.RETURNED, by=by, at=at, step=row.waiting_step,
            title=row.waiting_title, level=row.waiting_by, reason=reason, name=_signed(by, row),
        )
        for row in rows
    ]  # fmt: skip
    for row in rows:
        row.state, row.due_on, row.turn = State.RETURNED, None, row.turn + 1
    RecognitionStep.objects.bulk_create(told)
    keep(rows)
    drop_awards(rows)
    tell(rows, told, by, at)
    ask_to_put_right(rows, at)
    settle_tasks([one for one in places if one], at)
    return rows


@transaction.atomic
def reverse_and_redo(
    record: Record,
    *,
    reason: str,
    by: Teacher,
    at: datetime,
    amount: Decimal | None = None,
    level: str = "",
    step: str = "correction",
    title: str = "更正",
    turn: int | None = None,
) -> Record:
    """Correct what was recognised to the end: counter-entries, and a new round.

    With an `amount` the deed is itself the step of `level`: what stands above it in the chain is
    asked next, and where nothing does, the corrected amount is posted at once. Without one, the
    record waits for the first step again.

    Args:
        record: a recognised one.
        reason: why; it stands on the counter-entry.
        by: who corrects.
        at: when, aware.
        amount: what is right, in the record's own measure.
        level: for which level `by` decides (`school`, `central_school`, `county`).
        step: what the deed is called in the history.
        title: the same for people.
        turn: the `turn` on the page; None takes that of `record`.

    Raises:
        OwnRecord: it is the own record of `by`.
        NotAllowed: `by` recognises no hours there.
        NotRecognised: it is still on its way.
        AlreadyDecided: somebody else was faster.
        DecidedAbove: a superior decided it, and would not see it again.
        AmountTooLarge, WhyMissing: as in `decide`.
    """
    if not reason.strip():
        raise WhyMissing("更正")
    (row,) = locked([record])
    living(row)
    if row.teacher_id == by.pk:
        raise OwnRecord
    require(may_correct_record, by, row)
    _unchanged([row], {record.uid: record.turn if turn is None else turn})
    if row.state != State.RECOGNISED:
        raise NotRecognised
    way = kept_way(row)
    if amount is not None and not 0 <= amount <= most_amount(row, way.scheme):
        raise AmountTooLarge(plain(most_amount(row, way.scheme)))
    place = way.chain.after(SELF)
    if amount is not None:
        place = way.chain.above(level if level in LEVELS else SELF)
    if place >= len(way.chain.steps):  # else it goes up once more, to whoever decided it
        _respect(row, level, by)
    _reverse_all(row, reason=reason.strip()[:200], by=by, at=at)
    told = [
        told_step(
            row, Decision.REVERSED, by=by, at=at, step=step, title="冲销后重新认定", level=level,
            amount=standing_amount(row, way.scheme), reason=reason, name=_signed(by, row),
        )
    ]  # fmt: skip
    row.round += 1
    row.recognised = None
    if amount is not None:
        row.recognised = None if amount == told_amount(row, way.scheme) else amount
        told.append(
            told_step(
                row, Decision.ACCEPTED, by=by, at=at, step=step, title=title, level=level,
                is_final=place >= len(way.chain.steps), amount=amount, reason=reason,
                name=_signed(by, row),
            )
        )  # fmt: skip
    is_final = put_at(row, way, place, Ladder.over([row.organisation]), at)
    RecognitionStep.objects.bulk_create(told)
    keep([row])
    awards = make_awards([row], at=at)
    if is_final:
        post(awards, by=by, at=at)
    tell([row], told, by, at)
    ask_deciders([row], at)
    return row


def _respect(row: Record, level: str, by: Teacher) -> None:
    """Let nobody correct to the end what somebody above has decided in this round.

    Raises:
        DecidedAbove: `by` recognises no hours where it was decided.
    """
    told = row.steps.filter(round=row.round, decision=Decision.ACCEPTED, level__in=OFFICES)
    ranks = [LEVELS.index(one) for one in told.values_list("level", flat=True)]
    highest = LEVELS[max(ranks)] if ranks else ""
    if highest in {"", SCHOOL} or (level in LEVELS and LEVELS.index(level) >= max(ranks)):
        return
    place = Ladder.over([row.organisation]).place(row.organisation, highest)
    if place.pk not in by.reach("recognise_hours"):
        raise DecidedAbove(place.name)


def _signed(by: Teacher, row: Record) -> str:
    """Return the name under which `by` decides: a deputy's says for whom."""
    if row.waiting_by in {SELF, GROUP_LEADER}:
        return by.name
    return signed_name(by, "recognise_hours", row.waiting_at or row.organisation)


def _reverse_all(row: Record, *, reason: str, by: Teacher, at: datetime) -> None:
    standing = Entry.objects.filter(record=row, reverses=None, reversed_by=None)
    joined = standing.select_related("teacher", "organisation", "record", "award")
    reverse(joined, reason=reason, by=by, at=at)


def locked(records: Sequence[Record]) -> list[Record]:
    """Return `records` read again under exclusive locks, always in the order of their keys."""
    rows = (
        Record.objects.select_for_update(of=("self",))
        .select_related("teacher", "organisation", "waiting_at")
        .filter(pk__in=[record.pk for record in records])
        .order_by("pk")
    )
    return list(rows)


def living(row: Record) -> None:
    if row.withdrawn_at:
        raise RecordWithdrawn(row.withdrawn_because)


def acted_on_since(records: Sequence[Record], *, by: Teacher, turns: Turns) -> list[LeftOut]:
    """Lock `records`; return those on which somebody has acted since `by` saw them.

    For whoever decides about many at once, in the same transaction: the others can be decided, and
    these be named. What is not in the reach of `by` is not told of; `decide` refuses it.
    """
    rows = [row for row in locked(records) if row.withdrawn_at or turns.get(row.uid) != row.turn]
    if not rows:
        return []
    own = Q(organisation__in=by.reach("recognise_hours")) | led_by(by)
    told = set(
        Record.objects.filter(own, pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    last: dict[int, RecognitionStep] = {}
    for step in RecognitionStep.objects.filter(record__in=told).order_by("at", "pk"):
        last[step.record_id] = step
    return [LeftOut(row, last.get(row.pk)) for row in rows if row.pk in told]


def _to_decide(records: Sequence[Record], by: Teacher, turns: Turns | None) -> list[Record]:
    """Lock `records` and make sure that it is for `by` to take the step each waits for."""
    rows = locked(records)
    if any(row.teacher_id == by.pk and row.waiting_by != SELF for row in rows):
        raise OwnRecord
    for row in rows:
        living(row)
    _unchanged(rows, turns or {record.uid: record.turn for record in records})
    mine = Record.objects.filter(pk__in=[row.pk for row in rows])
    open_to = set(allowed(may_take_step, by, mine).values_list("pk", flat=True))
    for row in rows:
        if row.pk in open_to:
            continue
        if row.teacher_id in stands_in_for(by):
            raise OfLender(row.teacher.name)
        if row.state == State.WAITING and any(
            row.waiting_at and row.waiting_at.path.startswith(path)
            for path in by.reach_paths("recognise_hours")
        ):
            raise SameHand(row.title)
        raise NotAllowed
    return rows


def _unchanged(rows: Sequence[Record], turns: Turns) -> None:
    """Make sure that nobody has acted since the page was shown.

    Raises:
        AlreadyDecided: somebody has; the sentence names who.
    """
    for row in rows:
        if turns.get(row.uid) != row.turn:
            last = row.steps.order_by("at", "pk").last()
            word = last.get_decision_display() if last else ""
            raise AlreadyDecided(row.title, last.by_name if last else "别人", word)


def keep(rows: Sequence[Record]) -> None:
    Record.objects.bulk_update(rows, CHAIN_FIELDS)


def _post(rows: Sequence[Record], *, by: Teacher, at: datetime) -> None:
    """Post what `rows` earn in their round."""
    awards = Award.objects.filter(record__in=[row.pk for row in rows], entry=None)
    known = {row.pk: row for row in rows}
    mine = [award for award in awards if award.round == known[award.record_id].round]
    for award in mine:
        award.record = known[award.record_id]
    post(mine, by=by, at=at)


def tell(
    rows: Sequence[Record], told: Sequence[RecognitionStep], by: Teacher, at: datetime
) -> None:
    """Write the trail of every deed, and mark the standings that it changes."""
    verbs = {
        Decision.ACCEPTED: "ledger.step-taken", Decision.RETURNED: "ledger.record-returned",
        Decision.CLAIMED: "ledger.record-handed-in", Decision.REVERSED: "ledger.record-reversed",
    }  # fmt: skip
    known = {row.pk: row for row in rows}
    for one in told:
        detail = {
            "step": one.step,
            "round": one.round,
            "amount": None if one.amount is None else plain(one.amount),
            "reason": one.reason,
        }
        trail.record(by, verbs[Decision(one.decision)], known[one.record_id], at=at, detail=detail)
    stale([row.teacher for row in rows], at)

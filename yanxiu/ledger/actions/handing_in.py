"""What a teacher does about the own record: handing it in again, and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.ledger.actions.asking import ask_deciders, settle_tasks, was_put_right
from yanxiu.ledger.actions.chaining import drop_awards, make_awards_anew, put_at, told_step
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.actions.recognising import Decision, State, keep, living, locked, tell
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_change_own_record
from yanxiu.ledger.queries.chains import Ladder, kept_way, step_of
from yanxiu.ledger.refusals import NotReturned, TooLateToTakeBack
from yanxiu.ledger.rules.process import SELF
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher


@transaction.atomic
def hand_in_again(
    record: Record, *, word: str, by: Teacher, at: datetime, evidence: Sequence[str] = ()
) -> Record:
    """Let a returned record wait again, for the step that returned it.

    Args:
        record: a returned one of `by`.
        word: what was added or put right.
        by: the teacher.
        at: when, aware.
        evidence: codes of what is there to prove it now.

    Raises:
        NotAllowed: it is somebody else's.
        NotReturned: nobody returned it, or it was handed in again already.
    """
    require(may_change_own_record, by, record)
    (row,) = locked([record])
    living(row)
    if row.state != State.RETURNED:
        raise NotReturned
    way = kept_way(row)
    told = told_step(
        row, Decision.CLAIMED, by=by, at=at, step=SELF, title="补充后再交", level=SELF,
        amount=row.claimed, reason=word,
    )  # fmt: skip
    put_at(row, way, step_of(way, row), Ladder.over([row.organisation]), at)
    told.save()
    if set(evidence) - set(row.evidence):
        row.evidence = sorted({*row.evidence, *evidence})
        row.save(update_fields=["evidence"])
    keep([row])
    # A reckoning of an earlier edition may have left an award for what was returned.
    make_awards_anew([row], at=at)
    tell([row], [told], by, at)
    was_put_right(row, at)
    ask_deciders([row], at)
    return row


@transaction.atomic
def take_back(record: Record, *, because: str, by: Teacher, at: datetime) -> Record:
    """Withdraw a record that one declared, while nobody has acted on it.

    A returned one can be taken back too: then nobody waits for anybody.

    Raises:
        NotAllowed: it is somebody else's, or nobody declared it.
        TooLateToTakeBack: a step was taken.
        RecordWithdrawn: it was withdrawn before.
    """
    require(may_change_own_record, by, record)
    (row,) = locked([record])
    living(row)
    if row.assurance != Record.Assurance.DECLARED:
        raise NotAllowed
    acted = row.steps.filter(decision=Decision.ACCEPTED).order_by("at", "pk").last()
    if row.state != State.RETURNED and (acted or row.state == State.RECOGNISED):
        raise TooLateToTakeBack(acted.by_name if acted else "学校")
    place = row.waiting_at
    row.withdrawn_at, row.withdrawn_because = at, (because.strip() or "本人撤回")[:200]
    row.turn += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_because", "turn"])
    drop_awards([row])
    stale([row.teacher], at)
    trail.record(
        by, "ledger.record-taken-back", row, at=at, detail={"reason": row.withdrawn_because}
    )
    settle_tasks([place] if place else [], at)
    was_put_right(row, at)
    return row

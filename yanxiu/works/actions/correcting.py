"""A prize in the register that was announced wrongly: another one, or none."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.works import records
from yanxiu.works.actions.registering import SCHOOL_STEP
from yanxiu.works.actions.sending import lower_state
from yanxiu.works.models import Outcome, Work
from yanxiu.works.permissions import may_confirm_outcome


@transaction.atomic
def correct_prize(outcome: Outcome, prize: str, *, because: str, by: Teacher, at: datetime) -> None:
    """Put another prize into the register, or strike the line out; the records follow.

    Whoever corrects tells the authors.

    Raises:
        NotAllowed: `by` does not manage the works of the school, or is the author.
    """
    require(may_confirm_outcome, by, outcome)
    source, detail = source_of(outcome), {"from": outcome.prize, "to": prize, "reason": because}
    standing = list(
        Record.objects.filter(source_kind=source.kind, source_id=source.uid, withdrawn_at=None)
    )
    for record in standing:
        ledger.withdraw(record, because=because, by=by, at=at)
    if prize:
        outcome.prize = prize
        outcome.save(update_fields=["prize"])
        if standing:
            news = records.of_outcome(outcome, standing[0].evidence)
            ledger.submit(news, by=by, at=at, step=SCHOOL_STEP)
        trail.record(by, "works.outcome-corrected", outcome, at=at, detail=detail)
        return
    trail.record(by, "works.outcome-struck", outcome, at=at, detail=detail)
    work = outcome.work
    outcome.delete()
    if work and work.state in (Work.State.AWARDED, Work.State.PUBLISHED):
        lower_state(work)

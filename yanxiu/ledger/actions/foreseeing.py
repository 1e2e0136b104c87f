"""What a record would earn, before anybody writes it: so that nobody hands in for nothing."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.submitting import NewRecord, as_record
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.persons import persons_of, seen_by
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.rules.evaluating import award


@dataclass(frozen=True)
class Foreseen:
    """What one scheme in force would give.

    Attributes:
        title: the title of the scheme.
        amount: what the record would earn by itself, None if the scheme does not speak of it.
        unit: the place's word for the unit of `amount`.
        why: why it would count for nothing, where it would not count.
    """

    title: str
    amount: Decimal | None
    unit: str
    why: str = ""


def foresee(new: NewRecord, at: datetime) -> list[Foreseen]:
    """Return what each scheme in force would give for `new`; nothing is written.

    Without a scheme in force on the day the list is empty. Limits over several records are left
    out: they depend on what else there is.
    """
    record = as_record(new, at)
    day = day_of(new.happened_at)
    schemes = schemes_on(new.organisation, day)
    person = persons_of([new.teacher], day)[new.teacher.pk] if schemes else None
    found = []
    for scheme in schemes:
        given = award(scheme, facts_of(record), seen_by(scheme, person) if person else None)
        if given is None:
            found.append(Foreseen(scheme.title, None, ""))
        else:
            why = "" if given.valid else given.steps[-1].text
            unit = scheme.unit_label(given.unit)
            found.append(Foreseen(scheme.title, given.amount, unit, why))
    return found

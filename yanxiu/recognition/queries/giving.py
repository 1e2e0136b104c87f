"""What each scheme in which a record counts would give it, so that whoever decides sees all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from yanxiu.kernel.amounts import plain
from yanxiu.ledger.models import Award, Record
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.rules.refusals import SchemeUnknown
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.telling import why_nothing


@dataclass(frozen=True)
class Given:
    """What one scheme would give: "" where it counts for nothing in it, and then why."""

    title: str
    amount: str
    why: str = ""


@dataclass
class Counted:
    """The schemes that speak of one record, with what each would give."""

    given: list[Given] = field(default_factory=list)
    schemes: list[Scheme] = field(default_factory=list)


def counted(records: Sequence[Record]) -> dict[int, Counted]:
    """Return by primary key in which schemes each of `records` counts, in the order of reckoning.

    One statement, and one for each stored scheme that this process has not met.
    """
    rounds = {record.pk: record.round for record in records}
    found: dict[int, Counted] = defaultdict(Counted)
    rows = Award.objects.filter(record__in=list(rounds)).order_by("pk")
    for row in rows:
        if row.round != rounds[row.record_id]:
            continue
        try:
            scheme = scheme_of(row.scheme, row.version, row.digest)
        except SchemeUnknown:
            continue
        gives = bool(row.amount) and row.valid
        amount = f"{plain(row.amount)} {scheme.unit_label(row.unit)}" if gives else ""
        one = found[row.record_id]
        one.given.append(Given(scheme.title, amount, "" if gives else why_nothing(row)))
        one.schemes.append(scheme)
    return found

"""Records of a whole county compared with what a scheme gives them; for jobs that reckon again.

A job asks so, for as many records at once as it likes, as memory does not grow with them:

    rows = Record.objects.filter(withdrawn_at=None, teacher__in=batch)
    for difference in differences(scheme, rows, person_of=lambda teacher, day: ...):
        difference.before   # what the ledger has, None if the scheme gave the record nothing
        difference.after    # what the scheme gives now, without steps
        difference.award()  # the same with its steps, made only when it is asked for

A job that needs whole rows of what changes takes `difference.record_id` and loads those alone:
`changes_of(Record.objects.filter(pk__in=...), ...)`; what a person has reversed, and entries that
wait, it must still tell apart there, for here only awards are looked at.

Only the columns are read that the scheme asks for; alike records are reckoned once
(`rules.dependence`). What is void and what is not spoken of are the same to a reader: nothing is
told where one became the other. `person_of` is asked only if tiers matter under the scheme, for
the person of the day on which the record happened.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, FilteredRelation, Q, QuerySet

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.rules.dependence import Amount, Rows
from yanxiu.ledger.rules.evaluating import Award, award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import Scheme

AT_ONCE: Final = 2000
"""So many rows are fetched together."""

_COLUMNS: Final = {"on": "happened_on", "claimed_on": "written_at"}
_KEPT: Final = (
    "pk", "teacher_id", "happened_on", "given__round", "given__amount", "given__unit",
    "given__valid",
)  # fmt: skip

PersonOf = Callable[[int, date], Person | None]
"""Who a teacher, by primary key, was to the scheme on a day."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that earns something else than before; `before` has no rule."""

    scheme: Scheme
    record_id: int
    teacher_id: int
    before: Amount | None
    after: Amount | None
    facts: Facts
    person: Person | None

    def award(self) -> Award | None:
        """Return `after` with its steps; `facts` hold what the scheme asks for, and no uid."""
        return award(self.scheme, self.facts, self.person)

    @property
    def change(self) -> Decimal:
        """By how much the amount changes; both in their own units."""
        return _worth(self.after) - _worth(self.before)


def differences(
    scheme: Scheme, records: "QuerySet[Record]", *, person_of: PersonOf | None = None
) -> Iterator[Difference]:
    """Give those of `records` whose award under `scheme` is not what was stored last.

    The award stored under the scheme's id is compared, whatever its version; of several rounds
    the last one.
    """
    rows = Rows(scheme)
    person = _seen(rows, person_of)
    for row in _last_rounds(_read(rows, scheme, records)):
        who = person(row[1], row[2])
        after = rows.of(row[_FIRST:], who)
        _, _, _, stored, amount, unit, valid = row[:_FIRST]
        if stored is None:
            same = after is None or not after.valid
        elif after is None or not after.valid:
            same = not valid
        else:
            same = valid and after.amount == amount and after.unit == unit
        if not same:
            before = None if stored is None else Amount(amount, unit, "", valid)
            facts = rows.facts(row[_FIRST:])
            yield Difference(scheme, row[0], row[1], before, after, facts, who)


_FIRST: Final = len(_KEPT)
_ROUND: Final = _KEPT.index("given__round")


def _worth(amount: Amount | None) -> Decimal:
    return amount.amount if amount and amount.valid else Decimal(0)


def _seen(rows: Rows, person_of: PersonOf | None) -> PersonOf:
    """Return who a teacher is to the scheme: nobody in particular where tiers do not matter."""
    if person_of is None:
        return lambda _teacher, _day: None
    if rows.amounts.tiers:
        return person_of
    return lambda _teacher, _day: None


def _read(rows: Rows, scheme: Scheme, records: "QuerySet[Record]") -> Iterator[tuple[Any, ...]]:
    """Give `_KEPT` and the columns of `rows` for each record and round, by primary key."""
    given = FilteredRelation("awards", condition=Q(awards__scheme=scheme.id))
    columns = [F(_COLUMNS.get(name, name)) for name in rows.names]
    found = (
        records.alias(given=given)
        .order_by("pk")
        .values_list(*_KEPT, *columns)
        .iterator(chunk_size=AT_ONCE)
    )
    if not rows.amounts.by_claim:
        yield from found
        return
    place = _FIRST + rows.names.index("claimed_on")
    for row in found:
        yield (*row[:place], day_of(row[place]), *row[place + 1 :])


def _last_rounds(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Give each record once, with its last round; those of one record stand together."""
    held: tuple[Any, ...] | None = None
    for row in rows:
        if held is not None:
            if held[0] != row[0]:
                yield held
            elif held[_ROUND] > row[_ROUND]:
                continue
        held = row
    if held is not None:
        yield held

"""What a scheme would change in the ledger, record by record."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet

from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, Record, SchemeAdoption
from yanxiu.ledger.persons import Grounds, grounds_of, seen_by
from yanxiu.ledger.queries.comparing import living_records, reckon
from yanxiu.ledger.queries.entries import with_entries
from yanxiu.ledger.reckoning_rows import differences
from yanxiu.ledger.rules.adding import TRANSFERRED
from yanxiu.ledger.rules.evaluating import Award as Given
from yanxiu.ledger.rules.persons import ANYONE, Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.models import Organisation, Teacher

AT_ONCE: Final = 100
"""So many teachers are read together."""


@dataclass(frozen=True)
class Change:
    """What the ledger holds for one record under a scheme, and what it should hold.

    Attributes:
        record: with its teacher and organisation loaded.
        award: the award of the latest round, with `posted` and `is_reversed`; None if none.
        given: what the scheme gives now; None if it says nothing about such records.
    """

    record: Any
    award: Any
    given: Given | None

    @property
    def before(self) -> Decimal | None:
        """What it earned, or would earn once recognised."""
        if self.award is None or not self.award.valid:
            return None
        return Decimal(self.award.amount if self.award.posted is None else self.award.posted)

    @property
    def after(self) -> Decimal | None:
        """What it would earn."""
        return self.given.amount if self.given and self.given.valid else None

    @property
    def unit(self) -> str:
        """The unit of both."""
        return str(self.given.unit if self.given else self.award.unit)

    @property
    def is_one(self) -> bool:
        """Whether anything changes; what a person has reversed stays reversed."""
        if self.award is not None and self.award.is_reversed:
            return False
        other = self.before is not None and self.award.unit != self.unit
        return self.before != self.after or (other and self.after is not None)


@dataclass(frozen=True)
class Changed:
    """What changes for some teachers, and how far that is."""

    done: int
    of: int
    changes: list[Change]


def within(organisation: Organisation, scheme: str, starts_on: date) -> "QuerySet[Record]":
    """Return the living records that the adoption of `scheme` from `starts_on` on decides about.

    Up to the day on which another version followed or the adoption ended; without the days on
    which organisations below went by a version of their own, and without what was transferred in:
    an officer has taken that over, no award rule gives it.
    """
    rows: QuerySet[Record] = (
        living_records()
        .filter(organisation__path__startswith=organisation.path, happened_on__gte=starts_on)
        .exclude(kind=TRANSFERRED)
    )
    adopted = SchemeAdoption.objects.filter(
        scheme=scheme, organisation__path__startswith=organisation.path
    ).values_list("organisation", "organisation__path", "starts_on", "ends_on")
    for pk, path, first, end in adopted:
        if pk != organisation.pk:
            own = Q(organisation__path__startswith=path, happened_on__gte=first)
            rows = rows.exclude(own & Q(happened_on__lt=end) if end else own)
        elif first == starts_on and end:
            rows = rows.filter(happened_on__lt=end)
    return rows


def changes(rows: "QuerySet[Record]", scheme: Scheme) -> Iterator[Changed]:
    """Yield what changes among `rows`, some teachers at a time; memory holds those alone.

    The amounts of all are read in a stream of columns; whole rows are loaded of what changes.
    """
    teachers = sorted(set(rows.order_by().values_list("teacher_id", flat=True)))
    for start in range(0, len(teachers), AT_ONCE):
        batch = teachers[start : start + AT_ONCE]
        own = rows.filter(teacher__in=batch)
        found = [
            each.record_id for each in differences(scheme, own, person_of=_Seen(scheme, batch))
        ]
        found_rows = living_records().filter(pk__in=found).select_related("teacher", "organisation")
        different = changes_of(found_rows.order_by("teacher_id", "pk"), scheme) if found else []
        yield Changed(
            done=start + len(batch),
            of=len(teachers),
            changes=[change for change in different if change.is_one],
        )


class _Seen:
    """The persons of a batch as the scheme sees them; read only if the scheme looks at them."""

    def __init__(self, scheme: Scheme, batch: Sequence[int]) -> None:
        self._asked = (scheme, batch)
        self._known: dict[int, _Life] | None = None

    def __call__(self, teacher: int, day: date) -> Person | None:
        """Return who the teacher was on `day`."""
        scheme, batch = self._asked
        if self._known is None:
            grounds = grounds_of(list(Teacher.objects.filter(pk__in=batch)))
            self._known = {pk: _Life(scheme, one) for pk, one in grounds.items()}
        life = self._known.get(teacher)
        return life.on(day) if life else None


class _Life:
    """One teacher through the years: another person to the scheme where a post or tier begins."""

    def __init__(self, scheme: Scheme, grounds: Grounds) -> None:
        self._scheme, self._grounds = scheme, grounds
        self._turns = sorted({day for row in grounds.rows for day in row[4:6] if day})
        self._known: dict[int, Person] = {}

    def on(self, day: date) -> Person:
        """Return the person of `day`; concluded once between two turns."""
        turn = bisect_right(self._turns, day)
        if turn not in self._known:
            self._known[turn] = seen_by(self._scheme, self._grounds.person(day))
        return self._known[turn]


def changes_of(records: Iterable[Any], scheme: Scheme) -> list[Change]:
    """Return what changes for `records`, with teacher and organisation loaded; few statements.

    Each is judged by what its teacher was on the day it happened, as when it was first reckoned.
    """
    rows = list(records)
    teachers = {record.teacher_id: record.teacher for record in rows}
    lives = {pk: _Life(scheme, one) for pk, one in grounds_of(list(teachers.values())).items()}
    awards = latest_awards([record.pk for record in rows], scheme.id)
    return [Change(record, awards.get(record.pk), _given(scheme, record, lives)) for record in rows]


def latest_awards(records: Iterable[int], scheme: str) -> dict[int, Any]:
    """Return the award of the latest round of each record that has one, by the record."""
    rows = with_entries(Award.objects.filter(record__in=list(records), scheme=scheme))
    return {award.record_id: award for award in rows.defer("steps").order_by("round")}


def _given(scheme: Scheme, record: Any, lives: dict[int, _Life]) -> Given | None:
    life = lives.get(record.teacher_id)
    return reckon(scheme, facts_of(record), life.on(record.happened_on) if life else ANYONE)

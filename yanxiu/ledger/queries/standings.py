"""Where teachers stand."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from yanxiu.kernel.spans import Span
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, Entry, Record
from yanxiu.ledger.persons import persons_of, seen_by
from yanxiu.ledger.queries.entries import with_entries
from yanxiu.ledger.queries.schemes import schemes_on
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.persons import ANYONE, Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing
from yanxiu.ledger.rules.standing import standing as reckon_standing
from yanxiu.people.models import Organisation, Teacher


@dataclass(frozen=True)
class TeacherStanding:
    """One teacher's standing under one scheme, as pages show it."""

    scheme: Scheme
    standing: Standing


@dataclass(frozen=True)
class Part:
    """What one scheme gave one record; `posted` is the amount of the entry, None while it waits."""

    record: Record
    scheme: str
    amount: Decimal
    unit: str
    posted: Decimal | None

    def earned(self, teacher: Teacher) -> Earned:
        """Return it as the rules see it."""
        record = self.record
        record.teacher = teacher
        amount = self.amount if self.posted is None else self.posted
        return Earned(facts_of(record), amount, self.unit, record.happened_on, record.uid)


def standings(
    teacher: Teacher,
    organisation: Organisation,
    on: date,
    *,
    semester: Span | None = None,
    person: Person | None = None,
) -> list[TeacherStanding]:
    """Return where `teacher` stands on `on` under each scheme in force; a few statements."""
    persons = None if person is None else {teacher.pk: person}
    return standings_of([teacher], organisation, on, semester=semester, persons=persons)[teacher.pk]


def standings_of(
    teachers: Sequence[Teacher],
    organisation: Organisation,
    on: date,
    *,
    semester: Span | None = None,
    persons: dict[int, Person] | None = None,
    schemes: Sequence[Scheme] | None = None,
) -> dict[int, list[TeacherStanding]]:
    """Return where each of `teachers` stands, by primary key; a few statements, however many.

    All are reckoned by the schemes of `organisation`; the rows are read in a stream, so memory
    holds those of one teacher at a time. `persons` are those of `ledger.persons`, and `schemes`
    those in force on the day, for who has asked for them already.
    """
    schemes = schemes_on(organisation, on) if schemes is None else schemes
    whose = persons_of(teachers, on) if persons is None and schemes else persons or {}
    asked = Asked(on, semester, schemes, whose)
    return {pk: found for pk, [found] in standings_at(teachers, [asked])}


@dataclass(frozen=True)
class Asked:
    """A day on which standings are asked for, by which schemes, and who the persons are then."""

    on: date
    semester: Span | None
    schemes: Sequence[Scheme]
    persons: dict[int, Person]

    def standing(self, teacher: Teacher, parts: Iterable[Part]) -> list[TeacherStanding]:
        """Return where `teacher` stands on the day; later ones among `parts` are left out."""
        own = [part for part in parts if part.record.happened_on <= self.on]
        person = self.persons.get(teacher.pk, ANYONE)
        return reckoned(own, teacher, self.schemes, self.on, semester=self.semester, person=person)


def standings_at(
    teachers: Sequence[Teacher], asked: Sequence[Asked]
) -> Iterator[tuple[int, list[list[TeacherStanding]]]]:
    """Yield where each of `teachers`, by primary key, stands on each of the days; one statement."""
    left = {teacher.pk: teacher for teacher in teachers}
    schemes = {scheme.id for one in asked for scheme in one.schemes}
    rows = _parts(list(left), schemes, max(one.on for one in asked))
    for pk, parts in groupby(rows, key=lambda part: part.record.teacher_id):
        teacher, own = left.pop(pk), list(parts)
        yield pk, [one.standing(teacher, own) for one in asked]
    for pk, teacher in left.items():
        yield pk, [one.standing(teacher, ()) for one in asked]


def _parts(known: Sequence[int], schemes: Collection[str], on: date) -> Iterable[Part]:
    """Yield what the schemes gave the records of `known`, one teacher after the other."""
    awards = (
        with_entries(Award.objects.all())
        .filter(
            valid=True,
            record__teacher__in=known,
            record__withdrawn_at=None,
            record__happened_on__lte=on,
            scheme__in=schemes,
        )
        .select_related("record")
        .defer("steps")
        .order_by("record__teacher_id")
    )
    for award in awards.iterator(chunk_size=2000):
        if _counts(award.record, award):
            yield Part(award.record, award.scheme, award.amount, award.unit, award.posted)


def _counts(record: Record, award: Any) -> bool:
    """Tell whether an award with its entry is posted and stands, or waits; see `waiting_awards`."""
    if award.posted is not None:
        return not award.is_reversed
    return record.state != Record.State.RETURNED and award.round >= record.round


def own_rows(teacher: Teacher, on: date) -> tuple[list[Record], list[Part]]:
    """Return all living records of `teacher` up to `on` and what schemes gave them; one statement.

    For a page that shows the records beside the standing. Both are in the order of the days.
    """
    own = Entry.objects.filter(award=OuterRef("awards__pk"))
    rows = (
        Record.objects.filter(teacher=teacher, withdrawn_at=None, happened_on__lte=on)
        .annotate(
            award_scheme=F("awards__scheme"),
            award_amount=F("awards__amount"),
            award_unit=F("awards__unit"),
            award_valid=F("awards__valid"),
            award_round=F("awards__round"),
            posted=Subquery(own.order_by("number").values("amount")[:1]),
            is_reversed=Exists(own.filter(reverses__isnull=False)),
        )
        .order_by("happened_on", "pk")
    )
    records: dict[int, Record] = {}
    parts = []
    for row in rows:
        record = records.setdefault(row.pk, row)
        award = SimpleNamespace(
            posted=row.posted, is_reversed=row.is_reversed, round=row.award_round
        )
        if row.award_valid and _counts(record, award):
            parts.append(
                Part(record, row.award_scheme, row.award_amount, row.award_unit, row.posted)
            )
    return list(records.values()), parts


def reckoned(
    parts: Iterable[Part],
    teacher: Teacher,
    schemes: Sequence[Scheme],
    on: date,
    *,
    semester: Span | None,
    person: Person = ANYONE,
) -> list[TeacherStanding]:
    """Reckon one teacher from what the schemes gave; no statement."""
    posted: dict[str, list[Earned]] = {scheme.id: [] for scheme in schemes}
    waiting: dict[str, list[Earned]] = {scheme.id: [] for scheme in schemes}
    for part in parts:
        if part.scheme in posted:
            side = waiting if part.posted is None else posted
            side[part.scheme].append(part.earned(teacher))
    return [
        TeacherStanding(
            scheme,
            reckon_standing(
                scheme,
                posted[scheme.id],
                waiting[scheme.id],
                on=on,
                semester=semester,
                person=seen_by(scheme, person),
            ),
        )
        for scheme in schemes
    ]

"""Why one record earns what it earns."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yanxiu.kernel.sources import Source
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, Entry, RecognitionStep, Record, TransferLine
from yanxiu.ledger.queries import standings
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.rules.adding import TRANSFERRED
from yanxiu.ledger.rules.evaluating import Step
from yanxiu.ledger.rules.facts import measure_of
from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Counted
from yanxiu.ledger.wording import (
    attendance_word,
    kind_word,
    level_word,
    measure_word,
    role_word,
)
from yanxiu.people.models import Teacher
from yanxiu.places.table import Link, links
from yanxiu.portfolio.queries.records import Amount, amount_of, awards_of
from yanxiu.terms.queries import term_on


def steps_of(record: Record) -> "QuerySet[RecognitionStep]":
    """Return the decisions about `record` in their order."""
    return RecognitionStep.objects.filter(record=record).order_by("at", "id")


@dataclass(frozen=True)
class Reckoning:
    """What one scheme made of one record, with its entries and what of it counts."""

    scheme: Scheme
    award: Award
    amount: Amount
    steps: list[dict[str, str]]
    entries: list[Entry]
    counted: Counted | None
    counted_unit: str
    read_as: tuple[str, str, str] | None = None
    """From which scheme an imported rule comes, its unit there, and as what it is read here."""

    @property
    def is_reversed(self) -> bool:
        """Whether all of it was taken back by counter-entries: it is told, but past."""
        return self.amount.state == "reversed"

    @property
    def is_cut(self) -> bool:
        """Whether less counts than was earned."""
        return self.counted is not None and self.counted.counted < self.counted.earned

    @property
    def cuts(self) -> list[Step]:
        """The steps that took something off; the first only repeats what was earned."""
        return list(self.counted.steps[1:]) if self.counted else []


@dataclass(frozen=True)
class Told:
    """All that the page of one record says beside the record itself."""

    kind: str
    role: str
    level: str
    measure: str
    attendance: str
    link: Link | None
    steps: list[RecognitionStep]
    reckonings: list[Reckoning]


def told(record: Record, reader: Teacher, day: date) -> Told:
    """Return what is known about `record`, whose teacher and organisation are loaded."""
    source = Source(record.source_kind, record.source_id)
    reckonings = _reckonings(record, max(day, record.happened_on))
    named = reckonings[0].scheme if reckonings else None
    return Told(
        kind=kind_word(record.kind),
        role=role_word(record.role),
        level=level_word(record.organiser_level) if record.organiser_level else "",
        measure=measure_word(_measure(record), named),
        attendance=attendance_word(record.attendance) if record.attendance else "",
        link=links([source], reader).get(source),
        steps=list(steps_of(record)),
        reckonings=reckonings,
    )


def _measure(record: Record) -> str:
    """Return in what a record is measured; what another place has stated, as its paper does."""
    if record.kind == TRANSFERRED:
        stated = TransferLine.objects.filter(record=record).values_list("unit", flat=True).first()
        return stated or measure_of(facts_of(record))
    return measure_of(facts_of(record))


def _reckonings(record: Record, day: date) -> list[Reckoning]:
    term = term_on(record.organisation, record.happened_on)
    semester = term.span if term else None
    stands = standings(record.teacher, record.organisation, day, semester=semester)
    counted = {each.scheme.id: each.standing.counted.get(record.uid) for each in stands}
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(record=record).select_related("reverses").order_by("number"):
        entries[entry.award_id].append(entry)
    return [
        _reckoning(award, record, entries[award.pk], counted.get(award.scheme))
        for award in awards_of([record])
    ]


def _with_units(award: Any, scheme: Scheme) -> list[dict[str, str]]:
    """Return the steps of `award`, each with the unit of its amount.

    A rule that pays by the hour first turns minutes into hours: that step is in hours, whatever
    the award is in.
    """
    rule = next((each for each in scheme.award_rules if each.id == award.rule), None)
    by_time = rule is not None and rule.per == "hour"
    word = scheme.unit_label(award.unit)
    found = []
    for number, step in enumerate(award.steps):
        is_time = by_time and number == 0 and bool(step["amount"]) and "分钟 ÷" in step["text"]
        found.append({**step, "unit": scheme.unit_label("hour") if is_time else word})
    return found


def _read_as(award: Any, scheme: Scheme) -> tuple[str, str, str] | None:
    """Return how amounts of an imported rule are read, where its source speaks of another unit."""
    rule = next((each for each in scheme.award_rules if each.id == award.rule), None)
    if rule is None or rule.origin == scheme.id:
        return None
    here = scheme.unit_label(award.unit)
    there = scheme.unit_label("credit" if award.unit == "hour" else "hour")
    if here == there or not any(there in step["source"] for step in award.steps):
        return None
    written = shipped().get(rule.origin)
    return (written.title if written else rule.origin, there, here)


def _reckoning(
    award: Any, record: Record, entries: list[Entry], counted: Counted | None
) -> Reckoning:
    scheme = scheme_of(award.scheme, award.version, award.digest)
    living = award.posted is not None and not award.is_reversed
    return Reckoning(
        scheme=scheme,
        award=award,
        amount=amount_of(award, record),
        steps=_with_units(award, scheme),
        entries=entries,
        counted=counted if living and award.valid else None,
        counted_unit=scheme.unit_label(award.unit),
        read_as=_read_as(award, scheme),
    )

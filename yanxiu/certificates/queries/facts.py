"""What a certificate states: entries that count, by category and by requirement, on one day."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from yanxiu.kernel.amounts import PLACES, plain
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Entry, RecognitionStep
from yanxiu.ledger.queries import living_entries, standings_of
from yanxiu.ledger.queries.schemes import Adoptions, scheme_of
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing
from yanxiu.ledger.wording import kind_word
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.terms.queries import term_on
from yanxiu.ui.languages import in_words_of_the_house

DAY: Final = timedelta(days=1)
UNITS: Final = ("hour", "credit")
VERSION: Final = 20
"""So many letters of the versions are kept beside a certificate; it names them all."""

BY_THE_SCHEME: Final = "按方案记入"
"""Stands where nobody but the person's own deed let a record in."""

OTHER: Final = "转入及其他"


@dataclass(frozen=True)
class Asked:
    """What is to be certified: by whose scheme, which days, and asked on which day."""

    organisation: Organisation
    scheme: str
    span: Span
    on: date
    terms: tuple[Span, ...] | None = None
    """The school's terms where they are known already, so that they are not asked for again."""
    adoptions: Adoptions | None = field(default=None, compare=False, repr=False)
    """By what the school reckons, likewise."""

    @property
    def as_of(self) -> date:
        """The last day that is looked at."""
        return min(self.span.last, self.on)

    def schemes(self) -> list[Scheme]:
        """Return by what the school reckons, or reckoned, on the days that are looked at."""
        known = self.adoptions or Adoptions.of(self.organisation)
        return known.over(Span(min(self.span.start, self.as_of), self.as_of + DAY))

    @property
    def is_over(self) -> bool:
        """Whether the whole span lies behind the day."""
        return self.span.last < self.on


@dataclass(frozen=True)
class Part:
    """What one entry comes to beside all others; an amount is None where no conversion is known."""

    entry: Entry
    hours: Decimal | None
    credits: Decimal | None
    words: dict[str, str]
    """The line of the appendix, with the words of the scheme."""


@dataclass(frozen=True)
class Facts:
    """What is stated of one teacher; `ledger` is the part that the ledger tells, as JSON values.

    Its keys: `scheme`, `scheme_source`, `version`, `units`, `categories`, `requirements`, `total`
    and `lines`; amounts are texts without useless zeros, days are ISO.
    """

    teacher: Teacher
    job_number: str
    version: str
    hours: Decimal | None
    credits: Decimal | None
    ledger: dict[str, Any]
    parts: tuple[Part, ...]

    @property
    def mark(self) -> str:
        """The SHA-256 of what the ledger tells."""
        text = json.dumps(self.ledger, ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()


@in_words_of_the_house
def facts_for(teachers: Sequence[Teacher], asked: Asked) -> dict[int, Facts]:
    """Return what can be certified of each of `teachers`, by primary key.

    Whose school does not reckon by the scheme, or who has no entry in the span, is left out. The
    number of statements does not depend on how many they are.
    """
    stands = standings_of(
        teachers, asked.organisation, asked.as_of, semester=_semester(asked),
        schemes=asked.schemes(),
    )  # fmt: skip
    entries = _entries(teachers, asked)
    found = {}
    for teacher in teachers:
        stand = next((one for one in stands[teacher.pk] if one.scheme.id == asked.scheme), None)
        own = entries.get(teacher.pk, [])
        if stand is not None and own:
            reckoning = _Reckoning(teacher, stand.scheme, stand.standing, asked)
            found[teacher.pk] = reckoning.facts(own)
    return found


def _semester(asked: Asked) -> Span | None:
    if asked.terms is None:
        term = term_on(asked.organisation, asked.as_of)
        return term.span if term else None
    begun = [one for one in asked.terms if one.start <= asked.as_of]
    return max(begun, default=None)


def _entries(teachers: Sequence[Teacher], asked: Asked) -> dict[int, list[Any]]:
    """Return the entries by teacher, each with who recognised it and the teacher's job number."""
    final = RecognitionStep.objects.filter(
        record=OuterRef("record"),
        is_final=True,
        decision=RecognitionStep.Decision.ACCEPTED,
    ).order_by("-at", "-pk")
    numbered = (
        Post.objects.filter(
            held_on(asked.as_of), teacher=OuterRef("teacher"), organisation=asked.organisation
        )
        .exclude(job_number="")
        .order_by("pk")
    )
    rows = living_entries().filter(
        teacher__in=[one.pk for one in teachers],
        scheme=asked.scheme,
        earned_on__gte=asked.span.start,
        earned_on__lte=asked.as_of,
    )
    rows = rows.select_related("record__organisation", "award").defer("award__steps")
    rows = rows.annotate(
        recognised_by=Subquery(final.values("by_name")[:1]),
        recognised_by_uid=Subquery(final.values("by_uid")[:1]),
        recognised_at=Subquery(final.values("at")[:1]),
        job_number=Subquery(numbered.values("job_number")[:1]),
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for entry in rows.order_by("earned_on", "record__uid"):
        found[entry.teacher_id].append(entry)
    return found


class _Amounts:
    """Sums in both units; exact until they are written, so that no record loses a crumb."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.count = 0
        self._sums = dict.fromkeys(UNITS, Fraction(0))
        self._known = dict.fromkeys(UNITS, True)

    def add(self, counted: Decimal, unit: str, factor: Fraction | None) -> None:
        """Add what counts of one record; without a factor the other unit cannot be said."""
        self.count += 1
        other = UNITS[1 - UNITS.index(unit)]
        self._sums[unit] += Fraction(counted)
        if factor:
            own = Fraction(counted)
            self._sums[other] += own * factor if other == "hour" else own / factor
        else:
            self._known[other] = False

    def amount(self, unit: str) -> Decimal | None:
        """Return the sum cut at four places, None where a conversion is missing."""
        if not self._known[unit]:
            return None
        whole = self._sums[unit]
        exact = Decimal(whole.numerator) / Decimal(whole.denominator)
        return exact.quantize(PLACES, rounding=ROUND_FLOOR)

    def told(self, name: str) -> dict[str, str]:
        """Return the row of a table."""
        return {"name": name, "count": str(self.count), **{u: _text(self.amount(u)) for u in UNITS}}


@dataclass(frozen=True)
class _Reckoning:
    """One teacher under one scheme."""

    teacher: Teacher
    scheme: Scheme
    standing: Standing
    asked: Asked

    def facts(self, entries: Sequence[Any]) -> Facts:
        schemes = self._recognised_by(entries)
        total = _Amounts(self.scheme)
        categories: dict[str, _Amounts] = {}
        parts = []
        for entry in entries:
            entry.record.teacher = self.teacher
            counted = self._counted(entry)
            factor = self._factor(entry)
            name = kind_word(entry.record.kind, self.scheme)
            own = _Amounts(self.scheme)
            for sums in (total, own, categories.setdefault(name, _Amounts(self.scheme))):
                sums.add(counted, entry.unit, factor)
            words = self._line(entry, counted)
            parts.append(Part(entry, own.amount("hour"), own.amount("credit"), words))
        return Facts(
            teacher=self.teacher,
            job_number=entries[-1].job_number or "",
            version="、".join(one.version for one in schemes)[:VERSION],
            hours=total.amount("hour"),
            credits=total.amount("credit"),
            ledger={
                "scheme": "；".join(dict.fromkeys(one.title for one in schemes)),
                "scheme_source": "；".join(dict.fromkeys(one.source for one in schemes)),
                "version": "、".join(one.version for one in schemes),
                "units": {unit: self.scheme.unit_label(unit) for unit in UNITS},
                "categories": [sums.told(name) for name, sums in categories.items()],
                "total": total.told("合计"),
                "requirements": self._requirements(),
                "lines": [part.words for part in parts],
            },
            parts=tuple(parts),
        )

    def _recognised_by(self, entries: Sequence[Entry]) -> list[Scheme]:
        """Return the versions of the scheme by which `entries` were recognised, the oldest first.

        A version adopted since then does not stand over what an older one gave.
        """
        made = {(entry.award.version, entry.award.digest): entry.earned_on for entry in entries}
        found = []
        for version, digest in sorted(made, key=lambda one: (made[one], one)):
            if version == self.scheme.version:
                found.append(self.scheme)
            else:
                found.append(scheme_of(self.scheme.id, version, digest))
        return list({one.version: one for one in found}.values())

    def _counted(self, entry: Entry) -> Decimal:
        """Return what of an entry counts beside all others; caps may have cut it."""
        one = self.standing.counted.get(entry.record.uid)
        return entry.amount if one is None else one.counted

    def _factor(self, entry: Entry) -> Fraction | None:
        number = self.scheme.hours_per_credit(facts_of(entry.record), entry.earned_on)
        return Fraction(number) if number else None

    def _line(self, entry: Any, counted: Decimal) -> dict[str, str]:
        record, recognised = entry.record, ""
        if entry.recognised_at:
            # Nobody recognises what is one's own: a host who closes lets the scheme count.
            is_own = entry.recognised_by_uid == self.teacher.uid
            who = BY_THE_SCHEME if is_own else entry.recognised_by
            recognised = f"{who} {day_of(entry.recognised_at)}"
        rule = next((one for one in self.scheme.award_rules if one.id == entry.award.rule), None)
        return {
            "uid": str(record.uid),
            "on": entry.earned_on.isoformat(),
            "title": record.title,
            "kind": kind_word(record.kind, self.scheme),
            "role": self.scheme.label("role", record.role),
            "school": record.organisation.name,
            "earned": plain(entry.amount),
            "counted": plain(counted),
            "unit": self.scheme.unit_label(entry.unit),
            "article": f"{rule.title}：{rule.source}" if rule else "",
            "recognised": recognised,
        }

    def _requirements(self) -> list[dict[str, str]]:
        """Return where the requirements stand whose period touches the span."""
        span = self.asked.span
        return [
            {
                "title": one.title,
                "period": f"{one.span.start} 至 {one.span.last}",
                "required": plain(one.required),
                "recognised": plain(one.recognised),
                "missing": plain(max(one.required - one.recognised, Decimal(0))),
                "unit": one.unit_label,
                "source": one.source,
            }
            for one in self.standing.requirements
            if one.severity != "info" and one.span.start < span.end and span.start < one.span.end
        ]


def _text(amount: Decimal | None) -> str:
    return "—" if amount is None else plain(amount)

"""From rows to the persons that the rules see: tiers, posts, first days, exemptions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    F,
    Field,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models.exemptions import Exemption
from yanxiu.ledger.rules.persons import Exempt, Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.career import read_career_day
from yanxiu.people.models import Organisation, Post, Teacher, TierHolding
from yanxiu.terms.models import Term

COLUMNS: Final = (
    "told_what", "told_of", "told_code", "told_word", "told_from", "told_to", "told_at",
)  # fmt: skip
"""What every part of the one statement has: kind of row, teacher, code, name, days, moment."""

TIER, POST, EXEMPT, TERM = "tier", "post", "exempt", "term"
YEAR, MONTH, DAY = 4, 7, 10
FOREVER: Final = date(2200, 1, 1)
"""The end of an exemption that has none yet."""


def told(
    rows: "QuerySet[Any]",
    what: str,
    *,
    whose: Any = "teacher_id",
    code: Any,
    word: Any,
    days: tuple[str, str] | None = ("starts_on", "ends_on"),
    at: str = "",
) -> "QuerySet[Any]":
    """Return `rows` in the columns of `COLUMNS`, to be joined with others by a union.

    Columns are named, or given as an expression; `days` and `at` are None where there are none.
    """
    starts: Any
    ends: Any
    starts, ends = (F(one) for one in days) if days else (_no(DateField()), _no(DateField()))
    columns: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            told_what=Value(what, CharField()),
            told_of=F(whose) if isinstance(whose, str) else whose,
            told_code=F(code) if isinstance(code, str) else code,
            told_word=F(word) if isinstance(word, str) else word,
            told_from=starts,
            told_to=ends,
            told_at=F(at) if at else _no(DateTimeField()),
        )
        .values_list(*COLUMNS)
    )
    return columns


def _no(field: "Field[Any, Any]") -> Cast:
    """Return an empty column; PostgreSQL wants to know of what kind it is."""
    return Cast(Value(None), field)


def parts(teachers: Sequence[int]) -> list["QuerySet[Any]"]:
    """Return what has to be known of `teachers` (primary keys), each part in `COLUMNS`."""
    held = TierHolding.objects.filter(teacher__in=teachers)
    posts = Post.objects.filter(teacher__in=teachers)
    excused = Exemption.objects.living().filter(teacher__in=teachers)
    return [
        told(held, TIER, code="tier__name", word="tier__name"),
        told(posts, POST, code="role__code", word="role__name"),
        told(excused, EXEMPT, code="reason", word="document"),
    ]


@dataclass
class Grounds:
    """The rows about one teacher, before anything is concluded from them."""

    teacher: Teacher
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    def person(self, on: date) -> Person:
        """Return the person on the day `on`."""
        codes: set[str] = set()
        since: list[tuple[str, date]] = []
        exemptions: list[Exempt] = []
        first: list[date] = []
        for what, _whose, code, word, starts, ends, _at in self.rows:
            if what == EXEMPT:
                exemptions.append(Exempt(code, Span(starts, ends or FOREVER)))
                continue
            if what == POST:
                first.append(starts)
            if starts <= on and (ends is None or ends > on):
                codes.update((code, word))
                since.extend((each, starts) for each in dict.fromkeys((code, word)))
        return Person(
            uid=self.teacher.uid,
            tiers=frozenset(codes),
            joined_on=joined_on(self.teacher) or min(first, default=None),
            cycle_from=read_career_day(self.teacher.cycle_from),
            retires_on=read_career_day(self.teacher.retires),
            exemptions=tuple(sorted(exemptions, key=lambda one: (one.span.start, one.reason))),
            since=tuple(sorted(since)),
        )

    def holds_until(self, on: date) -> date | None:
        """Return the next day after `on` on which any of it begins or ends."""
        days = [day for row in self.rows for day in row[4:6] if day and day > on]
        return min(days, default=None)


def grounds_from(
    rows: Iterable[tuple[Any, ...]], teachers: Sequence[Teacher]
) -> dict[int, Grounds]:
    """Return the rows of the statement by teacher; what else was asked for with it is left out."""
    found = {teacher.pk: Grounds(teacher) for teacher in teachers}
    for row in rows:
        if row[0] in {TIER, POST, EXEMPT}:
            found[row[1]].rows.append(row)
    return found


def terms_part(organisation: Organisation) -> "QuerySet[Any]":
    """Return the terms of `organisation` and of those above it, in `COLUMNS`."""
    rows = Term.objects.filter(organisation__in=organisation.lineage)
    number = Cast(F("school_year") * 10 + F("half"), CharField())
    nobody = Value(0, BigIntegerField())
    return told(rows, TERM, whose=nobody, code=number, word="organisation__path")


def terms_from(rows: Iterable[tuple[Any, ...]]) -> list[Term]:
    """Return the terms of the statement, newest first, chosen as `terms.queries.terms_of` does."""
    found: dict[tuple[int, int], Term] = {}
    for row in sorted((row for row in rows if row[0] == TERM), key=lambda row: len(row[3])):
        year, half = divmod(int(row[2]), 10)
        found[year, half] = Term(school_year=year, half=half, starts_on=row[4], ends_on=row[5])
    return sorted(found.values(), key=lambda term: term.starts_on, reverse=True)


def grounds_of(teachers: Sequence[Teacher]) -> dict[int, Grounds]:
    """Return what is known about `teachers`, by primary key; one statement."""
    if not teachers:
        return {}
    first, *others = parts([teacher.pk for teacher in teachers])
    return grounds_from(first.union(*others, all=True), teachers)


def persons_of(teachers: Sequence[Teacher], on: date) -> dict[int, Person]:
    """Return `teachers` as the rules see them on `on`, by primary key; one statement."""
    return {pk: grounds.person(on) for pk, grounds in grounds_of(teachers).items()}


def person_of(teacher: Teacher, on: date) -> Person:
    """Return `teacher` as the rules see the person on `on`."""
    return persons_of([teacher], on)[teacher.pk]


def seen_by(scheme: Scheme, person: Person) -> Person:
    """Return `person` with the codes that `scheme` has for the tiers held.

    People call a tier by its name, a scheme by a code of its own: its `labels.tier` says which.
    """
    words = dict(dict(scheme.labels).get("tier", ()))
    codes = {code for code, word in words.items() if word in person.tiers}
    if codes <= person.tiers:
        return person
    since = [(code, day) for code in codes for word, day in person.since if word == words[code]]
    return replace(
        person,
        tiers=person.tiers | codes,
        since=tuple(sorted({*person.since, *since})),
    )


def joined_on(teacher: Teacher) -> date | None:
    """Return the first day of work as far as it is written: a year, a month or a day."""
    text = teacher.started_work
    try:
        if len(text) >= DAY:
            return date.fromisoformat(text[:DAY])
        if len(text) >= MONTH:
            return date.fromisoformat(f"{text[:MONTH]}-01")
        return date(int(text[:YEAR]), 9, 1) if len(text) >= YEAR else None
    except ValueError:
        return None


def mark_of(person: Person) -> str:
    """Return a short mark that changes when what is known about the person does."""
    return blake2b(repr(person_key(person)).encode(), digest_size=8).hexdigest()


def person_key(person: Person) -> tuple[Any, ...]:
    """Return the person as plain sorted values, the same in every process."""
    return (
        str(person.uid),
        sorted(person.tiers),
        person.joined_on,
        person.cycle_from,
        person.retires_on,
        [(one.reason, one.span.start, one.span.end) for one in person.exemptions],
        [(str(one.uid), one.on, str(one.amount), one.unit, one.codes) for one in person.opening],
        person.since,
    )

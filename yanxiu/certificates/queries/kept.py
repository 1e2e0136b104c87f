"""What the lines of a register come to, kept until the ledger of a teacher changes.

To reckon a school takes a second, and who compares a register opens the page many times. What was
reckoned is kept with the number of changes of the teacher's standing row, as it stood before: each
change in the ledger, of the person or of the rules adds one to it. Who has no such row yet is
reckoned each time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery

from yanxiu.certificates.columns import Register
from yanxiu.certificates.models import Registered
from yanxiu.certificates.queries.facts import Asked, Facts, facts_for
from yanxiu.certificates.queries.registers import MISSING, TOGETHER, marks_of, state_of
from yanxiu.ledger.models import StandingRow
from yanxiu.people.models import Teacher

FORM: Final = 1
"""Changes with what is kept, so that nothing of an older form is read."""

DAYS: Final = 7 * 24 * 3600

Row = tuple[str, str, str | None, str | None, str]
"""Of one record: uid, day, hours, credits (None where no conversion is known), title."""

Kept = tuple[int, str | None, str | None, tuple[Row, ...]]
"""Of one teacher: changes of the standing row, hours and credits of all, rows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a register as the page shows it; see `registers.Line`."""

    teacher: Teacher
    key: UUID
    starts_on: date
    title: str
    count: int
    hours: Decimal | None
    credits: Decimal | None
    there: Registered | None

    @property
    def state(self) -> str:
        """Whether the other system has it, with the same amounts."""
        return state_of(self.hours, self.credits, self.there)


Told = tuple[Teacher, Row, int, Registered | None]
"""What a line is made of when it is shown: whose, the row, of how many records, what is there."""


def with_changes(teachers: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
    """Return `teachers` with `changes`: how often what they stand on changed, None if unknown."""
    rows = StandingRow.objects.filter(
        teacher=OuterRef("pk"), organisation=asked.organisation, scheme=asked.scheme
    )
    found: QuerySet[Any] = teachers.annotate(changes=Subquery(rows.values("changes")[:1]))
    return found


def told_of(register: Register, asked: Asked, teachers: Sequence[Any]) -> list[Told]:
    """Return all lines of `register` by teacher and day; `teachers` know their `changes`.

    One statement, and four more for each hundred of whom something changed.
    """
    kept = _kept(asked, teachers)
    there = marks_of(register, asked)
    return [
        (teacher, row, count, there.get((UUID(row[0]), date.fromisoformat(row[1]))))
        for teacher in teachers
        for row, count in _rows(register, asked, teacher, kept[teacher.pk])
    ]


def state_told(told: Told) -> str:
    """Return the state of a line that is not shown yet."""
    _teacher, (_key, _day, hours, credits_, _title), _count, there = told
    return MISSING if there is None else state_of(_number(hours), _number(credits_), there)


def shown(told: Told) -> Shown:
    """Return the line as it is shown."""
    teacher, (key, day, hours, credits_, title), count, there = told
    return Shown(
        teacher, UUID(key), date.fromisoformat(day), title, count, _number(hours),
        _number(credits_), there,
    )  # fmt: skip


def _rows(
    register: Register, asked: Asked, teacher: Teacher, kept: Kept
) -> Iterator[tuple[Row, int]]:
    _changes, hours, credits_, rows = kept
    if register.by_record:
        yield from ((row, 1) for row in rows)
    elif rows:
        first = asked.span.start.isoformat()
        yield (str(teacher.uid), first, hours, credits_, ""), len(rows)


def _kept(asked: Asked, teachers: Sequence[Any]) -> dict[int, Kept]:
    """Return what is kept of each of `teachers`; what is not true any more is reckoned."""
    name = _name(asked)
    found: dict[int, Kept] = cache.get(name) or {}
    old = [one for one in teachers if one.changes is None or _changes(found, one) != one.changes]
    for start in range(0, len(old), TOGETHER):
        some = old[start : start + TOGETHER]
        facts = facts_for(some, asked)
        for one in some:
            changes = -1 if one.changes is None else one.changes
            found[one.pk] = _of(changes, facts.get(one.pk))
    if any(one.changes is not None for one in old):
        cache.set(name, found, DAYS)
    return found


def _changes(found: dict[int, Kept], teacher: Teacher) -> int | None:
    kept = found.get(teacher.pk)
    return kept[0] if kept else None


def _of(changes: int, facts: Facts | None) -> Kept:
    if facts is None:
        return changes, None, None, ()
    rows = tuple(
        (
            str(part.entry.record.uid), part.entry.record.happened_on.isoformat(),
            _text(part.hours), _text(part.credits), part.entry.record.title,
        )
        for part in facts.parts
    )  # fmt: skip
    return changes, _text(facts.hours), _text(facts.credits), rows


def _name(asked: Asked) -> str:
    """Return under what it is kept: whose scheme, which days, and by which terms."""
    parts = (
        FORM, asked.organisation.uid, asked.scheme, asked.span, asked.as_of, asked.terms,
    )  # fmt: skip
    return f"registers-{sha256(repr(parts).encode()).hexdigest()}"


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

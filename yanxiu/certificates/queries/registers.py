"""The lines of a register: what there is here, and whether the other system has it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from yanxiu.certificates.columns import Column, Register, load, shipped
from yanxiu.certificates.columns.registers import CODED
from yanxiu.certificates.models import OwnRegister, Registered
from yanxiu.certificates.queries.facts import Asked, Facts, Part, facts_for
from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.people.models import Organisation, Teacher

TOGETHER: Final = 100

MISSING, DIFFERS, REGISTERED = "missing", "differs", "registered"


@dataclass(frozen=True)
class Line:
    """One row of a register: of a record, or of a teacher's days.

    Attributes:
        key: uid of the record or the teacher.
        starts_on: the day of the record, or the first of the days.
        there: what the other system has, None if nothing.
    """

    key: UUID
    starts_on: date
    teacher: Teacher
    parts: tuple[Part, ...]
    job_number: str
    hours: Decimal | None
    credits: Decimal | None
    there: Registered | None = None

    @property
    def title(self) -> str:
        """What it is about."""
        return str(self.parts[0].entry.record.title)

    @property
    def state(self) -> str:
        """Whether the other system has it, with the same amounts."""
        return state_of(self.hours, self.credits, self.there)


def state_of(hours: Decimal | None, credits_: Decimal | None, there: Registered | None) -> str:
    """Return whether the other system has a line, with the same amounts where it says them."""
    if there is None:
        return MISSING
    pairs = ((hours, there.hours), (credits_, there.credits))
    is_same = all(here == told for here, told in pairs if told is not None)
    return REGISTERED if is_same else DIFFERS


def registers_for(organisation: Organisation | None) -> dict[str, Register]:
    """Return the shipped registers and those written here or above, by code; one statement."""
    found = dict(shipped())
    if organisation is not None:
        rows = OwnRegister.objects.filter(
            organisation__in=organisation.lineage, replaced_at=None
        ).order_by("organisation__path")
        for row in rows:
            found[row.code] = load(row.text, row.code)
    return found


def lines_of(register: Register, asked: Asked, teachers: Sequence[Teacher]) -> list[Line]:
    """Return all lines of `register`, by teacher and day, each with what is there."""
    found = [
        line
        for start in range(0, len(teachers), TOGETHER)
        for facts in facts_for(teachers[start : start + TOGETHER], asked).values()
        for line in _lines(register, asked, facts)
    ]
    there = marks_of(register, asked)
    return [_with(line, there.get((line.key, line.starts_on))) for line in found]


def marks_of(register: Register, asked: Asked) -> dict[tuple[UUID, date], Registered]:
    """Return what the other system has, by key and first day; one statement."""
    marks = Registered.objects.filter(
        organisation=asked.organisation,
        register=register.code,
        starts_on__gte=asked.span.start,
        starts_on__lt=asked.span.end,
    )
    return {(one.key, one.starts_on): one for one in marks}


def _with(line: Line, there: Registered | None) -> Line:
    if there is None:
        return line
    return Line(**{**line.__dict__, "there": there})


def _lines(register: Register, asked: Asked, facts: Facts) -> Iterator[Line]:
    teacher, number = facts.teacher, facts.job_number
    if not register.by_record:
        yield Line(
            teacher.uid, asked.span.start, teacher, facts.parts, number, facts.hours, facts.credits
        )
        return
    for part in facts.parts:
        record = part.entry.record
        yield Line(
            record.uid, record.happened_on, teacher, (part,), number, part.hours, part.credits
        )


def workbook(register: Register, lines: Sequence[Line], asked: Asked) -> bytes:
    """Return `lines` in the columns of `register`; text stays text, so no formula can run."""
    kinds: dict[str, Any] = {
        **dict.fromkeys(("hours", "credits"), "decimal"),
        **dict.fromkeys(("on", "starts_on", "last_on"), "day"),
        "count": "integer",
    }
    columns = [
        SheetColumn(one.head, kinds.get(one.filled_from, "text")) for one in register.columns
    ]
    rows = [[cell(one, line, asked) for one in register.columns] for line in lines]
    notes = (
        f"{asked.organisation.name}，{asked.span.start} 至 {asked.span.last}，共 {len(lines)} 行。",
        *(() if register.is_confirmed else (f"列与代码尚待与“{register.system}”核对。",)),
    )
    sheet = SheetContent(
        name=register.sheet,
        title=register.title,
        columns=columns,
        rows=rows,
        notes=notes,
        landscape=True,
    )
    return write_workbook([sheet])


def cell(column: Column, line: Line, asked: Asked) -> Value:
    """Return what stands in one column of a line."""
    what = column.filled_from
    if what in {"hours", "credits", "count"}:
        return _sum(column, line)
    if what in CODED:
        return _word(column, line)
    record = line.parts[0].entry.record
    ancestors: dict[str, Value] = {
        "name": line.teacher.name,
        "job_number": line.job_number,
        "school": asked.organisation.name,
        "superior": asked.organisation.parent.name if asked.organisation.parent else "",
        "starts_on": asked.span.start,
        "last_on": asked.span.last,
        "year": str(line.starts_on.year),
        "school_year": _school_year(line.starts_on),
        "on": record.happened_on,
        "title": record.title,
        "scheme": line.parts[0].entry.scheme,
        "recognised": line.parts[0].words["recognised"],
        "fixed": column.text,
        "blank": None,
    }
    return ancestors[what]


def _sum(column: Column, line: Line) -> Value:
    if not column.only:
        whole: dict[str, Value] = {
            "hours": line.hours, "credits": line.credits, "count": len(line.parts),
        }  # fmt: skip
        return whole[column.filled_from]
    parts = [
        part
        for part in line.parts
        if all(str(getattr(part.entry.record, name)) in codes for name, codes in column.only)
    ]
    if column.filled_from == "count":
        return len(parts)
    amounts = [part.hours if column.filled_from == "hours" else part.credits for part in parts]
    if any(amount is None for amount in amounts):
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _word(column: Column, line: Line) -> str:
    """Return the other system's word for a code, else the scheme's, else the code."""
    part = line.parts[0]
    code = str(getattr(part.entry.record, column.filled_from))
    words = dict(column.words)
    if code in words:
        return words[code]
    return part.words.get(column.filled_from, code) if not words else ""


def _school_year(day: date) -> str:
    year = day.year if day.month >= 8 else day.year - 1  # noqa: PLR2004 (a school year begins then)
    return f"{year}—{year + 1}"

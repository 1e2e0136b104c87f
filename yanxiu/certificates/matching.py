"""Which row of another system's export tells of whom and of what; nothing is guessed for a name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from yanxiu.certificates.columns import TOLD
from yanxiu.texts.keys import key

AMBIGUOUS, UNKNOWN, EXTRA, FOUND, DIFFERS = (
    "ambiguous", "unknown", "extra", "registered", "differs",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")
_MOST = Decimal(100_000)
_FIRST_ROWS: Final = 15
_LEAST_HEADS: Final = 2


@dataclass(frozen=True)
class Person:
    """Somebody of the school, as an export may call the person."""

    pk: int
    name_key: str
    numbers: frozenset[str]


@dataclass(frozen=True)
class Here:
    """What there is here: one line of the register."""

    key: UUID
    teacher: int
    title_key: str
    on: date
    hours: Decimal | None
    credits: Decimal | None


@dataclass(frozen=True)
class There:
    """What one row of an export says; `teacher` is set where a person has settled who it is."""

    number: int
    name_key: str = ""
    job_number: str = ""
    title_key: str = ""
    on: date | None = None
    hours: Decimal | None = None
    credits: Decimal | None = None
    teacher: int | None = None


@dataclass(frozen=True)
class Match:
    """What a row was found to mean."""

    outcome: str
    teacher: int | None = None
    here: Here | None = None


def match(
    rows: Sequence[There], people: Sequence[Person], lines: Sequence[Here], *, by_record: bool
) -> dict[int, Match]:
    """Return by row number what each of `rows` means; a line is taken by one row at most."""
    free: dict[int, list[Here]] = {}
    for line in lines:
        free.setdefault(line.teacher, []).append(line)
    found = {}
    for row in rows:
        who = _who(row, people)
        if isinstance(who, str):
            found[row.number] = Match(who)
            continue
        meant = _line(row, free.get(who, []), by_record=by_record)
        if meant is None:
            found[row.number] = Match(EXTRA, who)
            continue
        free[who].remove(meant)
        found[row.number] = Match(FOUND if _same(row, meant) else DIFFERS, who, meant)
    return found


def _who(row: There, people: Sequence[Person]) -> int | str:
    """Return whom a row means, or why nobody can say."""
    if row.teacher is not None:
        return row.teacher
    if row.job_number:
        numbered = [one for one in people if row.job_number in one.numbers]
        if len(numbered) == 1 and row.name_key in {"", numbered[0].name_key}:
            return numbered[0].pk
        if numbered:
            # Number and name speak of two people; which of them is wrong, only a person knows.
            return AMBIGUOUS
    named = [one for one in people if row.name_key and one.name_key == row.name_key]
    if len(named) == 1:
        return named[0].pk
    return AMBIGUOUS if named else UNKNOWN


def _line(row: There, lines: Sequence[Here], *, by_record: bool) -> Here | None:
    if not by_record:
        return lines[0] if lines else None
    titled = [one for one in lines if row.title_key and one.title_key == row.title_key]
    if not row.title_key:
        # Without a title only day and amount together tell one thing from another.
        titled = [one for one in lines if row.on == one.on and _same(row, one)]
    if row.on:
        same_day = [one for one in titled if one.on == row.on]
        titled = same_day or titled
    same = [one for one in titled if _same(row, one)]
    return next(iter([*same, *titled]), None)


def _same(row: There, line: Here) -> bool:
    pairs = ((row.hours, line.hours), (row.credits, line.credits))
    return all(there is None or there == here for there, here in pairs)


def read_row(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> There:
    """Return what the texts of one row say, by the columns that people have confirmed."""

    def text(what: str) -> str:
        index = columns.get(what, -1)
        return cells[index].strip() if 0 <= index < len(cells) else ""

    return There(
        number=number,
        name_key=key(text("name")),
        job_number=text("job_number").lstrip("'"),
        title_key=key(text("title")),
        on=day_in(text("on")),
        hours=amount_in(text("hours")),
        credits=amount_in(text("credits")),
    )


def amount_in(text: str) -> Decimal | None:
    """Return the amount that a cell holds, None for anything else."""
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    if not found.is_finite() or not 0 <= found < _MOST:
        return None
    return found.quantize(Decimal("0.0001"))


def day_in(text: str) -> date | None:
    """Return the day that a cell holds, however it is written."""
    found = _DAY.search(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def head_row(rows: Sequence[Sequence[str]], known: Mapping[str, Sequence[str]]) -> int:
    """Return the index of the row that holds the heads: the one with most of those that are known.

    Where none is known, the first row with several texts.
    """
    keys = {key(head) for heads in known.values() for head in heads}
    first = rows[:_FIRST_ROWS]
    scores = [sum(key(cell) in keys for cell in row if cell) for row in first]
    if scores and max(scores) >= _LEAST_HEADS:
        return scores.index(max(scores))
    filled = [sum(bool(cell) for cell in row) > 1 for row in first]
    return filled.index(True) if True in filled else 0


def guess(heads: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return which head tells what, by the names that the register gives for its export."""
    keys = [key(head) for head in heads]
    found: dict[str, int] = {}
    for what in TOLD:
        for head in known.get(what, ()):
            if key(head) in keys and keys.index(key(head)) not in found.values():
                found[what] = keys.index(key(head))
                break
    return found


def cell_text(value: object) -> str:
    """Return a cell as text; a number without useless zeros, a day as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()[:500]

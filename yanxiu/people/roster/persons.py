"""What the reading of a roster gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["info", "warning", "error"]
Use = Literal["read", "ordinal", "dropped", "unknown", "repeated", "ignored"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should know about a row.

    `info` says how a value was understood; with `warning` a value was left out or is doubtful and
    the row is kept; with `error` the row is refused. `field` is a field of `Person`.
    """

    code: str
    level: Level
    field: str
    sentence: str

    def as_dict(self) -> dict[str, str]:
        """Return plain values for JSON."""
        return {
            "code": self.code,
            "level": self.level,
            "field": self.field,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a roster as understood; what the roster does not say is empty.

    Days are text, as exact as the roster is: `1989`, `1989-07` or `1989-07-26`.
    Words with a fixed meaning (education, title, subjects, grades, groups, posts, tiers) are in
    simplified script; name and school are as written.
    """

    name: str = ""
    school: str = ""
    job_number: str = ""
    phone: str = ""
    born: str = ""
    education: str = ""
    title: str = ""
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    preparation_groups: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    started_work: str = ""
    entered: str = ""
    cycle_from: str = ""
    retires: str = ""

    @property
    def grade(self) -> str:
        """All grades in one text."""
        return "、".join(self.grades)

    @property
    def group(self) -> str:
        """The first teaching research group, or nothing."""
        return self.groups[0] if self.groups else ""

    @property
    def tier(self) -> str:
        """The first tier, or nothing."""
        return self.tiers[0] if self.tiers else ""

    def as_dict(self) -> dict[str, str | list[str]]:
        """Return plain values for JSON, under stable names."""
        return {
            "name": self.name,
            "school": self.school,
            "job_number": self.job_number,
            "phone": self.phone,
            "born": self.born,
            "education": self.education,
            "title": self.title,
            "subjects": list(self.subjects),
            "grade": self.grade,
            "group": "、".join(self.groups),
            "preparation_group": "、".join(self.preparation_groups),
            "posts": list(self.posts),
            "tier": "、".join(self.tiers),
            "started_work": self.started_work,
            "entered": self.entered,
            "cycle_from": self.cycle_from,
            "retires": self.retires,
        }


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row that stands for a person. `row` is the number that the spreadsheet shows."""

    sheet: str
    row: int
    person: Person
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the row cannot be imported."""
        return any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a sheet was understood.

    `field` is a field of `Person`, or empty; `key` is the head's comparable form, under which a
    school's own mapping is remembered; `reason` is a sentence where the column is not read.
    """

    sheet: str
    letters: str
    head: str
    key: str
    field: str
    use: Use
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet turned out to be; without a head it holds no persons, and `reason` says so.

    `school` is what sheet name or title lines say, `school_from` tells which of them.
    """

    sheet: str
    head_rows: tuple[int, ...] = ()
    persons: int = 0
    school: str = ""
    school_from: Literal["", "title", "sheet"] = ""
    group: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that stands for nobody: title, total, signature, note."""

    sheet: str
    row: int
    reason: Literal["title", "total", "signature", "note", "section", "head"]


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole reading: one row per person, and an account of everything else."""

    rows: tuple[RosterRow, ...]
    columns: tuple[Column, ...]
    sheets: tuple[SheetReading, ...]
    skipped: tuple[SkippedRow, ...]

    @property
    def persons(self) -> tuple[Person, ...]:
        """Those who can be imported."""
        return tuple(row.person for row in self.rows if not row.refused)

    @property
    def dropped_columns(self) -> tuple[str, ...]:
        """Heads of the columns that were not read because nothing needs them."""
        return self._heads("dropped")

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Heads that were not recognised."""
        return self._heads("unknown")

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the columns as a whole."""
        notes = []
        if self.dropped_columns:
            heads = "、".join(self.dropped_columns)
            notes.append(f"以下栏目研修工作用不到，没有读取，也不会保存：{heads}。")
        if self.unknown_columns:
            heads = "、".join(self.unknown_columns)
            notes.append(f"以下栏目没有认出，没有读取：{heads}。如需要，请指定它们对应哪一项。")
        return tuple(notes)

    @property
    def mapping(self) -> Mapping[str, str]:
        """Head key → field of the columns that were read, to be remembered for the next time."""
        return {column.key: column.field for column in self.columns if column.use == "read"}

    @property
    def totals(self) -> dict[str, int]:
        """Counts of the whole file."""
        refused = sum(row.refused for row in self.rows)
        levels = [{problem.level for problem in row.problems} for row in self.rows]
        return {
            "rows": len(self.rows),
            "persons": len(self.rows) - refused,
            "refused": refused,
            "rows_with_warnings": sum("warning" in found for found in levels),
            "rows_with_infos": sum("info" in found for found in levels),
            "skipped": len(self.skipped),
            "sheets": sum(bool(sheet.head_rows) for sheet in self.sheets),
            "schools": len({row.person.school for row in self.rows if row.person.school}),
        }

    def _heads(self, use: Use) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.head for column in self.columns if column.use == use))

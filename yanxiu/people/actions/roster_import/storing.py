"""How the lines of a roster are kept: one row each, nothing empty, written in short batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yanxiu.people.models import RosterImport, RosterLine
from yanxiu.people.roster import Person

BATCH = 250
"""Lines kept in one transaction; so many take SQLite's only writer some 30 ms."""

_EMPTY = Person().as_dict()
_SENTENCE = 24
_MOST_KINDS = 16
_CODES_LENGTH = 300
DECIDE = "decide"
"""Among the codes of a line: a person must say who it is."""


@dataclass
class Tally:
    """Counts of the lines, kept while they go by."""

    kinds: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, str] = field(default_factory=dict)
    schools: set[str] = field(default_factory=set)
    open_questions: int = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one row."""
        self.kinds[row["change"]] += 1
        self.schools.add(row["person"]["school"])
        self.open_questions += bool(row.get("candidates"))
        self.levels.update({problem["level"] for problem in row["problems"]})
        for problem in row["problems"]:
            code, sentence = problem["code"], problem["sentence"]
            self.codes[code] += 1
            self.sentences.setdefault(code, sentence.split("。")[0].split("，")[0][:_SENTENCE])

    @property
    def totals(self) -> dict[str, int]:
        """How many rows are of which kind, and how many say something."""
        return {
            "rows": self.kinds.total(),
            **{kind: self.kinds[kind] for kind in ("new", "same", "changed", "refused")},
            "warnings": self.levels["warning"],
            "infos": self.levels["info"],
        }

    @property
    def report(self) -> dict[str, Any]:
        """What the page says of all lines together."""
        return {
            "totals": self.totals,
            "problems": [
                [code, self.sentences[code], number]
                for code, number in self.codes.most_common(_MOST_KINDS)
            ],
            "several_schools": len(self.schools) > 1,
            "open_questions": self.open_questions,
        }


def line_of(roster_import: RosterImport, position: int, row: Mapping[str, Any]) -> RosterLine:
    """Return the line, not yet saved, that keeps `row`."""
    person = row["person"]
    content = {
        "sheet": row["sheet"],
        "row": row["row"],
        "person": {name: value for name, value in person.items() if value},
        "teacher": row["teacher"],
        **{
            name: row[name]
            for name in ("problems", "differences", "candidates", "mark", "decided", "plan")
            if row.get(name)
        },
    }
    codes = dict.fromkeys(problem["code"] for problem in row["problems"])
    if row.get("candidates"):
        codes[DECIDE] = None
    return RosterLine(
        roster_import=roster_import,
        position=position,
        change=row["change"],
        name=person["name"][:40],
        job_number=person["job_number"][:30],
        codes=f" {' '.join(codes)} "[:_CODES_LENGTH] if codes else "",
        content=content,
    )


def row_of(line: RosterLine) -> dict[str, Any]:
    """Return a line in full."""
    content = line.content
    return {
        "problems": [],
        "differences": [],
        **content,
        "person": {**_EMPTY, **content["person"]},
        "change": line.change,
        "position": line.position,
    }


def keep(roster_import: RosterImport, rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Keep `rows` as the lines of a new import; return their counts."""
    tally = Tally()
    numbered = enumerate(rows)
    while batch := list(islice(numbered, BATCH)):
        lines = []
        for position, row in batch:
            tally.add(row)
            lines.append(line_of(roster_import, position, row))
        with transaction.atomic():
            RosterLine.objects.bulk_create(lines)
    return tally


def replace(roster_import: RosterImport, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Put other contents into lines that are there, each given with its position."""
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            overwrite([line_of(roster_import, at, row) for at, row in rows[start : start + BATCH]])


def overwrite(lines: Sequence[RosterLine]) -> None:
    """Put other contents into a few lines inside the caller's transaction."""
    RosterLine.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["roster_import", "position"],
        update_fields=["change", "name", "job_number", "codes", "content"],
    )


def rows_of(
    roster_import: RosterImport, lines: "QuerySet[RosterLine] | None" = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows of an import in their order, `lines` if only some are wanted."""
    if roster_import.rows:
        for position, row in enumerate(roster_import.rows):
            yield {**row, "position": position}
        return
    wanted = RosterLine.objects.filter(roster_import=roster_import) if lines is None else lines
    for line in wanted.order_by("position").iterator(chunk_size=BATCH):
        yield row_of(line)


def totals_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many rows are of which kind, and how many say something."""
    tally = Tally()
    for row in rows:
        tally.add(row)
    return tally.totals

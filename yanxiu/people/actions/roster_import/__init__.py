"""花名册导入: comparing a staff list with who is there, writing it as a batch, taking it back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.documents.tables import read_tables
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require_right
from yanxiu.people.actions.roster_import import undoing
from yanxiu.people.actions.roster_import.comparing import Change, compare, totals_of
from yanxiu.people.actions.roster_import.known import Known, load
from yanxiu.people.actions.roster_import.preparing import (
    WRITTEN,
    make_ground,
    planned_row,
    school_year_start,
)
from yanxiu.people.actions.roster_import.writing import Writer
from yanxiu.people.models import Organisation, RosterImport, Teacher
from yanxiu.people.refusals.roster import (
    ImportHalfWritten,
    ImportInUse,
    ImportNotOpen,
    NothingToImport,
    RosterOvertaken,
)
from yanxiu.people.roster import Person, Problem, Roster, RosterRow, read_roster
from yanxiu.people.roster.columns import FIELDS

__all__ = ["apply", "drop", "dry_run", "read_file", "totals_of", "undo"]

BATCH = 400
"""Rows in one transaction: so many keep SQLite's only writer waiting for less than 100 ms."""

_OWN_PROBLEMS = frozenset(
    {
        "school-missing",
        "number-repeated",
        "numbers-of-two-people",
        "number-of-another",
        "phone-elsewhere",
        "one-person-several-rows",
        "name-not-told-apart",
        "same-name-other-number",
        "role-not-in-roster",
    }
)
"""Codes of problems that comparing finds, as against those that reading finds."""


def dry_run(organisation: Organisation | None, data: bytes, name: str) -> list[dict[str, Any]]:
    """Return what an import of the file would do, row by row; nothing is kept.

    Without an organisation nobody is known, and every row that can be read is new.
    """
    roster = read_roster(read_tables(data, name=name))
    return [change.as_dict() for change in _compare(organisation, roster.rows)]


def read_file(
    organisation: Organisation, data: bytes, name: str, *, by: Teacher | None, at: datetime
) -> RosterImport:
    """Read a roster for `organisation`, compare it, and keep the result until it is confirmed.

    Args:
        organisation: the school, or a superior body whose schools the file names in a column.
        data: the whole file.
        name: its name, for people.
        by: who uploads it; None at the console.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the people of `organisation`.
        Refusal: the file cannot be read as a table, or has no name column.
    """
    if by:
        require_right(by, "manage_people", organisation)
    roster = read_roster(read_tables(data, name=name), known_mapping=_mapping(organisation))
    changes = _compare(organisation, roster.rows)
    rows = [change.as_dict() for change in changes]
    return RosterImport.objects.create(
        organisation=organisation,
        file_name=name[-200:],
        sha256=sha256(data).hexdigest(),
        rows=rows,
        report=_report(roster, rows, changes),
        made_at=at,
        made_by_uid=by.uid if by else None,
        made_by_name=by.name if by else "控制台",
    )


def apply(roster_import: RosterImport, *, by: Teacher | None, at: datetime) -> RosterImport:
    """Write the new and changed rows; an import that was cut off goes on where it stopped.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it was applied, undone or dropped.
        RosterOvertaken: people changed since it was read; the stored comparison is made anew.
        NothingToImport: no row is new or changed.
    """
    if by:
        require_right(by, "manage_people", roster_import.organisation)
    roster_import = _reread(roster_import, RosterImport.State.READ)
    if "day" not in roster_import.report:
        roster_import = _begin(roster_import, at)
    _write_batches(roster_import)
    with transaction.atomic():
        roster_import = _locked(roster_import, RosterImport.State.READ)
        roster_import.state = RosterImport.State.APPLIED
        roster_import.applied_at = at
        roster_import.save(update_fields=["state", "applied_at"])
        trail.record(
            by,
            "people.roster-applied",
            roster_import,
            at=at,
            detail={"totals": roster_import.report["totals"], "file": roster_import.file_name},
        )
    return roster_import


def undo(roster_import: RosterImport, *, by: Teacher | None, at: datetime) -> RosterImport:
    """Take a whole import back: new persons go, changed values return.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it is not applied.
        ImportInUse: something hangs on it; the sentence lists what.
    """
    if by:
        require_right(by, "manage_people", roster_import.organisation)
    roster_import = _reread(roster_import, RosterImport.State.APPLIED)
    made = roster_import.report["made"]
    rows = [row for row in roster_import.rows if "plan" in row]
    if hanging := undoing.hanging(rows, made):
        raise ImportInUse(hanging)
    day = date.fromisoformat(roster_import.report["day"])
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            undoing.take_back(rows[start : start + BATCH], day=day)
    with transaction.atomic():
        roster_import = _locked(roster_import, RosterImport.State.APPLIED)
        undoing.take_ground_back(made, roster_import.organisation)
        roster_import.state = RosterImport.State.UNDONE
        roster_import.save(update_fields=["state"])
        trail.record(by, "people.roster-undone", roster_import, at=at)
    return roster_import


@transaction.atomic
def drop(roster_import: RosterImport, *, by: Teacher | None, at: datetime) -> RosterImport:
    """Put an import away that was only read; what it said of people is forgotten.

    Raises:
        NotAllowed: `by` does not manage the people of the organisation.
        ImportNotOpen: it was applied, undone or dropped.
        ImportHalfWritten: it was cut off while it was written.
    """
    if by:
        require_right(by, "manage_people", roster_import.organisation)
    roster_import = _locked(roster_import, RosterImport.State.READ)
    if "day" in roster_import.report:
        raise ImportHalfWritten
    roster_import.state = RosterImport.State.DROPPED
    roster_import.rows = []
    roster_import.save(update_fields=["state", "rows"])
    trail.record(by, "people.roster-dropped", roster_import, at=at)
    return roster_import


def _compare(organisation: Organisation | None, rows: Sequence[RosterRow]) -> list[Change]:
    known = load(organisation, (row.person.phone for row in rows)) if organisation else Known()
    return compare(rows, known)


def _mapping(organisation: Organisation) -> Mapping[str, str]:
    """Return how the columns of the last applied roster were understood."""
    last = (
        RosterImport.objects.filter(organisation=organisation, state=RosterImport.State.APPLIED)
        .values_list("report", flat=True)
        .first()
    )
    return last["mapping"] if last else {}


def _report(
    roster: Roster, rows: Sequence[Mapping[str, Any]], changes: Sequence[Change]
) -> dict[str, Any]:
    read = [
        {"sheet": column.sheet, "letters": column.letters, "head": column.head}
        | {"label": FIELDS[column.field]}
        for column in roster.columns
        if column.use == "read"
    ]
    left = [
        {"head": column.head, "use": column.use, "reason": column.reason}
        for column in roster.columns
        if column.use not in {"read", "ordinal"}
    ]
    living = [change for change in changes if change.kind in WRITTEN]
    fresh = dict.fromkeys(c.school_name for c in living if c.match.school is None)
    return {
        "totals": totals_of(rows),
        "mapping": dict(roster.mapping),
        "columns": read,
        "left_out": left,
        "notes": list(roster.notes),
        "sheets": [
            {"sheet": sheet.sheet, "persons": sheet.persons, "reason": sheet.reason}
            for sheet in roster.sheets
        ],
        "school_in_file": next((sheet.school for sheet in roster.sheets if sheet.school), ""),
        "new_schools": list(fresh),
        "skipped": len(roster.skipped),
    }


def _reread(roster_import: RosterImport, state: str) -> RosterImport:
    fresh = RosterImport.objects.select_related("organisation").get(pk=roster_import.pk)
    if fresh.state != state:
        raise ImportNotOpen(fresh.get_state_display())
    return fresh


def _locked(roster_import: RosterImport, state: str) -> RosterImport:
    fresh = (
        RosterImport.objects.select_for_update()
        .defer("rows")
        .select_related("organisation")
        .get(pk=roster_import.pk)
    )
    if fresh.state != state:
        raise ImportNotOpen(fresh.get_state_display())
    return fresh


def _begin(roster_import: RosterImport, at: datetime) -> RosterImport:
    """Compare once more, make schools, units and tiers, and keep the plan of every row."""
    shown = [_row_of(row) for row in roster_import.rows]
    known = load(roster_import.organisation, (row.person.phone for row in shown))
    changes = compare(shown, known)
    rows = [change.as_dict() for change in changes]
    if _gist(rows) != _gist(roster_import.rows):
        roster_import.rows = rows
        roster_import.report["totals"] = totals_of(rows)
        roster_import.save(update_fields=["rows", "report"])
        raise RosterOvertaken
    if not any(change.kind in WRITTEN for change in changes):
        raise NothingToImport
    with transaction.atomic():
        locked = _locked(roster_import, RosterImport.State.READ)
        if "day" in locked.report:
            return _reread(roster_import, RosterImport.State.READ)
        locked.report["made"] = make_ground(changes, known)
        locked.report["day"] = day_of(at).isoformat()
        locked.report["written"] = 0
        locked.rows = [planned_row(change, known) for change in changes]
        locked.save(update_fields=["rows", "report"])
    return locked


def _gist(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [(row["change"], row["teacher"], row["differences"]) for row in rows]


def _row_of(row: Mapping[str, Any]) -> RosterRow:
    """Return a stored row as it was read, so that it can be compared again."""
    person = row["person"]

    def several(name: str) -> tuple[str, ...]:
        value = person[name]
        return tuple(value) if isinstance(value, list) else tuple(filter(None, value.split("、")))

    read = Person(
        **{
            name: person[name]
            for name in ("name", "school", "job_number", "phone", "born", "education", "title")
        },
        started_work=person["started_work"],
        subjects=several("subjects"),
        grades=several("grade"),
        groups=several("group"),
        preparation_groups=several("preparation_group"),
        posts=several("posts"),
        tiers=several("tier"),
    )
    problems = tuple(
        Problem(**problem) for problem in row["problems"] if problem["code"] not in _OWN_PROBLEMS
    )
    return RosterRow(row["sheet"], row["row"], read, problems)


def _write_batches(roster_import: RosterImport) -> None:
    day = date.fromisoformat(roster_import.report["day"])
    writer = Writer(roster_import.organisation, since=school_year_start(day), day=day)
    rows = [row for row in roster_import.rows if "plan" in row]
    for start in range(roster_import.report["written"], len(rows), BATCH):
        batch = rows[start : start + BATCH]
        with transaction.atomic():
            locked = _locked(roster_import, RosterImport.State.READ)
            # Two people may have pressed the button: whoever comes second leaves the batch alone.
            if locked.report["written"] != start:
                continue
            writer.write(batch)
            locked.report["written"] = start + len(batch)
            locked.save(update_fields=["report"])

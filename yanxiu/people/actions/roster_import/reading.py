"""Reading a roster and keeping what it says until a person confirms it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from yanxiu.documents.tables import Table, read_tables
from yanxiu.people.access import require_right
from yanxiu.people.actions.roster_import import keeping, storing
from yanxiu.people.actions.roster_import.comparing import Comparison, compare
from yanxiu.people.actions.roster_import.known import Known, load
from yanxiu.people.models import ColumnMeaning, Organisation, RosterImport, RosterLine, Teacher
from yanxiu.people.refusals.roster import ImportNotOpen
from yanxiu.people.roster import Column, Roster, RosterRow, read_roster
from yanxiu.people.roster.columns import FIELDS


def dry_run(organisation: Organisation | None, data: bytes, name: str) -> list[dict[str, Any]]:
    """Return what an import of the file would do, row by row; nothing is kept.

    Without an organisation nobody is known, and every row that can be read is new.
    """
    meanings = meanings_of(organisation) if organisation else {}
    roster = read_roster(read_tables(data, name=name), known_mapping=meanings)
    return [change.as_dict() for change in comparison_of(organisation, roster.rows)]


def schools_in(data: bytes, name: str) -> int:
    """Return how many schools the file names."""
    roster = read_roster(read_tables(data, name=name))
    return len({row.person.school for row in roster.rows if row.person.school})


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
    tables = read_tables(data, name=name)
    roster = read_roster(tables, known_mapping=meanings_of(organisation))
    roster_import = RosterImport.objects.create(
        organisation=organisation,
        file_name=name[-200:],
        sha256=sha256(data).hexdigest(),
        state=RosterImport.State.READING,
        made_at=at,
        made_by_uid=by.uid if by else None,
        made_by_name=by.name if by else "控制台",
    )
    if by:
        keeping.keep_tables(roster_import, tables, roster)
    del tables
    return keep_reading(roster_import, roster)


def read_again(roster_import: RosterImport, tables: Sequence[Table]) -> RosterImport:
    """Read the tables of an open import anew, as the columns are understood by now."""
    roster = read_roster(tables, known_mapping=meanings_of(roster_import.organisation))
    with transaction.atomic():
        roster_import = locked(roster_import, RosterImport.State.READ)
        roster_import.state = RosterImport.State.READING
        roster_import.save(update_fields=["state"])
    RosterLine.objects.filter(roster_import=roster_import).delete()
    return keep_reading(roster_import, roster)


def keep_reading(roster_import: RosterImport, roster: Roster) -> RosterImport:
    """Compare `roster` and keep its lines; the import is there for people once all are."""
    comparison = comparison_of(roster_import.organisation, roster.rows)
    about = _about(roster)
    about["new_schools"] = new_schools(comparison)
    del roster
    tally = storing.keep(roster_import, _as_dicts(comparison))
    roster_import.report = {**about, **tally.report}
    roster_import.state = RosterImport.State.READ
    roster_import.save(update_fields=["report", "state"])
    return roster_import


def _as_dicts(comparison: Comparison) -> Iterator[dict[str, Any]]:
    return (change.as_dict() for change in comparison)


def comparison_of(
    organisation: Organisation | None,
    rows: Sequence[RosterRow],
    *,
    written: Mapping[int, str] | None = None,
) -> Comparison:
    """Compare `rows` with who is there by now."""
    known = load(organisation, (row.person.phone for row in rows)) if organisation else Known()
    return compare(rows, known, written=written)


def new_schools(comparison: Comparison) -> list[str]:
    """Return the names of the schools that would be made."""
    fresh = (m for m in comparison.matches if m.school is None and not m.refused)
    return list(dict.fromkeys(comparison.schools.name(match) for match in fresh))


def meanings_of(organisation: Organisation) -> dict[str, str]:
    """Return what people of `organisation` decided that column names mean."""
    rows = ColumnMeaning.objects.filter(organisation=organisation)
    return dict(rows.values_list("head_key", "field"))


def _about(roster: Roster) -> dict[str, Any]:
    """Return what is said of the file as a whole."""
    sheets = [
        {"sheet": sheet.sheet, "persons": sheet.persons, "reason": sheet.reason}
        for sheet in roster.sheets
    ]
    return {
        "mapping": dict(roster.mapping),
        "columns": [
            {"sheet": column.sheet, "letters": column.letters, "head": column.head}
            | {"label": FIELDS[column.field]}
            for column in roster.columns
            if column.use == "read"
        ],
        "heads": _heads(roster.columns),
        "left_out": [
            {"head": column.head, "use": column.use, "reason": column.reason}
            for column in roster.columns
            if column.use not in {"read", "ordinal"}
        ],
        "notes": list(roster.notes),
        "sheets": sheets,
        "school_in_file": next((sheet.school for sheet in roster.sheets if sheet.school), ""),
        "skipped": len(roster.skipped),
    }


def _heads(columns: Sequence[Column]) -> list[dict[str, str]]:
    """Return each column name once with how it is understood, for a person to change."""
    heads: dict[str, dict[str, str]] = {}
    for column in columns:
        if column.key and column.key not in heads:
            heads[column.key] = {
                "key": column.key,
                "head": column.head,
                "letters": column.letters,
                "field": column.field,
                "use": column.use,
            }
    return list(heads.values())


def locked(roster_import: RosterImport, state: str) -> RosterImport:
    """Return the import for writing.

    Raises:
        ImportNotOpen: it is in another state.
    """
    fresh = (
        RosterImport.objects.select_for_update()
        .defer("rows")
        .select_related("organisation")
        .get(pk=roster_import.pk)
    )
    if fresh.state != state:
        raise ImportNotOpen(fresh.get_state_display())
    return fresh


def reread(roster_import: RosterImport, state: str) -> RosterImport:
    """Return the import as it stands.

    Raises:
        ImportNotOpen: it is in another state.
    """
    fresh = RosterImport.objects.select_related("organisation").get(pk=roster_import.pk)
    if fresh.state != state:
        raise ImportNotOpen(fresh.get_state_display())
    return fresh

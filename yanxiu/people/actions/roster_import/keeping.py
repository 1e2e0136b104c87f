"""The table as uploaded, kept for an hour so that a column can be given another meaning.

It stands in the cache, never in the database or a backup, without the columns that nothing needs
and without the sheets that hold no roster.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.core.cache import cache

from yanxiu.documents.tables import Table
from yanxiu.documents.tables.cells import column_letters
from yanxiu.people.models import RosterImport
from yanxiu.people.roster import Roster

SECONDS = 60 * 60


def keep_tables(roster_import: RosterImport, tables: Sequence[Table], roster: Roster) -> None:
    """Keep what `roster` was read from."""
    cache.set(_key(roster_import), [_needed(t, roster) for t in _read(tables, roster)], SECONDS)


def kept_tables(roster_import: RosterImport) -> list[Table] | None:
    """Return what is still kept, or None."""
    tables: list[Table] | None = cache.get(_key(roster_import))
    return tables


def forget_tables(roster_import: RosterImport) -> None:
    """Let go of what was kept."""
    cache.delete(_key(roster_import))


def _key(roster_import: RosterImport) -> str:
    return f"roster-{roster_import.uid}"


def _read(tables: Sequence[Table], roster: Roster) -> list[Table]:
    wanted = {sheet.sheet for sheet in roster.sheets if sheet.head_rows}
    return [table for table in tables if table.sheet in wanted]


def _needed(table: Table, roster: Roster) -> Table:
    """Return `table` with nothing below the heads of the columns that nothing needs."""
    dropped = {c.letters for c in roster.columns if c.sheet == table.sheet and c.use == "dropped"}
    width = len(table.rows[0]) if table.rows else 0
    gone = {index for index in range(width) if column_letters(index) in dropped}
    heads = {
        row for sheet in roster.sheets if sheet.sheet == table.sheet for row in sheet.head_rows
    }
    if not gone:
        return table
    rows = tuple(
        row
        if number in heads
        else tuple(None if index in gone else cell for index, cell in enumerate(row))
        for number, row in table.numbered()
    )
    return replace(table, rows=rows)

"""花名册导入: comparing a staff list with who is there, writing it as a batch, taking it back."""

from yanxiu.people.actions.roster_import.applying import apply
from yanxiu.people.actions.roster_import.deciding import decide, read_columns_as
from yanxiu.people.actions.roster_import.reading import dry_run, read_file, schools_in
from yanxiu.people.actions.roster_import.storing import row_of, rows_of, totals_of
from yanxiu.people.actions.roster_import.taking_back import drop, undo

__all__ = [
    "apply",
    "decide",
    "drop",
    "dry_run",
    "read_columns_as",
    "read_file",
    "row_of",
    "rows_of",
    "schools_in",
    "totals_of",
    "undo",
]

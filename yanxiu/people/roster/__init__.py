"""花名册: a staff list of any shape, read into persons with everything that is doubtful said.

    tables = read_tables(data, name="花名册.xlsx")
    roster = read_roster(tables)

Nothing here knows the database: comparing with those who are there is the importer's work.
"""

from yanxiu.people.roster.persons import (
    Column,
    Person,
    Problem,
    Roster,
    RosterRow,
    SheetReading,
    SkippedRow,
)
from yanxiu.people.roster.reading import read_roster
from yanxiu.people.roster.refusals import RosterWithoutHead

__all__ = [
    "Column",
    "Person",
    "Problem",
    "Roster",
    "RosterRow",
    "RosterWithoutHead",
    "SheetReading",
    "SkippedRow",
    "read_roster",
]

"""What a table is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

MAX_EXACT = 10**15
"""Excel keeps 15 digits of a number; whatever is longer has been rounded when it was typed."""


@dataclass(frozen=True, slots=True)
class LostDigits:
    """A number that the spreadsheet had already rounded: its real value cannot be known.

    `shown` is what is left of it, for words to people.
    """

    shown: str

    def __str__(self) -> str:
        return self.shown


Cell: TypeAlias = str | int | float | date | datetime | time | timedelta | bool | LostDigits | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one, both ends included; rows count from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `rows[0]` is the row that the person sees as row 1; all rows are equally wide.

    Of merged cells only the first holds the value, as in the file; `merges` tells which they are.
    """

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    def numbered(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Yield each row with the number that the person sees."""
        yield from enumerate(self.rows, start=1)


def column_letters(index: int) -> str:
    """Name the column at `index` (from 0) as the spreadsheet does: A, B … Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

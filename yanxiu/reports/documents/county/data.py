"""What stands in the table of all schools."""

from dataclasses import dataclass
from decimal import Decimal

from yanxiu.kernel.spans import Span


@dataclass(frozen=True)
class Column:
    """One figure of the table."""

    code: str
    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class SchoolRow:
    """One school with its numbers, in the order of the columns; `under` names the body above it.

    `uid` opens each number to its rows.
    """

    uid: str
    name: str
    under: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class CountyTable:
    """各校统计 of one superior over a span; `totals` are reckoned at the superior itself."""

    organisation: str
    uid: str
    span: Span
    columns: tuple[Column, ...]
    rows: tuple[SchoolRow, ...]
    totals: tuple[Decimal, ...]

    @property
    def title(self) -> str:
        """The title, in lines that fit the page."""
        return f"{self.organisation}\n各校校本研修情况统计"

    @property
    def period(self) -> str:
        """The span in words."""
        first, last = self.span.start, self.span.last
        return (
            f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
        )

    @property
    def several_bodies(self) -> bool:
        """Whether the schools stand under different bodies."""
        return len({row.under for row in self.rows}) > 1

"""Tables of a document as grids: the row that names the columns, and the rows below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from yanxiu.planning.reading.items import Item, Reading


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: names of its columns, their line, its other rows, and the words around it."""

    header: tuple[str, ...]
    line: int
    rows: tuple[Item, ...]
    around: str

    def column(self, *words: str) -> int | None:
        """The first column whose name holds one of `words`."""
        found = (n for n, name in enumerate(self.header) if any(word in name for word in words))
        return next(found, None)


def grids(reading: Reading) -> Iterator[Grid]:
    """Every table with a row of names; a table of one row has none."""
    items = reading.items
    start = 0
    while start < len(items):
        table = items[start].paragraph.lines[0].table
        end = start + 1
        if table is None:
            start = end
            continue
        while end < len(items) and items[end].paragraph.lines[0].table == table:
            end += 1
        if end - start > 1:
            header = tuple("".join(cell.split()) for cell in cells(items[start]))
            near = [*items[max(start - 2, 0) : start], *items[end : end + 1]]
            around = "。".join(item.text for item in near if not item.paragraph.lines[0].cells)
            yield Grid(header, items[start].line().number, items[start + 1 : end], around)
        start = end


def cells(item: Item) -> tuple[str, ...]:
    """The cells of a row."""
    return item.paragraph.lines[0].cells


def cell(item: Item, column: int | None) -> str:
    """One cell of a row, "" if the row is shorter or the column is not there."""
    row = cells(item)
    return row[column].strip() if column is not None and column < len(row) else ""

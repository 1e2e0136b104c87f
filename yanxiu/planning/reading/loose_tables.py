"""Tables that lost their grid when they were copied: a head and then one cell on each line."""

import re
from collections.abc import Iterator
from dataclasses import replace

from yanxiu.documents.outline import Line
from yanxiu.planning.reading.months import month_heading
from yanxiu.planning.reading.schedules import WHEN, columns_of

_HEAD = re.compile(r"[一-鿿]{2,6}")
_MOST, _LEAST = 4, 2
_CELL = 40


def regained(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """`lines` with such a table as rows; each row stands on the line of what is to happen."""
    starts = [place for place, line in enumerate(lines) if WHEN.match(line.text.strip())]
    for place in reversed(starts):
        width = _width(lines[place : place + _MOST])
        rows = _rows(lines[place + width :], width) if width else ()
        if len(rows) < _LEAST:
            continue
        table = -1 - place  # no table of the outline has this number
        head = lines[place : place + width]
        made = [_row(tuple(cells), table) for cells in (head, *rows)]
        lines = (*lines[:place], *made, *lines[place + width * (1 + len(rows)) :])
    return lines


def _width(head: tuple[Line, ...]) -> int:
    """How many lines name the columns, 0 if they name no calendar."""
    names: list[str] = []
    for line in head:
        text = line.text.strip()
        if line.cells or not _HEAD.fullmatch(text) or month_heading(text):
            break
        names.append(text)
    while len(names) > 1 and columns_of(tuple(names)) is None:
        names.pop()
    return len(names) if len(names) > 1 else 0


def _rows(lines: tuple[Line, ...], width: int) -> tuple[tuple[Line, ...], ...]:
    return tuple(_each_row(lines, width))


def _each_row(lines: tuple[Line, ...], width: int) -> Iterator[tuple[Line, ...]]:
    for place in range(0, len(lines) - width + 1, width):
        cells = lines[place : place + width]
        when = month_heading(cells[0].text)
        others = [month_heading(cell.text) for cell in cells[1:]]
        fits = all(not cell.cells and len(cell.text) <= _CELL for cell in cells)
        if when is None or when.rest or any(others) or not fits:
            return
        yield cells


def _row(cells: tuple[Line, ...], table: int) -> Line:
    texts = tuple(cell.text.strip() for cell in cells)
    return replace(cells[1], text="\t".join(texts), cells=texts, table=table)

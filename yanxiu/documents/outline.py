"""The outline of a document that was read: lines with their places in the source, and tables."""

from dataclasses import dataclass, replace

from yanxiu.texts.keys import simplified


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, as written except that radical code points are repaired.

    `number` counts from 1: lines of a text, blocks (paragraphs and table rows) of a Word or web
    document. Blank lines are kept, so numbers match what an editor shows. `level` is 0 for a title,
    1 to 9 for a heading that the source marks as one, else None. A table row has its `cells`, the
    index of its `table` in the outline, and its text is the cells joined by tabs. `automatic` means
    the number at its start was counted by the word processor. `page` is known for a PDF.
    """

    number: int
    text: str
    level: int | None = None
    cells: tuple[str, ...] = ()
    table: int | None = None
    automatic: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the number of the line of its first row, and the cells of all rows."""

    first: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All lines of one source in order, and its tables.

    `remarks` are sentences for the reader: what of the source was left out, and why.
    """

    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()


def in_simplified(outline: Outline) -> Outline:
    """Give the same outline, number by number, with every text in simplified script."""
    joined = "\n".join(line.text.replace("\n", " ") for line in outline.lines)
    texts = simplified(joined).split("\n") if outline.lines else []
    lines = tuple(
        line
        if text == line.text and not line.cells
        else replace(line, text=text, cells=tuple(map(simplified, line.cells)))
        for line, text in zip(outline.lines, texts, strict=True)
    )
    tables = tuple(
        replace(table, rows=tuple(tuple(map(simplified, row)) for row in table.rows))
        for table in outline.tables
    )
    return Outline(lines, tables, outline.remarks)

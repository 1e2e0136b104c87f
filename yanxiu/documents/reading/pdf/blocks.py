"""From pages to paragraphs and table rows, in reading order and across page breaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from yanxiu.documents.reading.pdf.flowing import Measure, flow, measure
from yanxiu.documents.reading.pdf.grids import Grid, grids, inside
from yanxiu.documents.reading.pdf.margins import without_margins
from yanxiu.documents.reading.pdf.pages import Glyph, Page
from yanxiu.documents.reading.pdf.rows import Row, rows

_CONTENTS = re.compile(r".*(?:[.．…·]\s?){4,}\s*\d{1,3}")
_CONTENTS_HEAD = re.compile(r"目\s*[录錄次]")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the cells with merged ones repeated, and the texts that begin in it."""

    cells: tuple[str, ...]
    written: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its level as a heading, or a table with its rows."""

    text: str = ""
    level: int | None = None
    page: int = 0
    rows: tuple[TableRow, ...] = ()
    columns: tuple[float, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page taken apart: rows outside of tables, and tables under the height of their top."""

    rows: list[Row]
    tables: list[tuple[float, Block]]


def blocks(pages: Sequence[Page]) -> tuple[list[Block], list[str]]:
    """All blocks of the document, and what a reader should know was left out."""
    laid = [_lay(page) for page in pages]
    bare, had_margins = without_margins(pages, [page.rows for page in laid])
    sizes = measure(bare, [page.width for page in pages])
    found: list[Block] = []
    run: list[Row] = []
    for page, mine in zip(laid, bare, strict=True):
        waiting = list(mine)
        for top, table in page.tables:
            above = [row for row in waiting if row.y > top]
            waiting = waiting[len(above) :]
            found += _paragraphs([*run, *above], sizes)
            run = []
            _add_table(found, table)
        run += waiting
    found += _paragraphs(run, sizes)
    kept = [block for block in found if block.rows or not _CONTENTS.fullmatch(block.text)]
    remarks = ["页眉、页脚和页码没有读。"] if had_margins else []
    if len(kept) < len(found):
        kept = [block for block in kept if not _CONTENTS_HEAD.fullmatch(block.text)]
        remarks.append("目录没有读，标题以正文为准。")
    return kept, remarks


def _lay(page: Page) -> _Laid:
    outside = list(page.glyphs)
    tables: list[tuple[float, Block]] = []
    for grid in grids(page):
        placed = list(inside(grid, outside))
        within = [(glyph, cell) for glyph, cell in placed if cell is not None]
        outside = [glyph for glyph, cell in placed if cell is None]
        table = _table(grid, within, page.number)
        if table.rows:
            tables.append((grid.rows[0], table))
    return _Laid(rows(outside, page.number), tables)


def _table(grid: Grid, within: list[tuple[Glyph, int]], page: int) -> Block:
    glyphs: dict[int, list[Glyph]] = {}
    for glyph, cell in within:
        glyphs.setdefault(cell, []).append(glyph)
    texts = {cell: _cell_text(grid, cell, mine, page) for cell, mine in glyphs.items()}
    seen: set[int] = set()
    made: list[TableRow] = []
    for cells in grid.cells:
        begun = [cell for cell in dict.fromkeys(cells) if cell not in seen]
        seen.update(begun)
        row = TableRow(
            tuple(texts.get(cell, "") for cell in cells),
            tuple(texts.get(cell, "") for cell in begun),
            page,
        )
        if any(row.cells):
            made.append(row)
    return Block(page=page, rows=tuple(made), columns=grid.columns)


def _cell_text(grid: Grid, cell: int, glyphs: list[Glyph], page: int) -> str:
    """The paragraphs of a cell; a line that reaches the edge goes on in the next."""
    mine = rows(glyphs, page)
    columns = [n for line in grid.cells for n, one in enumerate(line) if one == cell]
    left, right = grid.columns[min(columns)], grid.columns[max(columns) + 1]
    sizes = Measure.of_cell(mine, left, right)
    return "\n".join(paragraph.text.replace("\t", " ") for paragraph in flow(mine, sizes))


def _add_table(found: list[Block], table: Block) -> None:
    """Add `table`, or go on with the table before it if a page break cut it in two."""
    before = found[-1] if found else None
    if (
        before is None
        or not before.rows
        or before.rows[-1].page == table.page
        or len(before.columns) != len(table.columns)
        or any(
            abs(one - other) > 3  # noqa: PLR2004
            for one, other in zip(before.columns, table.columns, strict=True)
        )
    ):
        found.append(table)
        return
    more = table.rows[1:] if table.rows[0].cells == before.rows[0].cells else table.rows
    found[-1] = replace(before, rows=(*before.rows, *more))


def _paragraphs(run: list[Row], sizes: Measure) -> Iterator[Block]:
    paragraphs = flow(run, sizes)
    at = 0
    while at < len(paragraphs):
        aligned = _aligned(paragraphs, at)
        if len(aligned) > 1:
            made = tuple(TableRow(cells, cells, page) for cells, page in aligned)
            yield Block(page=made[0].page, rows=made)
            at += len(aligned)
            continue
        one = paragraphs[at]
        yield Block(one.text.replace("\t", " "), sizes.level(one), one.page)
        at += 1


def _aligned(paragraphs: Sequence[Row], at: int) -> list[tuple[tuple[str, ...], int]]:
    """Rows from `at` on that have the same number of columns and begin at the same place."""
    first = paragraphs[at]
    wanted = first.text.count("\t")
    found: list[tuple[tuple[str, ...], int]] = []
    for row in paragraphs[at:]:
        if not wanted or row.text.count("\t") != wanted or abs(row.left - first.left) > row.size:
            break
        found.append((tuple(cell.strip() for cell in row.text.split("\t")), row.page))
    return found

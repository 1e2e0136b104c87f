"""Paragraphs out of rows: a row that reaches the right margin goes on in the next one."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from yanxiu.documents.reading.marks import read_mark
from yanxiu.documents.reading.pdf.rows import Row

_FULL = 1.9
_SEVERAL, _LONG_ROW = 2, 20
_INDENT = 0.6
_HANGING = 4.5
_LEADING, _WIDEST_LEADING = 1.35, 2.5
_LARGER = 1.12
_TITLE = 1.3
_HEADING_LENGTH = 40
_ENDS = "。！？；：!?;:"
_CHAPTERS = frozenset({"han", "han-bracket", "chapter"})


@dataclass(frozen=True, slots=True)
class Measure:
    """How a text is set: the right margin by page, the distance of rows, the size of the body."""

    rights: dict[int, float]
    right: float
    leading: float
    body: float
    larger: tuple[float, ...] = ()
    middle: float = 0.0

    @classmethod
    def of_cell(cls, rows: list[Row], left: float, right: float) -> "Measure":
        """The measure inside a table cell, whose edges are known."""
        size = rows[0].size if rows else 10.0
        # Text stands as far from the right edge as from the left one.
        margin = min((row.left - left for row in rows), default=0.0)
        return cls({}, right - min(margin, size), _leading([rows]), size)

    def level(self, row: Row) -> int | None:
        """The level of a heading that its size betrays; 0 for the title on the first page."""
        if (
            row.size < self.body * _LARGER
            or len(row.text) > _HEADING_LENGTH
            or row.text[-1] in _ENDS
        ):
            return None
        largest = row.size >= max(self.larger[0] - 0.5, self.body * _TITLE)
        if row.page == 1 and largest and self.is_centred(row):
            return 0
        smaller = [-size for size in self.larger]
        return min(bisect_left(smaller, -row.size - 0.5) + 1, 9)

    def is_centred(self, row: Row) -> bool:
        """Whether `row` stands in the middle of the page."""
        return abs((row.left + row.right) / 2 - self.middle) < row.size

    def is_full(self, row: Row) -> bool:
        """Whether `row` reaches the right margin."""
        return row.right >= self.rights.get(row.page, self.right) - row.size * _FULL


def measure(pages: Sequence[list[Row]], widths: Sequence[float]) -> Measure:
    """Measure the rows of a document page by page."""
    every = [row for rows in pages for row in rows]
    if not every:
        return Measure({}, 0.0, 0.0, 10.0)
    body = median(row.size for row in every for _ in range(1 + len(row.text) // 10))
    usual = [row for row in every if abs(row.size - body) < 1] or every
    by_width: dict[int, list[Row]] = {}
    for row in usual:
        by_width.setdefault(round(widths[row.page - 1]), []).append(row)
    margins = {width: _margin(rows, width) for width, rows in by_width.items()}
    right = max(margins.values())
    rights = {number: margins.get(round(width), right) for number, width in enumerate(widths, 1)}
    larger = {round(row.size) for row in every if row.size >= body * _LARGER}
    return Measure(
        rights, right, _leading(pages), body, tuple(sorted(map(float, larger), reverse=True)),
        median(widths) / 2,
    )  # fmt: skip


def _margin(rows: list[Row], width: float) -> float:
    """The right margin: what several rows reach, or else as far from the edge as the left one."""
    ordered = sorted(row.right for row in rows)
    right = ordered[min(len(ordered) - 1, len(ordered) * 97 // 100)]
    reaching = sum(
        abs(row.right - right) <= row.size * _FULL and len(row.text) >= _LONG_ROW for row in rows
    )
    return right if reaching >= _SEVERAL else max(right, width - min(row.left for row in rows))


def _leading(pages: Iterable[list[Row]]) -> float:
    distances = [
        above.y - below.y
        for rows in pages
        for above, below in pairwise(rows)
        if 0 < above.y - below.y < _WIDEST_LEADING * above.size
    ]
    return sorted(distances)[len(distances) // 4] if distances else 0.0


def flow(rows: Sequence[Row], sizes: Measure) -> list[Row]:
    """Join rows into paragraphs; a paragraph is given as one row, with the places of its first."""
    found: list[Row] = []
    held: list[Row] = []
    for row in rows:
        if held and _goes_on(held, row, sizes):
            held.append(row)
            continue
        if held:
            found.append(_joined(held))
        held = [row]
    return [*found, _joined(held)] if held else found


def _goes_on(held: list[Row], row: Row, sizes: Measure) -> bool:
    last, first = held[-1], held[0]
    on_the_right = 0 < sizes.middle < first.left  # a signature, a day
    if not sizes.is_full(last) or on_the_right or abs(last.size - row.size) > 1:
        return False
    if last.page == row.page and last.y - row.y > max(sizes.leading, row.size) * _LEADING:
        return False
    if last.size >= sizes.body * _LARGER and sizes.is_centred(last) and sizes.is_centred(row):
        return True  # a title of two rows
    mark = read_mark(row.text)
    if "\t" in row.text or (mark and (last.text[-1] in _ENDS or mark.style in _CHAPTERS)):
        return False
    if len(held) > 1:
        return abs(row.left - last.left) <= row.size * _INDENT
    hanging = read_mark(first.text) is not None and mark is None
    reach = _HANGING if hanging else _INDENT
    return row.left <= first.left + row.size * reach


def _joined(held: list[Row]) -> Row:
    text = held[0].text
    for row in held[1:]:
        words = text[-1:].isascii() and row.text[:1].isascii()
        words = words and text[-1:].isalnum() and row.text[:1].isalnum()
        text += (" " if words else "") + row.text
    return replace(held[0], text=text)

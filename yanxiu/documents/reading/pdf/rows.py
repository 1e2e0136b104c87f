"""Rows of text on a page: characters on one base line, with wide gaps as tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from yanxiu.documents.reading.pdf.pages import Glyph

_SAME_LINE = 0.45
_BLANK, _HAN_BLANK = 0.85, 0.22
_WORD_GAP = 0.15
_COLUMN_GAP = 2.6


@dataclass(frozen=True, slots=True)
class Row:
    """Text on one base line; `size` is the width of a Han character on it, in points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int


def rows(glyphs: Iterable[Glyph], page: int) -> list[Row]:
    """Group `glyphs` into rows, from top to bottom."""
    ordered = sorted(glyphs, key=lambda glyph: -glyph.y)
    if not ordered:
        return []
    usual = median(_widths(ordered))
    lines: list[list[Glyph]] = []
    base = 0.0
    for glyph in ordered:
        if not lines or base - glyph.y > usual * _SAME_LINE:
            lines.append([])
            base = glyph.y
        lines[-1].append(glyph)
    made = (_row(sorted(line), page) for line in lines)
    return [row for row in made if row.text]


def _widths(glyphs: list[Glyph]) -> list[float]:
    """The widths of Han characters, or twice those of others if there are none."""
    han = [glyph.right - glyph.left for glyph in glyphs if glyph.text > "⺀"]
    return han or [2 * (glyph.right - glyph.left) for glyph in glyphs]


def _row(glyphs: list[Glyph], page: int) -> Row:
    size = max(median(_widths(glyphs)), 1.0)
    # Justified rows are stretched evenly; only what is wider than that is a blank.
    gaps = [after.left - glyph.right for glyph, after in pairwise(glyphs)]
    stretch = max(median(gaps), 0.0) if gaps else 0.0
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None:
            pieces.append(_between(before, glyph, size, stretch))
            # Bold print is sometimes made by drawing the same character twice.
            if glyph.text == before.text and glyph.left - before.left < size * _WORD_GAP:
                continue
        pieces.append(glyph.text)
        before = glyph
    text = "".join(pieces).strip()
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()] or glyphs
    right = max(glyph.right for glyph in inked)
    return Row(text, inked[0].left, right, glyphs[0].y, size, page)


def _between(before: Glyph, glyph: Glyph, size: float, stretch: float) -> str:
    gap = glyph.left - before.right
    if gap > size * _COLUMN_GAP:
        return "\t"
    if " " in {before.text, glyph.text}:
        return ""
    ascii_before, ascii_here = before.text.isascii(), glyph.text.isascii()
    if ascii_before and ascii_here:
        return " " if gap > size * _WORD_GAP + stretch else ""
    # Between Han and Latin letters programs leave a little room by themselves.
    mixed = ascii_before != ascii_here
    return " " if gap > size * (_BLANK if mixed else _HAN_BLANK) + stretch else ""

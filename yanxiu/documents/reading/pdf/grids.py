"""Ruled tables on a page: the lines that touch each other, and the cells between them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yanxiu.documents.reading.pdf.pages import Glyph, Page, Rule

_TOUCH = 3.0
_RAISED = 0.35
_MOST_RULES = 800


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of columns from left to right, of rows from top to bottom, and who shares a cell.

    `cells[row][column]` is the number of the cell that lies there; merged cells have one number.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell in which a point lies."""
        if not (self.columns[0] <= x < self.columns[-1] and self.rows[-1] < y <= self.rows[0]):
            return None
        column = bisect_right(self.columns, x) - 1
        row = bisect_right([-edge for edge in self.rows], -y) - 1
        return self.cells[row][column]


def grids(page: Page) -> list[Grid]:
    """The tables of `page` with at least two columns, from top to bottom."""
    if not 4 <= len(page.rules) <= _MOST_RULES:  # noqa: PLR2004
        return []
    found = (_grid(group) for group in _groups(page.rules))
    return sorted((grid for grid in found if grid), key=lambda grid: -grid.rows[0])


def _groups(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, directly or through others."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in rules:
        frame, mine = rule, [rule]
        apart = []
        for other, members in groups:
            if any(_touch(rule, member) for member in members):
                mine += members
                frame = _around(frame, other)
            else:
                apart.append((other, members))
        groups = [*apart, (frame, mine)]
    return [members for _, members in groups]


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _TOUCH
        and other.left <= one.right + _TOUCH
        and one.bottom <= other.top + _TOUCH
        and other.bottom <= one.top + _TOUCH
    )


def _around(one: Rule, other: Rule) -> Rule:
    return Rule(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )


def _edges(places: Iterable[float]) -> list[float]:
    """`places` in rising order, those that nearly agree as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _TOUCH:
            edges.append(place)
    return edges


def _grid(rules: list[Rule]) -> Grid | None:
    upright = [rule for rule in rules if rule.is_upright]
    level = [rule for rule in rules if not rule.is_upright]
    if not upright or not level:
        return None
    # The sides of a table may be open: then its level rules reach beyond the upright ones.
    columns = _edges(
        [rule.left for rule in upright]
        + [min(rule.left for rule in level), max(rule.right for rule in level)]
    )
    rows = _edges(
        [-rule.top for rule in level]
        + [-max(rule.top for rule in upright), -min(rule.bottom for rule in upright)]
    )
    if len(columns) < 3 or len(rows) < 2:  # noqa: PLR2004 - a frame around a text is no table
        return None
    tops = [-edge for edge in rows]
    return Grid(
        tuple(columns), tuple(tops), tuple(map(tuple, _cells(columns, tops, upright, level)))
    )


def _cells(
    columns: list[float], rows: list[float], upright: list[Rule], level: list[Rule]
) -> list[list[int]]:
    cells: list[list[int]] = []
    for row in range(len(rows) - 1):
        middle = (rows[row] + rows[row + 1]) / 2
        cells.append([])
        for column in range(len(columns) - 1):
            centre = (columns[column] + columns[column + 1]) / 2
            here = row * len(columns) + column
            if column and not _is_drawn(upright, columns[column], middle, is_upright=True):
                here = cells[row][column - 1]
            elif row and not _is_drawn(level, rows[row], centre, is_upright=False):
                here = cells[row - 1][column]
            cells[row].append(here)
    return cells


def _is_drawn(rules: list[Rule], edge: float, at: float, *, is_upright: bool) -> bool:
    """Whether a rule stands on `edge` where the middle of a cell would cross it."""
    if is_upright:
        return any(abs(r.left - edge) <= _TOUCH and r.bottom <= at <= r.top for r in rules)
    return any(abs(r.top - edge) <= _TOUCH and r.left <= at <= r.right for r in rules)


def inside(grid: Grid, glyphs: Iterable[Glyph]) -> Iterator[tuple[Glyph, int | None]]:
    """Each of `glyphs` with the cell in which it stands."""
    for glyph in glyphs:
        height = (glyph.right - glyph.left) * _RAISED
        yield glyph, grid.cell_at((glyph.left + glyph.right) / 2, glyph.y + height)

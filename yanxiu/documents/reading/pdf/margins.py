"""What stands in the margins of every page: running heads, running feet, page numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from yanxiu.documents.reading.pdf.pages import Page
from yanxiu.documents.reading.pdf.rows import Row

_DEEP = 3
"""So many rows from the top and from the bottom of a page may be heads and feet."""
_SAME_PLACE = 4.0
_EDGE, _NUMBER_EDGE = 0.09, 0.12
"""Heads and feet lie this near to the edge of the page; official papers number further inside."""
_LONGEST = 45
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-—–－·•~～|\s]*(?:第\s*)?(\d{1,3})\s*页?\s*(?:[/／,，]?\s*(?:共\s*)?\d{1,3}\s*页?)?[-—–－·•~～|\s]*"
)


def without_margins(pages: Sequence[Page], rows: list[list[Row]]) -> tuple[list[list[Row]], bool]:
    """The rows of each page without heads, feet and page numbers; and whether there were any."""
    repeated = _repeated(pages, rows)
    left = [
        [row for place, row in enumerate(mine) if (page, place) not in repeated]
        for page, mine in enumerate(rows)
    ]
    return left, bool(repeated)


def _candidates(page: Page, rows: list[Row]) -> list[int]:
    """The places of rows near the edges of the page."""
    near = [*range(len(rows))[:_DEEP], *range(len(rows))[_DEEP:][-_DEEP:]]
    return [place for place in near if _edge(page, rows[place]) < _NUMBER_EDGE]


def _edge(page: Page, row: Row) -> float:
    return min(row.y, page.height - row.y) / page.height


def _repeated(pages: Sequence[Page], rows: list[list[Row]]) -> set[tuple[int, int]]:
    seen: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for number, (page, mine) in enumerate(zip(pages, rows, strict=True)):
        for place in _candidates(page, mine):
            row = mine[place]
            if _NUMBER.fullmatch(row.text):
                found.add((number, place))
            if len(row.text) > _LONGEST or _edge(page, row) > _EDGE:
                continue
            written = _DIGITS.sub("#", "".join(row.text.split()))
            seen[written, round(row.y / _SAME_PLACE)].append((number, place))
    # Odd and even pages often differ, so a third of the pages is enough.
    enough = max(2, len(pages) // 3)
    for places in seen.values():
        if len({page for page, _ in places}) >= enough:
            found.update(places)
    return found

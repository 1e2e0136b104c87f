"""Copies: paragraphs and whole documents that stand twice, in one file or in several.

Lines are expected in simplified script (`outline.in_simplified`); places are those of the source.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.paragraphs import paragraphs
from yanxiu.texts.fingerprints import fingerprints, likeness

ALIKE = 0.5
"""From this likeness on a paragraph or document is a copy of another."""

_FEWEST = 10
"""Some 26 characters: what is shorter is alike by custom, as headings and set phrases are."""
_PASSAGE = 16
"""So many common fingerprints, some 42 characters in a row, are a passage that was copied."""
_COMMON = 40
"""What stands in more paragraphs than this is a set phrase and says nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph by its text and its first and last source line in the text given as `text`."""

    text: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two paragraphs of which the later one repeats the earlier one, wholly or in part.

    `likeness` is the share of the smaller one that stands in the other.
    """

    place: Place
    of: Place
    likeness: float


@dataclass(frozen=True, slots=True)
class Twin:
    """Two texts of which one stands mostly in the other."""

    text: int
    of: int
    likeness: float


def copied_paragraphs(texts: Sequence[Sequence[Line]]) -> tuple[Copy, ...]:
    """Which paragraphs are copies of which, each with the one most like it before it.

    Args:
        texts: the lines of each text: whole outlines, or the parts of one file.
    """
    places: list[Place] = []
    prints: list[frozenset[int]] = []
    for number, lines in enumerate(texts):
        for place, mine in _paragraphs(number, lines):
            places.append(place)
            prints.append(mine)
    found = (_nearest(at, others, prints) for at, others in enumerate(_candidates(prints)))
    return tuple(
        Copy(places[at], places[other], round(alike, 2))
        for at, nearest in enumerate(found)
        if nearest
        for other, alike in [nearest]
    )


def twins(texts: Sequence[Sequence[Line]], alike: float = ALIKE) -> tuple[Twin, ...]:
    """Which texts are copies of which as a whole, the most alike first."""
    prints = [fingerprints("\n".join(line.text for line in lines)) for lines in texts]
    found = [
        Twin(later, earlier, round(share, 2))
        for later in range(len(prints))
        for earlier in range(later)
        if min(len(prints[later]), len(prints[earlier])) >= _FEWEST
        if (share := likeness(prints[later], prints[earlier])) >= alike
    ]
    return tuple(sorted(found, key=lambda twin: -twin.likeness))


def _paragraphs(number: int, lines: Sequence[Line]) -> Iterator[tuple[Place, frozenset[int]]]:
    for paragraph in paragraphs(lines):
        mine = fingerprints(paragraph.text)
        if len(mine) >= _FEWEST:
            first, last = paragraph.lines[0].number, paragraph.lines[-1].number
            yield Place(number, first, last), mine


def _candidates(prints: list[frozenset[int]]) -> Iterator[Counter[int]]:
    """For each paragraph the earlier ones with common fingerprints, and how many."""
    seen: dict[int, list[int]] = defaultdict(list)
    for at, mine in enumerate(prints):
        common: Counter[int] = Counter()
        for one in mine:
            holders = seen[one]
            if len(holders) < _COMMON:
                common.update(holders)
                holders.append(at)
        yield common


def _nearest(
    at: int, others: Counter[int], prints: list[frozenset[int]]
) -> tuple[int, float] | None:
    best: tuple[int, float] | None = None
    for other, common in others.most_common(5):
        alike = likeness(prints[at], prints[other])
        if (alike >= ALIKE or common >= _PASSAGE) and (best is None or alike > best[1]):
            best = other, alike
    return best

"""Passages that two texts have in common, whatever was edited in between, and where they stand."""

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from yanxiu.texts.keys import key

SAMPLED = 4
"""Letters of a gram by which a text is looked up."""

ONE_IN, SHORT = 4, 250
"""One of so many grams is looked up; a text longer than SHORT keeps every second of these."""

SEED = 3
"""Letters that both texts must share in a row for a passage to begin or to go on."""

GAP = 22
"""So many letters may have been changed in a row inside a passage."""

DRIFT = 8
"""So many letters may have been put in or left out in such a gap."""

LEAST = 16
"""So many letters must be shared by a passage; fewer are set phrases."""

DENSE = 0.34
"""The share of a passage that must stand unchanged in both texts."""

OFTEN = 6
"""A gram that stands more often than this in one text says nothing about where it came from."""


_NOT_IN_KEYS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` of the one text and `text[their_start:their_end]` of the other."""

    start: int
    end: int
    their_start: int
    their_end: int


def grams(folded: str, one_in: int = ONE_IN) -> set[int]:
    """Return the grams that are looked up to find a key: signed numbers of 32 bits, one of four.

    The choice depends on the gram alone, so an edit loses only the grams that it touches.
    """
    data = folded.encode("utf-16-le", "surrogatepass")
    whole = (crc32(data[at : at + 2 * SAMPLED]) for at in range(0, len(data) - 2 * SAMPLED + 2, 2))
    return {each - 0x80000000 for each in whole if not each % one_in}


def kept_grams(folded: str) -> set[int]:
    """Return the grams by which a key is found: fewer in a hundred letters of a longer one."""
    return grams(folded, ONE_IN if len(folded) <= SHORT else 2 * ONE_IN)


class Laid:
    """A key laid out so that many others can be compared with it."""

    def __init__(self, folded: str) -> None:
        """Note where each seed stands."""
        self.folded = folded
        at: dict[str, list[int]] = defaultdict(list)
        for start in range(len(folded) - SEED + 1):
            at[folded[start : start + SEED]].append(start)
        self._at = {seed: starts for seed, starts in at.items() if len(starts) <= OFTEN}

    def passages(self, other: str) -> list[Passage]:
        """Return the passages of this key that stand in the key `other`, in the order of this one.

        None of them lies mostly in another: of two such the one that shares more is told.
        """
        long_enough = [each for each in self._chains(other) if _tells(each)]
        kept: list[Passage] = []
        for one in sorted(long_enough, key=lambda each: -each.shared):
            if all(_overlap(one, other) * 2 < one.end - one.start for other in kept):
                kept.append(Passage(one.start, one.end, one.their_start, one.their_end))
        return sorted(kept, key=lambda each: (each.start, each.their_start))

    def _chains(self, other: str) -> "Iterable[_Chain]":
        """Follow the seeds through both texts."""
        open_at: dict[int, _Chain] = {}
        chains: list[_Chain] = []
        known = self._at
        for their in range(len(other) - SEED + 1):
            for mine in known.get(other[their : their + SEED], ()):
                way = mine - their
                chain = open_at.get(way)
                if chain is None or not chain.takes(mine, their):
                    chain = _nearest(open_at, mine, their)
                    if chain is None:
                        chain = _Chain(mine, mine + SEED, their, their + SEED, SEED)
                        chains.append(chain)
                        open_at[way] = chain
                        continue
                    open_at[way] = chain
                chain.grow(mine, their)
        return chains


@dataclass(slots=True)
class _Chain:
    """Seeds that follow each other in both texts, as ranges, and how many letters they share."""

    start: int
    end: int
    their_start: int
    their_end: int
    shared: int

    def takes(self, mine: int, their: int) -> bool:
        """Tell whether a seed there goes on with this."""
        return (
            self.end - SEED < mine <= self.end + GAP
            and self.their_end - SEED < their <= self.their_end + GAP
        )

    def grow(self, mine: int, their: int) -> None:
        """Go on with a seed there."""
        self.shared += min(SEED, mine + SEED - self.end, their + SEED - self.their_end)
        self.end, self.their_end = mine + SEED, their + SEED


def _nearest(open_at: dict[int, _Chain], mine: int, their: int) -> _Chain | None:
    """Return the chain that a seed goes on with, although something was put in or left out."""
    way = mine - their
    for step in range(1, DRIFT + 1):
        for each in (way + step, way - step):
            chain = open_at.get(each)
            if chain is not None and chain.takes(mine, their):
                return chain
    return None


def _tells(one: _Chain) -> bool:
    """Tell whether it is more than chance and custom."""
    longer = max(one.end - one.start, one.their_end - one.their_start)
    return one.shared >= max(LEAST, DENSE * longer)


def _overlap(one: _Chain, other: Passage) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


class Written:
    """A text with the way from its key back to what the author wrote."""

    def __init__(self, text: str) -> None:
        """Note which letter of the text each letter of the key stands for."""
        letters: list[str] = []
        places = array("l")
        for place, letter in enumerate(text):
            for plain in _NOT_IN_KEYS.sub("", unicodedata.normalize("NFKC", letter)):
                letters.append(plain)
                places.append(place)
        self.text = text
        self.folded = key(text)
        self._places: Sequence[int] = places
        if len(self.folded) != len(places):
            # Signs that only together make a letter; each place is then right within a few.
            few = max(len(self.folded), 1)
            self._places = [places[at * len(places) // few] for at in range(len(self.folded))]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the text for a range of its key, which is not empty."""
        return self._places[start], self._places[end - 1] + 1


def passages(text: str, other: str) -> list[Passage]:
    """Return the passages that two texts as written have in common."""
    mine, theirs = Written(text), Written(other)
    return [back(each, mine, theirs) for each in Laid(mine.folded).passages(theirs.folded)]


def back(passage: Passage, mine: Written, theirs: Written) -> Passage:
    """Return a passage of two keys as one of the two texts."""
    return Passage(
        *mine.back(passage.start, passage.end),
        *theirs.back(passage.their_start, passage.their_end),
    )

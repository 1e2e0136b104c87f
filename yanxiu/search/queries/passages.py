"""The passages of a text in which the words stand, with the words apart from the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from yanxiu.search.words import Word, plain

AROUND = 30
PASSAGES = 2
"""So many passages of a text are shown."""

BEGINNING = 70
"""Letters of the beginning, where no word stands in the text itself."""


@dataclass(frozen=True)
class Part:
    """A piece of a passage; `hit` says whether it is a word that was asked for."""

    text: str
    hit: bool


def highlighted(text: str, words: Sequence[Word]) -> list[list[Part]]:
    """Return at most two passages of `text` around the words, each as its parts."""
    compared = plain(text)
    places = sorted(_places(compared, words))
    if not places:
        beginning = " ".join(text[:BEGINNING].split())
        return [[Part(beginning + ("…" if len(text) > BEGINNING else ""), hit=False)]]
    passages: list[list[Part]] = []
    reached = 0
    for start, _end in places:
        if len(passages) == PASSAGES:
            break
        if passages and start < reached:
            continue
        first, last = max(0, start - AROUND, reached), min(len(text), start + 2 * AROUND)
        inside = [(a, min(b, last)) for a, b in places if first <= a < last]
        passages.append(_parts(text, first, last, inside))
        reached = last
    return passages


def marked(text: str, words: Sequence[Word]) -> list[Part]:
    """Return a short text, such as a title, as its parts."""
    return _parts(text, 0, len(text), sorted(_places(plain(text), words)))


def _places(compared: str, words: Sequence[Word]) -> set[tuple[int, int]]:
    """Return where the words stand."""
    found: set[tuple[int, int]] = set()
    for word in words:
        at = compared.find(word.text)
        while at >= 0 and len(found) < 200:  # noqa: PLR2004 (a page shows two passages)
            found.add((at, at + len(word.text)))
            at = compared.find(word.text, at + len(word.text))
    return found


def _parts(text: str, first: int, last: int, places: Sequence[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = [Part("…", hit=False)] if first else []
    at = first
    for start, end in places:
        if start < at:
            continue
        parts += [Part(text[at:start], hit=False), Part(text[start:end], hit=True)]
        at = end
    parts.append(Part(text[at:last] + ("…" if last < len(text) else ""), hit=False))
    return [part for part in parts if part.text]

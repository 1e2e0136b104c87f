"""Fingerprints of texts, by which copies are found whatever their script, width or spacing."""

from collections import deque
from zlib import crc32

from yanxiu.texts.keys import key

GRAM = 5
WINDOW = 4
"""A copied passage of at least GRAM + WINDOW - 1 = 8 characters is always noticed."""


def fingerprints(text: str) -> frozenset[int]:
    """The winnowed hashes of `text`, 0 to 2³² - 1, the same in every process and on every machine.

    About 38 for a hundred characters; a text shorter than a gram has one, an empty text none.
    """
    plain = key(text)
    if len(plain) <= GRAM:
        return frozenset({crc32(plain.encode())} if plain else ())
    hashes = [crc32(plain[at : at + GRAM].encode()) for at in range(len(plain) - GRAM + 1)]
    return frozenset(_winnowed(hashes))


def _winnowed(hashes: list[int]) -> set[int]:
    """The least hash of each window."""
    chosen: set[int] = set()
    rising: deque[int] = deque()
    for at, value in enumerate(hashes):
        while rising and hashes[rising[-1]] >= value:
            rising.pop()
        rising.append(at)
        if rising[0] <= at - WINDOW:
            rising.popleft()
        if at >= WINDOW - 1:
            chosen.add(hashes[rising[0]])
    return chosen or {min(hashes)}


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the smaller text stands in the larger one, 0 to 1.

    Texts with only a few fingerprints, such as headings, are alike by chance or by custom.
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0

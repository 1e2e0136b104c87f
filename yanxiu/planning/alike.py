"""Documents that say much of the same: how much, and which passages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yanxiu.planning.models import Proposal
from yanxiu.texts.fingerprints import fingerprints, likeness
from yanxiu.texts.keys import key

ALIKE_FROM = 0.2
"""From which share of the shorter one two documents are called alike; of texts that have nothing
to do with each other it stays below a fortieth."""
FEWEST = 40
"""Texts of about a hundred characters are alike by custom; below that nothing is said."""
PASSAGE_FROM, SHORTEST = 0.6, 12
"""From which share, and from how many characters on, two lines are one passage."""

_SENTENCES = re.compile(r"[。！？；!?;]")


@dataclass(frozen=True)
class Passage:
    """One line and the line of the other document that says the same, with the share."""

    line: int
    text: str
    other_line: int
    other_text: str
    share: int


def prints_of(lines: Iterable[str]) -> list[int]:
    """Return the fingerprints of a text in a stable order."""
    return sorted(fingerprints("\n".join(lines)))


def likenesses(proposal: Proposal, others: Iterable[Proposal]) -> list[dict[str, Any]]:
    """Return which of `others` are like `proposal`, the most like first."""
    own = frozenset(proposal.prints)
    found = []
    for other in others:
        prints = frozenset(other.prints)
        share = likeness(own, prints)
        if min(len(own), len(prints)) >= FEWEST and share >= ALIKE_FROM:
            found.append({"uid": str(other.uid), "share": round(share * 100), "settled": False})
    return sorted(found, key=lambda each: -each["share"])


def passages(one: Mapping[str, str], other: Mapping[str, str]) -> list[Passage]:
    """Return the lines of `one` that stand in `other` too, each with the line most like it."""
    theirs = [(int(number), text, fingerprints(text)) for number, text in _long(other)]
    found = []
    for number, text in _long(one):
        own = fingerprints(text)
        best = max(theirs, key=lambda each: likeness(own, each[2]), default=None)
        share = likeness(own, best[2]) if best else 0.0
        if best and share >= PASSAGE_FROM:
            found.append(Passage(int(number), text, best[0], best[1], round(share * 100)))
    return found


def repeats(lines: Mapping[str, str]) -> dict[int, int]:
    """Return for each line that says a sentence again the line that said it before."""
    said: dict[str, int] = {}
    found: dict[int, int] = {}
    for number, text in _long(lines):
        for sentence in _SENTENCES.split(text):
            words = key(sentence)
            if len(words) >= SHORTEST and said.setdefault(words, int(number)) != int(number):
                found.setdefault(int(number), said[words])
    return found


def _long(lines: Mapping[str, str]) -> list[tuple[str, str]]:
    rows = [(number, text) for number, text in lines.items() if len(text.strip()) >= SHORTEST]
    return sorted(rows, key=lambda row: int(row[0]))

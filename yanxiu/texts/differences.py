"""The readable difference of two texts: which paragraphs changed, and in them which words.

Paragraphs are matched first, characters only inside a pair, so that the work grows with what
changed and the answer reads as a person would tell it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from yanxiu.texts.keys import key

ALIKE = 0.45
"""From this share on, two paragraphs are the same one changed, not one gone and one new."""

_BLOCK = 60
"""In a larger block of changed paragraphs only neighbours are compared: pairs grow as a square."""

_PARAGRAPH = 3000
"""Characters of a paragraph up to which its characters are compared; beyond, its sentences are."""

_ISLAND = 2
"""An unchanged run as short as this between two changes is read as part of the change."""

_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]?")

_WORD = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|.", re.DOTALL)
"""A number and a Latin word change as a whole; everything else character by character."""


class Change(StrEnum):
    """What became of a paragraph or a run of characters."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters: `same`, `added` or `removed`."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the difference.

    `before` and `after` are its indices in the two texts, None where it is not; `runs` read in
    order give both: leave out what was added, or what was removed.
    """

    change: Change
    before: int | None
    after: int | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """How far one text departs from another.

    `share` is the share of characters that are not common to both, from 0 to 1.
    """

    changed: int
    added: int
    removed: int
    share: float

    def __str__(self) -> str:
        """Say it in words."""
        if not (self.changed or self.added or self.removed):
            return "一字未改"
        parts = [
            f"{word} {number} 段"
            for word, number in (
                ("改了", self.changed), ("增加", self.added), ("删去", self.removed)
            )
            if number
        ]  # fmt: skip
        return f"{'，'.join(parts)}；约 {_percent(self.share)}% 的文字不同"


def _percent(share: float) -> int:
    """Return whole per cent; what differs at all is never told as nothing, nor a rest as all."""
    if share in {0, 1}:
        return int(share * 100)
    return min(99, max(1, round(share * 100)))


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of `text`: its lines that hold anything, without space around."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def difference(before: Sequence[str], after: Sequence[str]) -> list[Paragraph]:
    """Return the paragraphs of both texts in reading order, each with what became of it.

    Paragraphs count as the same if their characters are; script, width and punctuation count.
    """
    found: list[Paragraph] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old, old_end, new, new_end in matcher.get_opcodes():
        if tag == "equal":
            found += [
                Paragraph(Change.SAME, old + at, new + at, (Run(Change.SAME, before[old + at]),))
                for at in range(old_end - old)
            ]
        else:
            found += _block(before, range(old, old_end), after, range(new, new_end))
    return found


def _block(
    before: Sequence[str], olds: range, after: Sequence[str], news: range
) -> Iterator[Paragraph]:
    """Pair the paragraphs of a changed block, in order; what finds no partner came or went."""
    pairs = sorted((old, new) for new, old in _paired(before, olds, after, news).items())
    old, new = olds.start, news.start
    for old_next, new_next in [*pairs, (olds.stop, news.stop)]:
        # What went is read before what came in its place.
        for at in range(old, old_next):
            yield Paragraph(Change.REMOVED, at, None, (Run(Change.REMOVED, before[at]),))
        for at in range(new, new_next):
            yield Paragraph(Change.ADDED, None, at, (Run(Change.ADDED, after[at]),))
        if old_next < olds.stop and new_next < news.stop:
            both = runs(before[old_next], after[new_next])
            yield Paragraph(Change.CHANGED, old_next, new_next, tuple(both))
        old, new = old_next + 1, new_next + 1


def _paired(
    before: Sequence[str], olds: range, after: Sequence[str], news: range
) -> dict[int, int]:
    """Return for indices of `after` the index of `before` each comes from; both ascend."""
    if len(olds) * len(news) > _BLOCK * _BLOCK:
        near = zip(news, olds, strict=False)
        return {new: old for new, old in near if likeness(before[old], after[new]) >= ALIKE}
    keys_old = {at: key(before[at]) for at in olds}
    keys_new = {at: key(after[at]) for at in news}
    # best[i][j] is the greatest sum of likeness of the first i old and j new paragraphs.
    like = [[_like(keys_old[old], keys_new[new]) for new in news] for old in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds)):
        for j in range(len(news)):
            with_pair = best[i][j] + like[i][j] if like[i][j] >= ALIKE else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], with_pair)
    found = {}
    i, j = len(olds), len(news)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found[news[j]] = olds[i]
    return found


def likeness(one: str, other: str) -> float:
    """Return how alike two paragraphs are, from 0 to 1, script and punctuation left aside."""
    return _like(key(one), key(other))


def _like(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    shorter, longer = sorted((len(one), len(other)))
    if 2 * shorter / (shorter + longer) < ALIKE:
        return 0.0
    # Pairs of characters keep the cost linear, where aligning characters is quadratic.
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return 0.0
    common = sum(min(count, others.get(pair, 0)) for pair, count in pairs.items())
    return 2 * common / (sum(pairs.values()) + sum(others.values()))


def _pairs(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        found[pair] = found.get(pair, 0) + 1
    return found


def runs(before: str, after: str) -> list[Run]:
    """Return the difference of two paragraphs by runs of characters."""
    if before == after:
        return [Run(Change.SAME, before)] if before else []
    if max(len(before), len(after)) > _PARAGRAPH:
        old, new = _sentences(before), _sentences(after)
    else:
        old, new = _WORD.findall(before), _WORD.findall(after)
    raw: list[Run] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            raw.append(Run(Change.SAME, "".join(old[i:i_end])))
            continue
        raw.append(Run(Change.REMOVED, "".join(old[i:i_end])))
        raw.append(Run(Change.ADDED, "".join(new[j:j_end])))
    return list(_joined(_without_islands([run for run in raw if run.text])))


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _without_islands(found: list[Run]) -> Iterator[Run]:
    """Give up unchanged runs too short to read, where changes stand on both sides."""
    last = len(found) - 1
    for at, run in enumerate(found):
        if run.change is Change.SAME and 0 < at < last and len(run.text) <= _ISLAND:
            yield Run(Change.REMOVED, run.text)
            yield Run(Change.ADDED, run.text)
        else:
            yield run


def _joined(found: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours; of one change what was removed is read before what was added."""
    removed, added = "", ""
    for run in found:
        if run.change is Change.REMOVED:
            removed += run.text
        elif run.change is Change.ADDED:
            added += run.text
        else:
            yield from _told(removed, added)
            removed, added = "", ""
            yield run
    yield from _told(removed, added)


def _told(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run(Change.REMOVED, removed)
    if added:
        yield Run(Change.ADDED, added)


def measure(found: Iterable[Paragraph]) -> Measure:
    """Return how far the second text of a difference departs from the first."""
    count = dict.fromkeys(Change, 0)
    common = old = new = 0
    for paragraph in found:
        count[paragraph.change] += 1
        for run in paragraph.runs:
            length = len(run.text)
            common += length if run.change is Change.SAME else 0
            old += length if run.change is not Change.ADDED else 0
            new += length if run.change is not Change.REMOVED else 0
    total = old + new
    share = 1 - 2 * common / total if total else 0.0
    return Measure(count[Change.CHANGED], count[Change.ADDED], count[Change.REMOVED], share)


def carried(before: Sequence[tuple[str, str]], after: Sequence[str]) -> list[str]:
    """Return for each paragraph of `after` the name it had in `before`, "" for a new one.

    Args:
        before: the paragraphs as (name, text).
        after: the texts as they are now.
    """
    names = [""] * len(after)
    for paragraph in difference([text for _name, text in before], after):
        if paragraph.before is not None and paragraph.after is not None:
            names[paragraph.after] = before[paragraph.before][0]
    return names

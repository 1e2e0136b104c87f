"""Two texts side by side: what stays, what went and what came, in pieces that can be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from yanxiu.reports.documents.term_summary.earlier import ReadSummary

_WORD = re.compile(r"[A-Za-z0-9.]+|[。！？；，、：]|[^A-Za-z0-9.。！？；，、：]")
_SHORT = 2
"""Characters: a common stretch this short between changes is read as changed too."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of text; `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """One section then and now; a side that has no such section is empty."""

    title: str
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    is_new: bool = False
    is_gone: bool = False


def difference(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Return the stretches of `before` (same, gone) and of `after` (same, new)."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Stretch] = []
    right: list[Stretch] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        between = 0 < number < len(steps) - 1 and len(gone) <= _SHORT and "\n" not in gone
        if kind == "equal" and not between:
            left.append(Stretch("same", gone))
            right.append(Stretch("same", came))
            continue
        left += [Stretch("gone", gone)] if gone else []
        right += [Stretch("new", came)] if came else []
    return tuple(_joined(left)), tuple(_joined(right))


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for one in stretches:
        if held is not None and held.kind == one.kind:
            held = Stretch(held.kind, held.text + one.text)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def side_by_side(before: ReadSummary, after: ReadSummary) -> list[Pair]:
    """Return the sections of now, each with the one of then, and at the end those that went.

    Sections belong together if they are called the same, else if most characters of their titles
    are.
    """
    left = list(before.sections)
    pairs = []
    for title, text in after.sections:
        match = _fitting(title, left)
        if match is None:
            pairs.append(Pair(title, (), (Stretch("new", text),) if text else (), is_new=True))
            continue
        left.remove(match)
        old, new = difference(match[1], text)
        pairs.append(Pair(title, old, new))
    for title, text in left:
        pairs.append(Pair(title, (Stretch("gone", text),) if text else (), (), is_gone=True))
    return pairs


def _fitting(title: str, left: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    same = next((one for one in left if one[0] == title), None)
    if same is not None:
        return same
    scored = [(len(set(title) & set(one[0])) / len(set(title) | set(one[0])), one) for one in left]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= 0.5 else None  # noqa: PLR2004 - half of the characters

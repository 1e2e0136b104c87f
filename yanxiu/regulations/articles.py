"""Cutting the text of a rule into its articles; no Django."""

import re
from dataclasses import dataclass

LABEL = re.compile(
    r"^\s*(第[一二三四五六七八九十百零〇\d]+[条條章节節]|[一二三四五六七八九十]+、|\d+[.．、](?!\d))\s*(.*)$"
)
CHAPTER = re.compile(r"^第[一二三四五六七八九十百零〇\d]+[章节節]")


@dataclass(frozen=True)
class Piece:
    """One article as written: its label (may be empty) and its text."""

    label: str
    text: str


def cut(text: str) -> list[Piece]:
    """Return the articles of `text` in order, nothing left out.

    A line that begins with 第…条, 一、 or 1. begins an article; other lines belong to the one
    before. Where 第…条 is used, 一、 and 1. are points inside an article. What stands before the
    first article is a piece without a label.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    by_articles = any(
        re.match(r"^\s*第[一二三四五六七八九十百零〇\d]+[条條]", line) for line in lines
    )
    pieces: list[Piece] = []
    for line in lines:
        if not line.strip():
            continue
        found = LABEL.match(line)
        begins = bool(found) and (not by_articles or found[1].startswith("第"))  # type: ignore[index]
        if begins and found:
            pieces.append(Piece(found[1].strip(), found[2].strip()))
        elif pieces:
            before = pieces[-1]
            pieces[-1] = Piece(before.label, f"{before.text}\n{line.strip()}".strip())
        else:
            pieces.append(Piece("", line.strip()))
    return pieces


def joined(pieces: list[Piece]) -> str:
    """Return the text that `cut` would cut into `pieces`, to be edited."""
    return "\n".join(f"{piece.label}　{piece.text}".strip("　") for piece in pieces)

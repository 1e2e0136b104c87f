"""Matches as one reader may see them: passages side by side, and nothing that is not open."""

from collections.abc import Sequence
from dataclasses import dataclass

from yanxiu.originality.models import Document
from yanxiu.originality.queries.comparing import Match
from yanxiu.people.models import Teacher
from yanxiu.places.table import links
from yanxiu.texts.passages import Passage

AROUND = 24
"""Letters shown before and after a passage."""


@dataclass(frozen=True)
class Excerpt:
    """A passage with a little of what stands around it."""

    before: str
    passage: str
    after: str


@dataclass(frozen=True)
class ShownPassage:
    """A passage of the reader's text, beside that of the other if it is open to the reader."""

    mine: Excerpt
    theirs: Excerpt | None


@dataclass(frozen=True)
class Shown:
    """One match for one reader; without `url` no words of the other are told.

    Neither is its title, unless it is a quotation: that says where the words come from, such as the
    book, and not who copied them out.
    """

    sort: str
    title: str
    url: str
    elsewhere: bool
    passages: tuple[ShownPassage, ...]


def side_by_side(
    text: str, matches: Sequence[Match], reader: Teacher, *, school: int = 0
) -> list[Shown]:
    """Return `matches` of `text` for the page of `reader`; one statement per kind of source.

    Args:
        text: the text that was asked about.
        matches: what `alike` returned for it.
        reader: who looks; other people's works open as their own pages do, or not at all.
        school: the primary key of the reader's school, to say what lies elsewhere.
    """
    open_to = links([match.source for match in matches], reader)
    shown = []
    for match in matches:
        link = open_to.get(match.source)
        passages = tuple(
            ShownPassage(
                excerpt(text, one.start, one.end),
                excerpt(match.text, one.their_start, one.their_end) if link else None,
            )
            for one in match.passages
        )
        elsewhere = bool(school) and match.organisation != school
        title = match.title if link or match.sort == Document.Sort.QUOTATION else ""
        url = link.url if link else ""
        shown.append(Shown(match.sort, title, url, elsewhere, passages))
    return shown


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """Return `text[start:end]` with its surroundings on one line."""
    first, last = max(0, start - AROUND), end + AROUND
    before, after = (" ".join(part.split()) for part in (text[first:start], text[end:last]))
    return Excerpt(
        f"…{before}" if first else before,
        text[start:end],
        f"{after}…" if last < len(text) else after,
    )


__all__ = ["Excerpt", "Passage", "Shown", "ShownPassage", "excerpt", "side_by_side"]

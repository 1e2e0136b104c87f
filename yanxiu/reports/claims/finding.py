"""Claims without a figure and vague problems, sentence by sentence."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yanxiu.planning.reading.gaps import GAP as PLACEHOLDER
from yanxiu.reports.claims.words import Words, words_of
from yanxiu.reports.documents.term_summary.data import (
    Paragraph,
    Piece,
    Prose,
    Section,
    Stated,
    TermSummary,
)
from yanxiu.reports.documents.term_summary.outline import PROBLEMS
from yanxiu.reports.models import Summary
from yanxiu.texts.quantities import find_quantities

KEEP = "keep:"
"""How the place begins at which it is said why a claim stays."""

_END = re.compile(r"(?<=[。！？!?；;])")
_THIN = 15
"""Characters below which a section on problems says nothing that could be worked on."""


@dataclass(frozen=True)
class Claim:
    """One sentence that claims without showing.

    Attributes:
        kind: `empty`, `vague` or `thin` (the whole section on problems says next to nothing).
        at: the paragraph it stands in.
        sentence: as it reads.
        phrase: the words that claim.
        figures: the codes of figures that could show it.
        because: why people keep it as it is, "" while that is open.
    """

    kind: str
    at: str
    sentence: str
    phrase: str
    figures: tuple[str, ...]
    because: str = ""

    @property
    def place(self) -> str:
        """Where it is kept why it stays; the same sentence has the same place."""
        return keep_place(self.sentence)


def keep_place(sentence: str) -> str:
    """Return where it is kept why a sentence stays as it is."""
    return KEEP + hashlib.sha256(sentence.encode()).hexdigest()[:16]


def sentences(paragraph: Paragraph) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of each sentence of a paragraph."""
    held: list[Piece] = []
    for piece in paragraph.pieces:
        parts: Sequence[Piece] = [piece]
        if isinstance(piece, str):
            parts = [part for part in _END.split(piece) if part]
        for part in parts:
            held.append(part)
            if isinstance(part, str) and _END.search(part):
                yield tuple(held)
                held = []
    if held:
        yield tuple(held)


def claims_in(document: TermSummary, summary: Summary, words: Words | None = None) -> list[Claim]:
    """Return the claims in what people wrote, in reading order, each sentence once."""
    words = words or words_of(summary.organisation)
    texts = summary.texts()
    found: dict[str, Claim] = {}
    for section in document.sections:
        for claim in _in_section(section, words):
            because = texts.get(claim.place, "")
            found.setdefault(
                claim.place,
                Claim(claim.kind, claim.at, claim.sentence, claim.phrase, claim.figures, because),
            )
    return list(found.values())


def _in_section(section: Section, words: Words) -> Iterator[Claim]:
    is_problems = section.role == PROBLEMS
    for prose in section.proses:
        for line in prose.paragraphs:
            for pieces in sentences(line):
                yield from _in_sentence(prose, pieces, words, is_problems=is_problems)
    if is_problems:
        yield from _thin(section)


def _in_sentence(
    prose: Prose, pieces: tuple[Piece, ...], words: Words, *, is_problems: bool
) -> Iterator[Claim]:
    text = "".join(str(piece) for piece in pieces)
    if any(isinstance(piece, Stated) for piece in pieces) or find_quantities(text):
        return
    if PLACEHOLDER.search(text):
        return
    for kind in ("vague", "empty") if is_problems else ("empty",):
        for phrase, figures in words.found(text, vague=kind == "vague"):
            yield Claim(kind, prose.place, text, phrase, figures)
            return


def _thin(section: Section) -> Iterator[Claim]:
    written = [prose for prose in section.proses if prose.text.strip()]
    text = "".join(prose.text for prose in written)
    if written and len(text.strip()) < _THIN:
        codes = ("planning.items_overdue", "activities.minutes_missing")
        yield Claim("thin", written[0].place, text.strip(), text.strip(), codes)

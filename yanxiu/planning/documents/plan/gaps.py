"""Placeholders of a written plan, turned into gaps that can be seen."""

from yanxiu.documents.word import Gap
from yanxiu.planning.documents.plan.data import Line
from yanxiu.planning.reading.gaps import GAP
from yanxiu.texts.book_marks import inside_book_marks

__all__ = ["GAP", "Gap", "line_of", "lines_of", "marked"]

_FEW = 8


def line_of(text: str) -> Line:
    """Return `text` with each placeholder in it (__, xx) as a gap named by what follows it."""
    pieces: list[str | Gap] = []
    place = 0
    for match in GAP.finditer(text):
        before, after = text[place : match.start()], text[match.end() : match.end() + _FEW]
        if before:
            pieces.append(before)
        pieces.append(Gap(after.split("，")[0].split("。")[0].strip() or "原文的空缺"))
        place = match.end()
    if text[place:]:
        pieces.append(text[place:])
    return tuple(pieces)


def lines_of(text: str) -> list[Line]:
    """Return the paragraphs of `text`, empty ones left out."""
    return [line_of(line.strip()) for line in text.splitlines() if line.strip()]


def marked(title: str) -> str:
    """Return `title` in 《》; those that stand inside become 〈〉, as the rules of writing ask."""
    inner = title.strip()
    whole = inner.startswith("《") and inner.endswith("》") and inner.count("《") == 1
    return inner if whole else f"《{inside_book_marks(inner)}》"

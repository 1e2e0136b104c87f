"""Quotation marks as the readers expect them: “ ” for straight ones and for those of 「 」."""

from dataclasses import replace

from yanxiu.documents.outline import Outline

_CORNERS = str.maketrans("「」『』", "“”‘’")
_STRAIGHT = '"'


def with_paired_quotes(outline: Outline) -> Outline:
    """`outline` with its quotation marks in pairs; a line with an odd number keeps them."""
    lines = tuple(
        replace(line, text=_paired(line.text)) if _needs(line.text) else line
        for line in outline.lines
    )
    return replace(outline, lines=lines)


def _needs(text: str) -> bool:
    return _STRAIGHT in text or "「" in text


def _paired(text: str) -> str:
    text = text.translate(_CORNERS)
    parts = text.split(_STRAIGHT)
    if len(parts) % 2 == 0:
        return text
    return parts[0] + "".join(("“", "”")[n % 2] + part for n, part in enumerate(parts[1:]))

"""The process that reads one PDF from its input and prints what stands in it as JSON."""

import json
import sys
from typing import Any

import pypdfium2
from pypdfium2 import raw

from yanxiu.documents.reading.pdf.blocks import Block, blocks
from yanxiu.documents.reading.pdf.pages import Page, read_page
from yanxiu.texts.radicals import repair

_ENOUGH = 8
"""Fewer characters on the average page, beside pictures, are stamps on a scan."""
_GARBLED = 0.15


def told(data: bytes, limit: int) -> dict[str, Any]:
    """What stands in the PDF, or why it is not read."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        locked = raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        return {"refused": "locked" if locked or b"/Encrypt" in data else "damaged"}
    count = len(document)
    if count > limit:
        return {"pages": count}
    try:
        pages = [read_page(document[number], number + 1) for number in range(count)]
    except pypdfium2.PdfiumError:
        return {"refused": "damaged"}
    return {"refused": reason} if (reason := _unreadable(pages)) else _answer(pages)


def _unreadable(pages: list[Page]) -> str | None:
    texts = ["".join(glyph.text for glyph in page.glyphs) for page in pages]
    characters = sum(len(text.split()) and len(text) for text in texts)
    if not characters or (
        characters < _ENOUGH * len(pages) and any(page.has_pictures for page in pages)
    ):
        return "scanned" if any(page.has_pictures for page in pages) or not characters else None
    strange = sum(not _is_text(character) for text in texts for character in text)
    return "garbled" if strange > characters * _GARBLED else None


def _is_text(character: str) -> bool:
    point = ord(character)
    return point >= ord(" ") and point not in range(0xE000, 0xF900) and point < 0xFFF0  # noqa: PLR2004


def _answer(pages: list[Page]) -> dict[str, Any]:
    found, remarks = blocks(pages)
    lines: list[list[Any]] = []
    tables: list[list[Any]] = []
    for block in found:
        if block.rows:
            _add_rows(lines, tables, block)
        else:
            lines.append([repair(block.text), block.level, [], None, block.page])
    return {"lines": lines, "tables": tables, "remarks": remarks}


def _add_rows(lines: list[list[Any]], tables: list[list[Any]], block: Block) -> None:
    cells = [[repair(cell) for cell in row.cells] for row in block.rows]
    number = len(tables)
    tables.append([len(lines) + 1, cells])
    for row, repaired in zip(block.rows, cells, strict=True):
        written = repair("\t".join(row.written))
        lines.append([written, None, repaired, number, row.page])


if __name__ == "__main__":
    json.dump(told(sys.stdin.buffer.read(), int(sys.argv[1])), sys.stdout)

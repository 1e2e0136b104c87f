"""Delimited text: comma, tab, semicolon; UTF-8, UTF-16 and GB18030."""

import codecs
import csv
import io
import re
from collections import Counter

from yanxiu.documents.tables.cells import Cell, LostDigits, Table
from yanxiu.documents.tables.limits import MAX_CELLS
from yanxiu.documents.tables.refusals import (
    NotATableFile,
    TableFileBroken,
    TableFileEmpty,
    TableFileTooLarge,
)

_DELIMITERS = ",\t;"
_SAMPLE_LINES = 60
_CONSTANT = re.compile(r'="([^"]*)"')
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[Ee]\+?\d{1,3}")
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\0"))
_NULS_OF_UTF_16 = 0.2
_DAMAGED = "\ufffd"
_MOST_DAMAGED = 0.01


def read_text(data: bytes, *, name: str) -> Table:
    """Return the one table of a delimited text; empty lines keep their row numbers."""
    text = _decode(data, name=name)
    if not text.strip():
        raise TableFileEmpty(name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise TableFileBroken(name) from error
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise TableFileTooLarge(name)
    return Table(
        sheet="",
        rows=tuple(
            tuple(text_cell(value) for value in row) + (None,) * (width - len(row)) for row in rows
        ),
    )


def text_cell(value: str) -> Cell:
    """Return the text of a cell without the marks that force text: `'0012` and `="0012"`."""
    text = value.strip()
    if not text:
        return None
    if not text.isprintable():
        text = text.translate(_UNSEEN).strip()
    if text.startswith("'"):
        text = text[1:].strip()
    elif text.startswith('="') and (constant := _CONSTANT.fullmatch(text)):
        text = constant[1].strip()
    elif "+" in text and _SCIENTIFIC.fullmatch(text):
        # A spreadsheet writes a long number to csv as 1.79E+10: the digits are gone.
        return LostDigits(text)
    return text or None


def _decode(data: bytes, *, name: str) -> str:
    texts = []
    for encoding in _encodings(data):
        try:
            texts = [data.decode(encoding)]
            break
        except UnicodeDecodeError:
            texts.append(data.decode(encoding, errors="replace"))
    # A few damaged bytes spoil their own characters, which stay visible, not the whole list.
    text = min(texts, key=lambda text: text.count(_DAMAGED))
    if "\0" in text or text.count(_DAMAGED) > len(text) * _MOST_DAMAGED:
        raise NotATableFile(name, found="认不出的编码或二进制数据")
    return text


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    start = data[:4000]
    # Without a mark, UTF-16 shows itself by the zero bytes beside digits, commas and line ends.
    if start[1::2].count(0) > len(start) // 2 * _NULS_OF_UTF_16:
        return ("utf-16-le",)
    if start[0::2].count(0) > len(start) // 2 * _NULS_OF_UTF_16:
        return ("utf-16-be",)
    return ("utf-8", "gb18030")


def _delimiter(text: str) -> str:
    """Return the delimiter that gives most rows of the same width."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter(line.count(delimiter) for line in lines)
        widths.pop(0, None)
        score = max((width * rows**2 for width, rows in widths.items()), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best

"""Read plain text: UTF-8, UTF-16 with its mark, or GB18030."""

import codecs
import re
from collections.abc import Sequence

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.documents.reading.refusals import UnreadableFormat
from yanxiu.texts.radicals import repair

# Not str.splitlines: it also breaks at characters that stand inside lines, such as U+2028.
_BREAK = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"[一-鿿][^\t。；;，,：:]{0,11}")
"""What a column is called: 周次, 主讲/负责, 公开课（节）."""
_FEWEST = 2
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ue000-\uf8ff\ufffd]")


def decode(data: bytes) -> str:
    """Give the text of `data`.

    Raises:
        UnreadableFormat: it is no text in any of these encodings.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Random bytes often pass as GB18030; controls and private characters betray them.
        if len(_NO_TEXT.findall(text)) <= len(text) // 200:
            return text
    raise UnreadableFormat(
        "这个文件不是文字文件，或者用了认不出的编码，没有读取。"
        "请用记事本打开并以 UTF-8 编码另存，或在 Word 中另存为 docx 后再上传。"
    )


def read_text(text: str) -> Outline:
    """Give each line of `text` under its number; rows of a table copied with tabs as cells."""
    lines = [line.rstrip() for line in _BREAK.split(repair(text))]
    made: list[Line] = []
    tables: list[Table] = []
    while len(made) < len(lines):
        first = len(made)
        rows = _rows(lines, first)
        if rows:
            made += [
                Line(first + place + 1, lines[first + place], None, row, len(tables))
                for place, row in enumerate(rows)
            ]
            tables.append(Table(first + 1, rows))
        else:
            made.append(Line(first + 1, lines[first]))
    return Outline(tuple(made), tuple(tables))


def _rows(lines: Sequence[str], first: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table that begins on a line of names parted by tabs, () for none.

    A row may end early, as cells that are empty at its end leave no tab behind.
    """
    head = _cells(lines[first])
    if len(head) < _FEWEST or not all(_NAME.fullmatch(name) for name in head):
        return ()
    rows = [head]
    for line in lines[first + 1 :]:
        cells = _cells(line)
        if not 1 < len(cells) <= len(head) or cells[0].endswith((":", "：")):
            break
        rows.append((*cells, *[""] * (len(head) - len(cells))))
    return tuple(rows) if len(rows) > _FEWEST else ()


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("\t")) if "\t" in line else ()

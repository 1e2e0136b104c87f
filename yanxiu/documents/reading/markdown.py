"""Read Markdown: headings, lists and tables without their signs, under the lines of the source."""

import re

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.documents.reading.text import read_text

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_SIGNS = re.compile(r"^\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|>\s?)+")
# Not __: in plans that is a gap to be filled in.
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")


def read_markdown(text: str) -> Outline:
    """Give each line of `text` under its number; the rule below the head of a table is blank."""
    lines: list[Line] = []
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    for line in read_text(text).lines:
        written = line.text.strip()
        is_row = written.startswith("|") and written.endswith("|") and len(written) > 1
        if rows and not is_row:
            tables.append(Table(line.number - len(rows), tuple(rows)))
            rows = []
        if is_row:
            cells = tuple(_plain(cell.strip()) for cell in written[1:-1].split("|"))
            rows.append(() if _RULE.fullmatch(written) else cells)
            lines.append(Line(line.number, "\t".join(rows[-1]), None, rows[-1], len(tables)))
        else:
            lines.append(_line(line, written))
    if rows:
        tables.append(Table(len(lines) - len(rows) + 1, tuple(rows)))
    return Outline(tuple(lines), tuple(_without_rules(table) for table in tables))


def _line(line: Line, written: str) -> Line:
    heading = _HEADING.fullmatch(written)
    if heading:
        return Line(line.number, _plain(heading[2]), len(heading[1]))
    return Line(line.number, _plain(_SIGNS.sub("", line.text)))


def _plain(text: str) -> str:
    return _STRONG.sub(r"\1", text)


def _without_rules(table: Table) -> Table:
    return Table(table.first, tuple(row for row in table.rows if row))

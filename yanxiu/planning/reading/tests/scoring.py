"""What a document is known to say, as a table, and how much of it was read.

A row is `key | what | where | texts | fields`; the key may be left out. `what` is the kind of
finding (several, if several are honest), or kind, title, lines, period, section, meta, note, none.
`where` is a line number or words that stand on the line. Each of `texts` (parted by ;) must be told
by a finding of that kind on that line; all `fields` by one of them. `none` names kinds that must
not occur.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from yanxiu.documents.outline import Outline
from yanxiu.planning.reading import Finding, ReadDocument
from yanxiu.texts.keys import key, simplified

_TOLD = ("kind", "title", "lines", "period", "section", "meta", "note", "none")


@dataclass(frozen=True)
class Expected:
    """One row of a table."""

    key: str
    what: tuple[str, ...]
    where: str
    texts: tuple[str, ...]
    fields: dict[str, str]


def read_rows(table: str) -> list[Expected]:
    """The rows of a table; lines that begin with # are remarks."""
    return [_row(line) for line in table.splitlines() if line.strip() and line[0] != "#"]


def _row(line: str) -> Expected:
    cells = [cell.strip() for cell in line.split("|")]
    told = cells[1].split(",")[0] if len(cells) > 1 else ""
    if told not in _TOLD and not re.fullmatch("[a-z]+", told):
        cells.insert(0, "")
    name, what, where, *rest = [*cells, "", "", ""]
    fields = dict(part.split("=", 1) for part in (rest[1].split() if len(rest) > 1 else ()))
    texts = tuple(text.strip() for text in rest[0].split(";") if text.strip())
    if what == "meta":
        head, _, value = rest[0].partition("=")
        fields, texts = {head: value}, ()
    return Expected(
        name or f"{what} {where} {rest[0]}", tuple(what.split(",")), where, texts, fields
    )


def line_of(outline: Outline, where: str) -> int:
    """The number of the line that `where` names."""
    if where.isdecimal():
        return int(where)
    wanted = simplified(where)
    for line in outline.lines:
        if wanted in simplified(line.text):
            return line.number
    raise LookupError(where)


def misses(rows: list[Expected], document: ReadDocument, outline: Outline) -> list[str]:
    """The keys of the rows that the document does not fulfil."""
    return [row.key for row in rows if not _is_met(row, document, outline)]


def _is_met(row: Expected, document: ReadDocument, outline: Outline) -> bool:
    what, text = row.what[0], row.texts[0] if row.texts else ""
    whole = {
        "none": lambda: not any(found.kind in row.texts for found in document.findings),
        "kind": lambda: document.kind == text,
        "title": lambda: key(document.title) == key(text),
        "lines": lambda: "-".join(map(str, document.lines)) == text,
        "period": lambda: _is_period(text, document),
    }
    if what in whole:
        return whole[what]()
    line = line_of(outline, row.where) if row.where else None
    if what == "section":
        titles = [key(s.title) for s in document.sections if line in {None, s.line}]
        return all(key(each) in titles for each in row.texts)
    if what == "meta":
        ((name, value),) = row.fields.items()
        return any((f.name, str(f.value), f.line) == (name, value, line) for f in document.metadata)
    if what == "note":
        return any((n.code, n.line) == (text, line) for n in document.notes)
    return _is_found(row, [f for f in document.findings if f.kind in row.what and f.line == line])


def _is_found(row: Expected, found: list[Finding]) -> bool:
    if not found or not all(any(_tells(f, text) for f in found) for text in row.texts):
        return False
    first = [f for f in found if not row.texts or _tells(f, row.texts[0])]
    return any(all(_has(f, *field) for field in row.fields.items()) for f in first)


def _is_period(told: str, document: ReadDocument) -> bool:
    period = document.period
    words = {str(period.kind), str(period.year), str(period.season)}
    words |= {"inferred" if period.inferred else "stated", f"{period.years}_years"}
    return set(told.split()) <= words


def _tells(finding: Finding, text: str) -> bool:
    value = finding.value
    parts = value.values() if isinstance(value, dict) else (value,)
    return any(key(text) in key(str(part)) for part in (finding.name, *parts))


def _has(finding: Finding, name: str, wanted: str) -> bool:
    value = finding.value
    if name != "name" and isinstance(value, dict) and name in value:
        got = value[name]
    else:
        got = getattr(finding, name, None)
    if isinstance(got, int | Decimal) and re.fullmatch(r"[\d.]+", wanted):
        return Decimal(str(got)) == Decimal(wanted)
    return str(got) == wanted

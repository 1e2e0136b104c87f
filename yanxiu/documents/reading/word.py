"""Read a Word document (docx): headings, paragraphs, automatic numbers and tables, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, fromstring

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.documents.reading.refusals import DamagedFile
from yanxiu.documents.reading.word_numbering import Numbering, W, read_numbering
from yanxiu.documents.reading.word_package import open_package, part
from yanxiu.texts.radicals import repair

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved text is not in the document any more; properties hold no text.
_SKIPPED = frozenset(
    {_FALLBACK, *(W + tag for tag in ("del", "moveFrom", "pPr", "rPr", "instrText"))}
)
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CONTAINERS = frozenset(W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "smartTag"))
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_DEPTH = 60


@dataclass(frozen=True, slots=True)
class _Style:
    level: int | None = None
    list_number: str = ""
    list_level: str = ""


@dataclass
class _Word:
    styles: dict[str, _Style]
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def read_word(data: bytes) -> Outline:
    """Give every paragraph, each part of one broken by hand, and every table row, numbered."""
    with open_package(data) as package:
        document = _root(part(package, "word/document.xml"))
        styles = _root(part(package, "word/styles.xml"))
        numbering = read_numbering(_root(part(package, "word/numbering.xml")))
    word = _Word(_styles(styles), numbering)
    body = None if document is None else document.find(W + "body")
    if body is None:
        raise DamagedFile("找不到正文")
    for block in _blocks(body):
        if block.tag == W + "p":
            _add_paragraph(word, block)
        else:
            _add_table(word, block)
    return Outline(tuple(word.lines), tuple(word.tables))


def _root(markup: bytes) -> Element | None:
    try:
        return fromstring(markup) if markup else None  # noqa: S314 - part() refuses entities
    except ParseError as error:
        raise DamagedFile("其中的内容不完整") from error


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(W + "val", "")


def _styles(root: Element | None) -> dict[str, _Style]:
    if root is None:
        return {}
    elements = {style.get(W + "styleId", ""): style for style in root.findall(W + "style")}
    return {name: _style(elements, name) for name in elements}


def _style(elements: dict[str, Element], name: str) -> _Style:
    """The style with what it inherits; a circle of styles ends where it closes."""
    level: int | None = None
    number = depth = ""
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        style = elements[name]
        level = _style_level(style) if level is None else level
        number = number or _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        depth = depth or _value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        name = _value(style.find(W + "basedOn"))
    return _Style(level, number, depth)


def _style_level(style: Element) -> int | None:
    title = _value(style.find(W + "name"))
    heading = _HEADING.fullmatch(title)
    if heading:
        return int(heading[1])
    if title.lower() == "title" or title == "标题":
        return 0
    outline = _value(style.find(f"{W}pPr/{W}outlineLvl"))
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None  # noqa: PLR2004


def _blocks(parent: Element, depth: int = 0) -> Iterator[Element]:
    for child in parent:
        if child.tag in {W + "p", W + "tbl"}:
            yield child
        elif child.tag in _CONTAINERS and depth < _DEPTH:
            yield from _blocks(child, depth + 1)


def _text(element: Element, depth: int = 0) -> str:
    if depth > _DEPTH:
        raise DamagedFile("内容嵌套过深")
    pieces = []
    for child in element:
        if child.tag == W + "t":
            pieces.append(child.text or "")
        elif child.tag in _MARKS:
            pieces.append(_MARKS[child.tag])
        elif child.tag not in _SKIPPED and len(child):
            pieces.append(_text(child, depth + 1))
            if child.tag == W + "p":
                pieces.append("\n")
    return "".join(pieces)


def _paragraph(word: _Word, element: Element) -> tuple[str, int | None, bool]:
    """Text with its number, heading level, and whether the number was counted by Word."""
    properties = element.find(W + "pPr")
    style, number, depth, level = _Style(), "", "", None
    if properties is not None:
        style = word.styles.get(_value(properties.find(W + "pStyle")), _Style())
        number = _value(properties.find(f"{W}numPr/{W}numId")) or style.list_number
        depth = _value(properties.find(f"{W}numPr/{W}ilvl")) or style.list_level
        outline = _value(properties.find(W + "outlineLvl"))
        level = int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else style.level  # noqa: PLR2004
    text = repair(_text(element)).strip("\n")
    if not number or not text.strip():
        return text, level, False
    label = word.numbering.label(number, int(depth) if depth.isdecimal() else 0)
    return label + text.lstrip(), level, bool(label)


def _add_paragraph(word: _Word, element: Element) -> None:
    text, level, automatic = _paragraph(word, element)
    for piece in text.split("\n"):
        number = len(word.lines) + 1
        word.lines.append(Line(number, piece.rstrip(), level, automatic=automatic))
        automatic = False


def _add_table(word: _Word, element: Element) -> None:
    rows: list[tuple[str, ...]] = []
    first = len(word.lines) + 1
    for row in element.findall(W + "tr"):
        above = rows[-1] if rows else ()
        cells, written = _row(word, row, above)
        rows.append(cells)
        line = Line(len(word.lines) + 1, "\t".join(written), None, cells, len(word.tables))
        word.lines.append(line)
    word.tables.append(Table(first, tuple(rows)))


def _row(word: _Word, row: Element, above: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The cells, merged ones repeated so that columns stay in line; and the text as written."""
    cells: list[str] = []
    written: list[str] = []
    for cell in row.findall(W + "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merged is not None and _value(merged) != "restart"
        parts = (_paragraph(word, paragraph)[0] for paragraph in cell.iter(W + "p"))
        text = "\n".join(part for part in parts if part.strip())
        if continued and len(cells) < len(above):
            text = above[len(cells)]
        else:
            written.append(text)
        span = _value(cell.find(f"{W}tcPr/{W}gridSpan"))
        cells += [text] * (min(int(span), 60) if span.isdecimal() and int(span) else 1)
    return tuple(cells), written

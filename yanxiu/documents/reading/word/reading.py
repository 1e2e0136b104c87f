"""Read a Word document: headings, paragraphs, automatic numbers, tables and boxes, in order."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, ParseError, fromstring

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.documents.reading.refusals import DamagedFile
from yanxiu.documents.reading.word.numbering import Numbering, W, read_numbering
from yanxiu.documents.reading.word.package import body_name, open_package, part
from yanxiu.documents.reading.word.runs import Runs, Seen
from yanxiu.documents.reading.word.streaming import body_blocks
from yanxiu.documents.reading.word.styles import PLAIN, Style, outline_level, read_styles, value
from yanxiu.texts.radicals import repair

_CONTAINERS = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_TABLE = frozenset(W + tag for tag in ("tbl", "tr", "tc"))
_DEPTH = 60
_LINES = 60_000
_WIDEST = 60
_PARTS_LEFT_OUT = (
    (r"word/(?:header|footer)\d*\.xml", rb"<w:t[ >]", "页眉、页脚没有读。"),
    (r"word/footnotes\.xml", rb'<w:footnote (?:[^>]* )?w:id="[1-9]', "脚注没有读。"),
    (r"word/endnotes\.xml", rb'<w:endnote (?:[^>]* )?w:id="[1-9]', "尾注没有读。"),
    (r"word/comments\.xml", rb"<w:comment ", "批注没有读。"),
)


@dataclass
class _Word:
    styles: dict[str, Style]
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)
    goes_on: bool = False
    """Whether the mark at the end of the last paragraph was deleted."""

    def add(self, line: Line) -> None:
        if len(self.lines) >= _LINES:
            raise DamagedFile("段落和表格行异常多")
        self.lines.append(line)


def read_word(data: bytes) -> Outline:
    """Give every paragraph, each part of one broken by hand, and every table row, numbered."""
    with open_package(data) as package:
        document = part(package, body_name(package))
        styles = read_styles(_root(part(package, "word/styles.xml")))
        numbering = read_numbering(_root(part(package, "word/numbering.xml")))
        remarks = list(_left_out(package))
    if not document:
        raise DamagedFile("找不到正文")
    word = _Word(styles, numbering)
    for child in body_blocks(document):
        for block in _blocks(child):
            _add(word, block)
    return Outline(tuple(word.lines), tuple(word.tables), (*remarks, *_told(word.seen)))


def _root(markup: bytes) -> Element | None:
    try:
        return fromstring(markup) if markup else None  # noqa: S314 - part() refuses entities
    except ParseError as error:
        raise DamagedFile("其中的内容不完整") from error


def _left_out(package: zipfile.ZipFile) -> Iterator[str]:
    names = package.namelist()
    for pattern, sign, remark in _PARTS_LEFT_OUT:
        mine = [name for name in names if re.fullmatch(pattern, name)]
        if any(re.search(sign, part(package, name)) for name in mine[:20]):
            yield remark


def _told(seen: Seen) -> Iterator[str]:
    if seen.changes:
        yield "文中有修订，按全部接受修订后的文字读。"
    if seen.hidden:
        yield "隐藏的文字没有读。"
    if seen.contents:
        yield "目录没有读，标题以正文为准。"
    if seen.boxes:
        yield f"{seen.boxes} 个文本框里的文字读在所在段落之后。"
    if seen.pictures:
        yield f"有 {seen.pictures} 张图片，图中的文字没有读。"


def _blocks(element: Element, depth: int = 0) -> Iterator[Element]:
    """Paragraphs and tables at `element` or in the containers below it."""
    if element.tag in {W + "p", W + "tbl"}:
        yield element
    elif element.tag in _CONTAINERS and depth < _DEPTH:
        for child in element:
            yield from _blocks(child, depth + 1)


def _add(word: _Word, block: Element) -> None:
    if block.tag == W + "p":
        _add_paragraph(word, block)
    else:
        word.goes_on = False
        _add_table(word, block)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    level: int | None
    automatic: bool
    boxes: tuple[Element, ...]
    goes_on: bool = False


def _paragraph(word: _Word, element: Element) -> _Paragraph | None:
    """A paragraph with its number, or None for a line of the contents."""
    properties = element.find(W + "pPr")
    style, number, depth, level, goes_on = PLAIN, "", "", None, False
    if properties is not None:
        style = word.styles.get(value(properties.find(W + "pStyle")), PLAIN)
        number = value(properties.find(f"{W}numPr/{W}numId")) or style.list_number
        depth = value(properties.find(f"{W}numPr/{W}ilvl")) or style.list_level
        own = properties.find(W + "outlineLvl")
        level = style.level if own is None else outline_level(own)
        goes_on = properties.find(f"{W}rPr/{W}del") is not None
    if style.is_contents:
        word.seen.contents = True
        return None
    runs = Runs(word.seen)
    runs.collect(element)
    text = repair(runs.text).strip("\n")
    label = ""
    if number and text.strip():
        label = word.numbering.label(number, int(depth) if depth.isdecimal() else 0)
        text = label + text.lstrip()
    return _Paragraph(text, level, bool(label), tuple(runs.boxes), goes_on)


def _add_paragraph(word: _Word, element: Element) -> None:
    paragraph = _paragraph(word, element)
    if paragraph is None:
        return
    first, *others = paragraph.text.split("\n")
    if word.goes_on and word.lines:
        word.lines[-1] = replace(word.lines[-1], text=word.lines[-1].text + first.rstrip())
    else:
        number = len(word.lines) + 1
        word.add(Line(number, first.rstrip(), paragraph.level, automatic=paragraph.automatic))
    for piece in others:
        word.add(Line(len(word.lines) + 1, piece.rstrip(), paragraph.level))
    word.goes_on = paragraph.goes_on
    word.seen.changes = word.seen.changes or paragraph.goes_on
    for box in paragraph.boxes:
        _add_box(word, box)


def _add_box(word: _Word, box: Element) -> None:
    """Add a text box below the paragraph on which it hangs; boxes inside boxes are rare enough."""
    before = len(word.lines)
    word.goes_on = False
    for child in box:
        for block in _blocks(child):
            if block.tag == W + "p":
                paragraph = _paragraph(word, block)
                if paragraph and paragraph.text.strip():
                    word.add(Line(len(word.lines) + 1, paragraph.text.replace("\n", " ").strip()))
            else:
                _add_table(word, block)
    word.seen.boxes += len(word.lines) > before


def _add_table(word: _Word, element: Element) -> None:
    rows: list[tuple[str, ...]] = []
    first = len(word.lines) + 1
    for row in _rows(element):
        if row.find(f"{W}trPr/{W}del") is not None:
            word.seen.changes = True
            continue
        above = rows[-1] if rows else ()
        cells, written = _row(word, row, above)
        rows.append(cells)
        word.add(Line(len(word.lines) + 1, "\t".join(written), None, cells, len(word.tables)))
    if rows:
        word.tables.append(Table(first, tuple(rows)))


def _rows(element: Element, tag: str = "tr") -> Iterator[Element]:
    """The rows of a table, or the cells of a row, those in content controls among them."""
    for child in element:
        if child.tag == W + tag:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _rows(child, tag)


def _row(word: _Word, row: Element, above: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The cells, merged ones repeated so that columns stay in line; and the text as written."""
    cells: list[str] = []
    written: list[str] = []
    for cell in _rows(row, "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merged is not None and value(merged) != "restart"
        text = _cell_text(word, cell)
        if continued and len(cells) < len(above):
            text = above[len(cells)]
        else:
            written.append(text)
        span = value(cell.find(f"{W}tcPr/{W}gridSpan"))
        cells += [text] * (min(int(span), _WIDEST) if span.isdecimal() and int(span) else 1)
    return tuple(cells), written


def _cell_text(word: _Word, cell: Element) -> str:
    return "\n".join(text for text in _cell_texts(word, cell) if text.strip())


def _cell_texts(word: _Word, element: Element, depth: int = 0) -> Iterator[str]:
    """The paragraphs below `element`, those of tables and boxes inside among them."""
    if depth > _DEPTH:
        raise DamagedFile("表格嵌套过深")
    for child in element:
        if child.tag == W + "p":
            paragraph = _paragraph(word, child)
            if paragraph is not None:
                yield paragraph.text
                for box in paragraph.boxes:
                    yield from _cell_texts(word, box, depth + 1)
        elif child.tag in _CONTAINERS or child.tag in _TABLE:
            yield from _cell_texts(word, child, depth + 1)

"""Read a web page: blocks, headings, lists and tables, without what surrounds the text."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree, html

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.documents.reading.marks import read_mark
from yanxiu.documents.reading.refusals import DamagedFile
from yanxiu.texts.radicals import repair

_BLOCKS = frozenset(
    [
        "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    ]
)  # fmt: skip
_SILENT = frozenset(
    [
        "script", "style", "head", "template", "noscript", "select", "option", "button",
        "textarea", "iframe", "object", "svg", "math", "nav", "footer", "aside",
    ]
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_WIDEST, _HIGHEST = 60, 500
_MENU = 3
_LINES, _TAGS = 60_000, 400_000


@dataclass
class _Text:
    """The lines found so far, and the block that is being collected."""

    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    level: int | None = None
    label: str = ""
    is_preformatted: bool = False

    def say(self, words: str | None) -> None:
        """Add running text."""
        if not words:
            return
        if not self.is_preformatted:
            self.pieces.append(words)
            return
        first, *others = words.split("\n")
        self.pieces.append(first)
        for other in others:
            self.end()
            self.pieces.append(other)

    def end(self) -> None:
        """Close the block; one without text is none."""
        text = repair(" ".join("".join(self.pieces).split()))
        self.pieces.clear()
        if not text:
            return
        label = "" if read_mark(text) else self.label
        self.label = ""
        self.add(Line(0, label + text, self.level, automatic=bool(label)))

    def add(self, line: Line) -> None:
        """Add `line` under the next number."""
        if len(self.lines) >= _LINES:
            raise DamagedFile("段落异常多")
        self.lines.append(replace(line, number=len(self.lines) + 1))


def read_html(text: str) -> Outline:
    """Give the blocks of the page `text`, numbered in the order in which they stand.

    Raises:
        DamagedFile: larger or nested deeper than any page of a school.
    """
    if text.count("<") > _TAGS:
        raise DamagedFile("网页里的标签异常多")
    parser = html.HTMLParser(  # type: ignore[no-untyped-call]
        encoding="utf-8", remove_comments=True, remove_pis=True
    )
    markup = _XML.sub("", text).replace("\0", "").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(markup, parser=parser)  # type: ignore[no-untyped-call]
    except etree.ParserError:
        return Outline(())
    if any("depth" in error.message for error in parser.error_log):
        raise DamagedFile("内容嵌套过深")
    found = _Text()
    _inside(found, root)
    found.end()
    return Outline(tuple(found.lines), tuple(found.tables))


def _inside(found: _Text, element: html.HtmlElement) -> None:
    found.say(element.text)
    for child in element:
        if _is_shown(child):
            _element(found, child)
        found.say(child.tail)


def _is_shown(element: html.HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _SILENT
        and element.get("hidden") is None
        and not _HIDDEN.search(element.get("style", ""))
        and not _is_menu(element)
    )


def _is_menu(element: html.HtmlElement) -> bool:
    """Whether a list leads elsewhere: each of its items is a link and nothing else."""
    if element.tag not in {"ul", "ol"}:
        return False
    items = element.findall("li")
    return len(items) >= _MENU and all(
        "".join("".join(link.itertext()) for link in item.iter("a")).split()
        == "".join(item.itertext()).split()
        for item in items
    )


def _element(found: _Text, element: html.HtmlElement) -> None:
    tag = element.tag
    if tag == "br":
        found.end()
    elif tag == "table" and not _is_layout(element):
        found.end()
        _table(found, element)
    elif tag in _BLOCKS or tag == "table":
        found.end()
        _block(found, element, tag)
        found.end()
    else:
        _inside(found, element)


def _block(found: _Text, element: html.HtmlElement, tag: str) -> None:
    before = found.level, found.is_preformatted
    found.level = _HEADINGS.get(tag, found.level)
    found.is_preformatted = found.is_preformatted or tag == "pre"
    if tag == "li":
        found.label = _label(element)
    _inside(found, element)
    found.end()
    found.level, found.is_preformatted = before


def _label(item: html.HtmlElement) -> str:
    """The number that a browser shows before an item of a counted list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "")
    first = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    return f"{first + sum(1 for _ in item.itersiblings('li', preceding=True))}."


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only arranges the page: one column, or tables inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return all(len(row.xpath("td|th")) < 2 for row in table.iter("tr"))  # noqa: PLR2004


def _table(found: _Text, table: html.HtmlElement) -> None:
    rows: list[tuple[str, ...]] = []
    first, number = len(found.lines) + 1, len(found.tables)
    reaching: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        written: list[str] = []
        for cell in row.xpath("td|th"):
            _reach_down(cells, reaching)
            text = _cell_text(cell)
            written.append(text)
            down = _span(cell, "rowspan", _HIGHEST)
            for _ in range(_span(cell, "colspan", _WIDEST)):
                reaching[len(cells)] = (down - 1, text)
                cells.append(text)
        _reach_down(cells, reaching)
        if any(cells):
            found.add(Line(0, "\t".join(written), None, tuple(cells), number))
            rows.append(tuple(cells))
    if rows:
        found.tables.append(Table(first, tuple(rows)))


def _reach_down(cells: list[str], reaching: dict[int, tuple[int, str]]) -> None:
    """Repeat the cells of rows above that reach into this row at its next columns."""
    while reaching.get(len(cells), (0, ""))[0] > 0:
        left, text = reaching[len(cells)]
        reaching[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    written = cell.get(name, "")
    return min(int(written), most) if re.fullmatch(r"[1-9]\d{0,3}", written) else 1


def _cell_text(cell: html.HtmlElement) -> str:
    inner = _Text()
    _inside(inner, cell)
    inner.end()
    return "\n".join(line.text for line in inner.lines)

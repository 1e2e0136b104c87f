"""Read a web page: blocks, headings, lists and tables; scripts and styles are left out."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from yanxiu.documents.outline import Line, Outline, Table
from yanxiu.texts.radicals import repair

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset({"script", "style", "head", "template", "noscript", "select"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})


@dataclass
class _List:
    ordered: bool
    count: int = 0


@dataclass
class _State:
    silent: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    rows: list[tuple[str, ...]] | None = None
    row: list[str] | None = None
    depth: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.state = _State()
        self.text = ""
        self.level: int | None = None
        self.automatic = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self.state.silent.append(tag)
        elif tag in _CELLS and self.state.row is not None:
            self.text = ""
        elif tag in _BLOCKS:
            self._end_block()
            self._open(tag)

    def _open(self, tag: str) -> None:
        state = self.state
        if tag in _HEADINGS:
            self.level = _HEADINGS[tag]
        elif tag in {"ol", "ul"}:
            state.lists.append(_List(tag == "ol"))
        elif tag == "li" and state.lists and state.lists[-1].ordered:
            state.lists[-1].count += 1
            self.text, self.automatic = f"{state.lists[-1].count}.", True
        elif tag == "table":
            state.depth += 1
            if state.depth == 1:
                state.rows = []
        elif tag == "tr" and state.depth == 1:
            state.row = []

    def handle_endtag(self, tag: str) -> None:
        state = self.state
        if tag in _SILENT and tag in state.silent:
            while state.silent.pop() != tag:
                pass
        elif tag in _CELLS and state.row is not None and state.depth == 1:
            state.row.append(_one_line(self.text))
            self.text = ""
        elif tag == "tr" and state.row is not None and state.depth == 1:
            self._end_row()
        elif tag in _BLOCKS:
            self._end_block()
            self._close(tag)

    def _close(self, tag: str) -> None:
        state = self.state
        if tag in {"ol", "ul"} and state.lists:
            state.lists.pop()
        elif tag == "table" and state.depth:
            state.depth -= 1
            if not state.depth and state.rows is not None:
                rows, state.rows = tuple(state.rows), None
                self.tables.append(Table(len(self.lines) - len(rows) + 1, rows))

    def _end_row(self) -> None:
        cells = tuple(self.state.row or ())
        self.state.row = None
        if any(cells) and self.state.rows is not None:
            self.state.rows.append(cells)
            number, table = len(self.lines) + 1, len(self.tables)
            self.lines.append(Line(number, "\t".join(cells), None, cells, table))

    def handle_data(self, data: str) -> None:
        if not self.state.silent:
            self.text += data

    def _end_block(self) -> None:
        if self.state.row is not None:
            if self.text.strip():
                self.text += "\n"
            return
        text = " ".join(self.text.split())
        if text:
            number = len(self.lines) + 1
            line = Line(number, repair(text), self.level, automatic=self.automatic)
            self.lines.append(line)
        self.text, self.level, self.automatic = "", None, False


def _one_line(text: str) -> str:
    parts = (" ".join(part.split()) for part in text.split("\n"))
    return repair("\n".join(part for part in parts if part))


def read_html(text: str) -> Outline:
    """Give the blocks of the page `text`, numbered in the order in which they stand."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader._end_block()  # noqa: SLF001 - text after the last tag
    return Outline(tuple(reader.lines), tuple(reader.tables))

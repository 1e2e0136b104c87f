"""The paper itself, written from top to bottom."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.shared import Mm

from yanxiu.documents.sheets import display_width, storable
from yanxiu.documents.word.page import (
    SMALL_TABLE_SIZE,
    TABLE_SIZE,
    TYPE_AREA_MM,
    indent_right,
    set_up_page,
    set_up_page_numbers,
    set_up_styles,
)

MANY_COLUMNS = 8
_CELL_MARGINS_MM = 4
_MM_PER_POINT = 25.4 / 72
_SHORT_TEXT = 12
_WIDER_DIGIT = 0.3
"""Half-widths that a digit takes more where the font of the house is lacking and replaced."""
_ZIP_MOMENT = (2000, 1, 1, 0, 0, 0)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

Numbering = Literal["1.", "（1）", "①", ""]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a document still lacks; it is printed as a coloured 【待补：…】."""

    what: str

    def __str__(self) -> str:
        return f"【待补：{self.what}】"


Piece: TypeAlias = str | Gap


class OfficialPaper:
    """A paper that grows from top to bottom; `gaps` are those written so far."""

    def __init__(self, title: str, *, subtitle: str = "") -> None:
        """Begin a paper with its centred `title`; line breaks in it are kept."""
        self.gaps: list[Gap] = []
        self._document: Any = Document()
        self._style_ids: dict[str, str | None] = {"Normal": None}
        set_up_styles(self._document)
        set_up_page(self._document)
        set_up_page_numbers(self._document)
        self._document.core_properties.title = storable(title).replace("\n", "")
        self._begin()
        self._write("Title", (title,))
        if subtitle:
            self._write("Subtitle", (subtitle,))

    def _begin(self) -> None:
        """Write what stands above the title; a plain paper has nothing there."""

    def addressee(self, text: str) -> None:
        """Write whom the paper is for, flush left, with a full-width colon."""
        self._write("Body Flush", (text.rstrip(":：") + "：",))

    def heading(self, text: str, *, level: Literal[1, 2, 3] = 1) -> None:
        """Write a heading; its number (一、 （一） 1.) is part of `text`."""
        self._write(f"Heading {level}", (text,))

    def paragraph(self, *pieces: Piece) -> None:
        """Write a paragraph of the body out of texts and gaps."""
        self._write("Normal", pieces)

    def items(
        self, items: Sequence[Piece | Sequence[Piece]], *, numbering: Numbering = "1."
    ) -> None:
        """Write one paragraph per item, numbered as official papers do."""
        for pieces in numbered(items, numbering):
            self._write("Normal", pieces)

    def gap(self, what: str) -> None:
        """Write a paragraph that says what is still lacking."""
        self.paragraph(Gap(what))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Piece]],
        *,
        caption: str = "",
        empty: str = "本期没有记录。",
    ) -> None:
        """Write a bordered table whose head is repeated on every page; no rows: `empty`.

        A column is centred if all its cells are short, else all of them begin at the left.
        """
        if caption:
            self._write("Table Caption", (caption,))
        if not rows:
            self._write("Normal", (empty,))
            return
        table = self._document.add_table(rows=0, cols=len(head))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        size = TABLE_SIZE if len(head) < MANY_COLUMNS else SMALL_TABLE_SIZE
        widths = column_widths(head, rows, size=size.pt)
        filled = [[*values[: len(head)], *[""] * (len(head) - len(values))] for values in rows]
        centred = [is_short(column) for column in zip(*filled, strict=True)]
        self._row(table, head, widths, size, centred=[True] * len(head), is_head=True)
        for values in filled:
            self._row(table, values, widths, size, centred=centred, is_head=False)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)

    def signature(self, name: str, day: str = "") -> None:
        """Write who issues the paper and when, at the right, without a seal.

        The date begins two characters to the right of the name; if it is the longer one, it ends
        two characters before the margin and the name moves left.
        """
        blank = self._write("Body Flush", ("",))
        name_width, day_width = display_width(name) / 2, display_width(day) / 2
        name_right, day_right = 2.0, name_width - day_width
        if day and day_right < 2:  # noqa: PLR2004
            name_right, day_right = day_width + 4 - name_width, 2.0
        written = []
        for text, right in ((name, name_right), (day, day_right)):
            if text:
                written.append(self._write("Signed", (text,)))
                indent_right(written[-1], right)
        for paragraph in (blank, *written[:-1]):
            paragraph.paragraph_format.keep_with_next = True

    def page_break(self) -> None:
        """Begin a new page."""
        self._document.add_page_break()

    def to_bytes(self) -> bytes:
        """Return the docx file."""
        buffer = io.BytesIO()
        self._document.save(buffer)
        return _with_fixed_moments(buffer.getvalue())

    def _write(self, style: str, pieces: Sequence[Piece]) -> Any:
        paragraph = self._document.add_paragraph()
        self._dress(paragraph, style)
        self._add_pieces(paragraph, pieces)
        return paragraph

    def _dress(self, paragraph: Any, style: str) -> None:
        """Give a paragraph its style; python-docx would look the name up in the file each time."""
        if style not in self._style_ids:
            self._style_ids[style] = self._document.styles[style].style_id
        paragraph._p.style = self._style_ids[style]  # noqa: SLF001 - see above

    def _add_pieces(self, paragraph: Any, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Gap):
                self.gaps.append(piece)
            text = storable(str(piece)).replace("\t", " ")
            if text:
                run = paragraph.add_run(text)
                if isinstance(piece, Gap):
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def _row(
        self,
        table: Any,
        values: Sequence[Piece],
        widths: Sequence[float],
        size: Any,
        *,
        centred: Sequence[bool],
        is_head: bool,
    ) -> None:
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx offers no other way
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, value, width, centre in zip(row.cells, values, widths, centred, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            self._dress(paragraph, "Table Head" if is_head else "Table Text")
            if centre:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._add_pieces(paragraph, (value,))
            for run in paragraph.runs:
                run.font.size = size


def numbered(
    items: Sequence[Piece | Sequence[Piece]], numbering: Numbering
) -> list[tuple[Piece, ...]]:
    """Return the pieces of each item with its number in front."""
    found = []
    for number, item in enumerate(items, start=1):
        pieces = (item,) if isinstance(item, str | Gap) else tuple(item)
        found.append((_number(number, numbering), *pieces))
    return found


def _number(number: int, numbering: Numbering) -> str:
    if numbering == "①" and number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if numbering == "1.":
        return f"{number}."
    return f"（{number}）" if numbering else ""


def is_short(column: Sequence[Piece]) -> bool:
    return max(display_width(str(cell)) for cell in column) <= _SHORT_TEXT


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def column_widths(
    head: Sequence[str], rows: Sequence[Sequence[Piece]], *, size: float
) -> list[float]:
    """Share the width of the type area: narrow columns get what they need, wide ones the rest."""
    half_width = size / 2 * _MM_PER_POINT
    needs = []
    for index, name in enumerate(head):
        cells = [name, *(str(row[index]) for row in rows if index < len(row))]
        longest = max(display_width(cell) + _digits(cell) * _WIDER_DIGIT for cell in cells)
        needs.append((longest + 1) * half_width + _CELL_MARGINS_MM)
    widths = [0.0] * len(needs)
    room = float(TYPE_AREA_MM)
    for done, index in enumerate(sorted(range(len(needs)), key=lambda i: needs[i])):
        widths[index] = min(needs[index], room / (len(needs) - done))
        room -= widths[index]
    return [round(width + room * width / sum(widths), 2) for width in widths]


def _with_fixed_moments(data: bytes) -> bytes:
    """Return the package with the same moment on all its parts, so that equal content is equal."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            fixed = zipfile.ZipInfo(part.filename, _ZIP_MOMENT)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 3
            target.writestr(fixed, source.read(part.filename))
    return buffer.getvalue()

"""A notice as GB/T 9704-2012 sets it: 发文机关标志, 发文字号, red line, text, 版记; no seal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from yanxiu.documents.sheets import display_width
from yanxiu.documents.word.page import BODY_FONT, TITLE_FONT, TYPE_AREA_MM, style_fonts
from yanxiu.documents.word.paper import Gap, OfficialPaper, Piece

RED = RGBColor(0xFF, 0x00, 0x00)
_TOP = Pt(35 / 25.4 * 72)
"""The mark begins 35 mm below the top of the type area."""
_LARGEST, _SMALLEST = 50, 22
_POINTS = TYPE_AREA_MM / 25.4 * 72
_LINE = Pt(28)
_FOUR_MM = "11"
_THICK, _THIN = "8", "6"
"""Lines of the 版记 in eighths of a point: 0.35 mm outside, 0.25 mm inside."""
_CELL_FONT_SIZE = Pt(14)
_LONGEST_LINE = 19
_COLOPHON_MM = TYPE_AREA_MM
"""LibreOffice before 7.6 sets a table so wide where the text ends; Word sets it at the foot."""
_ROW = 24
_BEFORE = ("关于", "开展", "举行", "举办", "做好", "组织", "召开", "报送", "暨", "及")
_BEHIND = ("活动", "工作", "会议", "培训", "计划", "总结", "”", "》", "、")
"""Phrases before and behind which a title may be broken."""


@dataclass(frozen=True)
class Letter:
    """What stands on a notice; empty parts are left out, what must not be empty is a gap.

    Attributes:
        mark: 发文机关标志, the full name of the issuer.
        number: 发文字号, as in 清小〔2026〕3号.
        title: 标题; line breaks in it are kept.
        to: 主送机关, without the colon.
        body: the paragraphs; one that begins with 一、 is a heading.
        attachments: the names of the attachments.
        signed_by: 署名.
        day: 成文日期, in Arabic digits.
        copies: 抄送机关.
        printed_by: 印发机关.
        printed_on: 印发日期.
        note: what is to be said above all else, as that the notice was withdrawn.
    """

    mark: str
    number: Piece
    title: str
    to: Piece
    body: Sequence[str]
    attachments: Sequence[str]
    signed_by: str
    day: Piece
    copies: str = ""
    printed_by: str = ""
    printed_on: str = ""
    note: str = ""


class _LetterPaper(OfficialPaper):
    """A paper that opens with mark, number and red line."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        super().__init__(balanced(letter.title))

    def _begin(self) -> None:
        letter = self._letter
        _add_styles(self._document.styles, len(letter.mark))
        spacer = self._write("Letter Space", (letter.note,))
        spacer.paragraph_format.line_spacing = _TOP
        self._write("Letter Mark", (letter.mark,))
        self._empty(2)
        number = self._write("Letter Number", (letter.number,))
        _red_line_below(number)
        self._empty(2)

    def _empty(self, lines: int) -> None:
        for _each in range(lines):
            self._write("Body Flush", ("",))

    def address(self, to: Piece) -> None:
        """Write 主送机关, one blank line below the title."""
        self._write("Body Flush", (to, "："))

    def attached(self, names: Sequence[str]) -> None:
        """Write 附件说明, one blank line below the body."""
        self._empty(1)
        many = len(names) > 1
        for number, name in enumerate(names, start=1):
            front = "附件：" if number == 1 else "\u3000\u3000\u3000"
            self.paragraph(front + (f"{number}. " if many else "") + name.strip().rstrip("。；"))

    def colophon(self, copies: str, printed_by: str, printed_on: str) -> None:
        """Write 版记 at the foot of the last page: 抄送, then who printed it and when."""
        rows = [(f"抄送：{copies.rstrip('。')}。", "")] if copies else []
        if printed_by or printed_on:
            rows.append((printed_by, f"{printed_on}印发" if printed_on else ""))
        if not rows:
            return
        table = self._document.add_table(rows=len(rows), cols=1)
        table.autofit = False
        _stand_at_foot(table)
        for place, (row, (left, right)) in enumerate(zip(table.rows, rows, strict=True)):
            cell = row.cells[0]
            cell.width = Mm(_COLOPHON_MM)
            _rule(cell, top=_THIN if place else _THICK,
                  bottom=_THICK if place == len(rows) - 1 else "")  # fmt: skip
            paragraph = cell.paragraphs[0]
            paragraph.style = "Letter Colophon"
            self._add_pieces(paragraph, (left,))
            if right:
                paragraph.add_run().add_tab()
                self._add_pieces(paragraph, (right,))
        # A table hangs on the paragraph behind it; this one takes no room.
        self._write("Letter End", ("",))


def write_letter(letter: Letter) -> bytes:
    """Return the docx file; the same notice gives the same bytes."""
    paper = _LetterPaper(letter)
    to = letter.to if isinstance(letter.to, Gap) else letter.to.rstrip(":：")
    paper.address(to)
    for line in letter.body:
        level = _level(line)
        if level and display_width(line) <= 2 * _LONGEST_LINE:
            paper.heading(line, level=level)
        else:
            paper.paragraph(line)
    if not letter.body:
        paper.gap("正文")
    if letter.attachments:
        paper.attached(letter.attachments)
    if isinstance(letter.day, Gap):
        paper.signature(letter.signed_by, str(letter.day))
        paper.gaps.append(letter.day)
    else:
        paper.signature(letter.signed_by, letter.day)
    paper.colophon(letter.copies, letter.printed_by, letter.printed_on)
    return paper.to_bytes()


def balanced(title: str) -> str:
    """Return `title` in lines of like length, broken before a phrase and never inside a word.

    Where there is no such place, the word processor breaks it.
    """
    if "\n" in title or len(title) <= _LONGEST_LINE:
        return title
    places = [one.start() for one in re.finditer("|".join(_BEFORE), title)]
    places += [one.end() for one in re.finditer("|".join(_BEHIND), title)]
    fitting = [
        place
        for place in places
        if max(place, len(title) - place) <= _LONGEST_LINE
        and title[place : place + 1] not in "的”》"
    ]
    if not fitting:
        return title
    best = min(fitting, key=lambda place: abs(2 * place - len(title)))
    return f"{title[:best]}\n{title[best:]}"


def _level(line: str) -> Any:
    """Return the level of a heading by its number: 一、 is one, （一） is two, else none."""
    digits = "一二三四五六七八九十"
    if line[:1] in digits and "、" in line[1:4]:
        return 1
    return 2 if line[:1] == "（" and line[1:2] in digits and "）" in line[2:5] else 0


# ---- styles and lines ----
def _add_styles(styles: Any, characters: int) -> None:
    size = max(_SMALLEST, min(_LARGEST, int(_POINTS / max(characters, 1) * 0.97)))
    mark = _style(styles, "Letter Mark", TITLE_FONT, Pt(size), align=WD_ALIGN_PARAGRAPH.CENTER)
    mark.font.color.rgb = RED
    mark.paragraph_format.line_spacing = Pt(size * 1.25)
    number = _style(styles, "Letter Number", BODY_FONT, Pt(16), align=WD_ALIGN_PARAGRAPH.CENTER)
    number.paragraph_format.line_spacing = _LINE
    _style(styles, "Letter Space", BODY_FONT, Pt(12), align=WD_ALIGN_PARAGRAPH.CENTER)
    colophon = _style(styles, "Letter Colophon", BODY_FONT, _CELL_FONT_SIZE)
    shape = colophon.paragraph_format
    shape.line_spacing = Pt(_ROW)
    shape.left_indent = shape.right_indent = _CELL_FONT_SIZE
    shape.tab_stops.add_tab_stop(Mm(_COLOPHON_MM) - _CELL_FONT_SIZE, WD_TAB_ALIGNMENT.RIGHT)
    end = _style(styles, "Letter End", BODY_FONT, Pt(1))
    end.paragraph_format.line_spacing = Pt(1)


def _style(styles: Any, name: str, font: str, size: Any, *, align: Any = None) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Body Flush"]
    style_fonts(style, font)
    style.font.size = size
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = _LINE
    style.paragraph_format.alignment = align if align is not None else WD_ALIGN_PARAGRAPH.LEFT
    return style


def _red_line_below(paragraph: Any) -> None:
    """Draw the red line 4 mm below the number, as wide as the type area."""
    border = OxmlElement("w:pBdr")
    border.append(_line("bottom", "12", _FOUR_MM, "FF0000"))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx offers no other way
    properties.insert_element_before(border, *_AFTER_BORDERS)


def _stand_at_foot(table: Any) -> None:
    """Set the table at the foot of the type area of the last page."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx offers no other way
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("leftFromText", "0"), ("rightFromText", "0"), ("vertAnchor", "margin"),
        ("horzAnchor", "margin"), ("tblpXSpec", "center"), ("tblpYSpec", "bottom"),
    ):  # fmt: skip
        place.set(qn(f"w:{name}"), value)
    properties.insert(1 if properties.find(qn("w:tblStyle")) is not None else 0, place)
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(round(_COLOPHON_MM / 25.4 * 1440)))
    table.columns[0].width = Mm(_COLOPHON_MM)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins)


def _rule(cell: Any, *, top: str, bottom: str) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx offers no other way
    borders = OxmlElement("w:tcBorders")
    for side, size in (("top", top), ("bottom", bottom)):
        if size:
            borders.append(_line(side, size, "0", "000000"))
    properties.append(borders)


def _line(side: str, size: str, space: str, color: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", size), ("space", space), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    return line


_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What the schema of Word sets behind the borders of a paragraph."""

"""The page, the styles and the page numbers of GB/T 9704-2012."""

from datetime import datetime
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
TABLE_FONT = "宋体"
HEADING_FONTS = {1: "黑体", 2: "楷体_GB2312", 3: BODY_FONT}
TABLE_SIZE, SMALL_TABLE_SIZE = Pt(12), Pt(10.5)
TYPE_AREA_MM = 156

_BODY_SIZE = Pt(16)
_TITLE_SIZE = Pt(22)
_PAGE_NUMBER_SIZE = Pt(14)
_LINE = Pt(28)
_TITLE_LINE = Pt(36)
_CHARACTER = 320
"""Twips of one body character; the fallback beside indents counted in characters."""
_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed mark in the file, no moment
_THEME_ATTRIBUTES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def set_up_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(15)
    # The number stands 7 mm below the type area and is itself some 5 mm high.
    section.footer_distance = Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx offers no other way
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _MADE_AT
    properties.revision = 1
    properties.language = "zh-CN"


def set_up_styles(document: Any) -> None:
    styles = document.styles
    _set_up_defaults(styles)
    _shape(styles["Normal"], BODY_FONT, _BODY_SIZE, first_line=True)
    styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for level, font in HEADING_FONTS.items():
        _shape(styles[f"Heading {level}"], font, _BODY_SIZE, first_line=True)
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _shape(styles["Title"], TITLE_FONT, _TITLE_SIZE, line=_TITLE_LINE)
    _shape(styles["Subtitle"], HEADING_FONTS[2], _BODY_SIZE)
    styles["Title"].paragraph_format.space_after = _LINE
    for name in ("Title", "Subtitle"):
        _remove(styles[name].element.get_or_add_pPr(), "pBdr", "numPr")
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _added(styles, "Body Flush", BODY_FONT, _BODY_SIZE)
    _added(styles, "Signed", BODY_FONT, _BODY_SIZE, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _without_automatic_space(styles["Signed"])
    _added(styles, "Table Caption", "黑体", TABLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    styles["Table Caption"].paragraph_format.keep_with_next = True
    for name in ("Table Text", "Table Head"):
        _added(styles, name, TABLE_FONT, TABLE_SIZE, align=WD_ALIGN_PARAGRAPH.LEFT)
        shape = styles[name].paragraph_format
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape.space_before = shape.space_after = Pt(2)
        _off_grid(styles[name])
    styles["Table Head"].font.bold = True
    _shape(styles["Footer"], TABLE_FONT, _PAGE_NUMBER_SIZE, line=None)
    _off_grid(styles["Footer"])


def _set_up_defaults(styles: Any) -> None:
    for fonts in styles.element.iter(qn("w:rFonts")):
        for name in _THEME_ATTRIBUTES:
            fonts.attrib.pop(qn(f"w:{name}"), None)
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _name_fonts(defaults, BODY_FONT)
    language = defaults.find(qn("w:lang"))
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")


def _added(styles: Any, name: str, font: str, size: Any, *, align: Any = None) -> None:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    _shape(style, font, size)
    if align is not None:
        style.paragraph_format.alignment = align


def _shape(
    style: Any, font: str, size: Any, *, first_line: bool = False, line: Any = _LINE
) -> None:
    properties = style.element.get_or_add_rPr()
    _name_fonts(properties, font)
    _remove(properties, "spacing", "kern", "color")
    style.font.size = size
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    if line is not None:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    _remove(style.element.get_or_add_pPr(), "contextualSpacing")
    _indent(style.element, firstLineChars=200 if first_line else 0)


def _indent(element: Any, **characters: int) -> None:
    """Indent by characters (in hundredths), which stays right when the size changes.

    The twips beside them are for programs that know no characters.
    """
    properties = element.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    for name, hundredths in characters.items():
        indent.set(qn(f"w:{name}"), str(hundredths))
        twips = str(hundredths * _CHARACTER // 100)
        indent.set(qn(f"w:{name.removesuffix('Chars')}"), twips)


def indent_right(paragraph: Any, characters: float) -> None:
    _indent(paragraph._p, rightChars=max(0, round(characters * 100)))  # noqa: SLF001


def style_fonts(style: Any, font: str) -> None:
    """Name one font for all four kinds of script of a style that was added."""
    _name_fonts(style.element.get_or_add_rPr(), font)


def _name_fonts(properties: Any, font: str) -> None:
    """Name one font for all four kinds of script; a theme font would win over a name."""
    fonts = properties.get_or_add_rFonts()
    for name in _THEME_ATTRIBUTES:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), font)


def _off_grid(style: Any) -> None:
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = style.element.get_or_add_pPr()
    following = [
        child for child in properties if child.tag in {qn("w:spacing"), qn("w:ind"), qn("w:jc")}
    ]
    if following:
        following[0].addprevious(snap)
    else:
        properties.append(snap)


def _without_automatic_space(style: Any) -> None:
    """Add no air between Han and digits: the signature block counts in characters."""
    properties = style.element.get_or_add_pPr()
    for name in ("autoSpaceDE", "autoSpaceDN"):
        switch = OxmlElement(f"w:{name}")
        switch.set(qn("w:val"), "0")
        properties.find(qn("w:spacing")).addprevious(switch)


def _remove(element: Any, *names: str) -> None:
    for name in names:
        for child in element.findall(qn(f"w:{name}")):
            element.remove(child)


def set_up_page_numbers(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "rightChars"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "leftChars"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.alignment = align
        _indent(paragraph._p, **{side: 100})  # noqa: SLF001 - python-docx offers no other way
        paragraph.add_run("— ")
        _add_page_field(paragraph)
        paragraph.add_run(" —")


def _add_page_field(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind == "shown":
            continue
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = f" {text} "
        run._r.append(part)  # noqa: SLF001 - python-docx offers no other way

"""The package around the text: styles, page numbers and settings, made once."""

import io
import zipfile
from functools import cache
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yanxiu.documents.word.page import (
    BODY_FONT,
    TYPE_AREA_MM,
    _added,
    set_up_page,
    set_up_page_numbers,
    set_up_styles,
)

TEXT = "word/document.xml"
CORE = "docProps/core.xml"
MOMENT = (2000, 1, 1, 0, 0, 0)
TITLE_MARK = "@TITLE@"


@cache
def base() -> tuple[str, str, tuple[tuple[str, bytes], ...]]:
    """Return what stands before the body, what ends it, and all other parts by name."""
    document: Any = Document()
    set_up_styles(document)
    _contents_style(document.styles)
    set_up_page(document)
    set_up_page_numbers(document)
    _update_fields(document)
    document.core_properties.title = TITLE_MARK
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        parts = [(one, package.read(one)) for one in package.namelist()]
    text = dict(parts)[TEXT].decode()
    head, _gap, rest = text.partition("<w:body>")
    section = rest[rest.index("<w:sectPr") : rest.index("</w:body>")]
    others = tuple((name, data) for name, data in parts if name != TEXT)
    return f"{head}<w:body>", section, others


def entry(name: str) -> zipfile.ZipInfo:
    """Return the entry of a part with a fixed moment, so that equal content is equal."""
    fixed = zipfile.ZipInfo(name, MOMENT)
    fixed.compress_type = zipfile.ZIP_DEFLATED
    fixed.create_system = 3
    return fixed


def _contents_style(styles: Any) -> None:
    _added(styles, "toc 1", BODY_FONT, Pt(14))
    style = next(one for one in styles if one.name.lower() == "toc 1")
    style.element.set(qn("w:styleId"), "TOC1")
    style.paragraph_format.tab_stops.add_tab_stop(
        Mm(TYPE_AREA_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    plain = styles.add_style("Part Title", WD_STYLE_TYPE.PARAGRAPH)
    plain.base_style = styles["Title"]
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    plain.element.get_or_add_pPr().append(level)


def _update_fields(document: Any) -> None:
    """Ask Word to reckon the page numbers of the contents when the file is opened."""
    settings = document.settings.element
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    following = [
        qn(f"w:{name}") for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat")
    ]
    next(child for child in settings if child.tag in following).addprevious(update)

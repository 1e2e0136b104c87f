"""What the styles of a Word document say about headings, lists and tables of contents."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from yanxiu.documents.reading.word.numbering import W

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "標題"})
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its heading level, the list it counts in, whether it belongs to the contents."""

    level: int | None = None
    list_number: str = ""
    list_level: str = ""
    is_contents: bool = False


PLAIN = Style()


def value(element: Element | None) -> str:
    """The `w:val` of an element, empty if there is none."""
    return "" if element is None else element.get(W + "val", "")


def outline_level(element: Element | None) -> int | None:
    """The heading level of an outlineLvl element; Word's 9 is body text."""
    written = value(element)
    return int(written) + 1 if written in set("012345678") else None


def read_styles(root: Element | None) -> dict[str, Style]:
    """All paragraph styles under their identifiers, each with what it inherits."""
    if root is None:
        return {}
    elements = {style.get(W + "styleId", ""): style for style in root.findall(W + "style")}
    return {name: _style(elements, name) for name in elements}


def _style(elements: dict[str, Element], name: str) -> Style:
    """The style with what it inherits; a circle of styles ends where it closes."""
    level: int | None = None
    number = depth = ""
    is_contents = False
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        style = elements[name]
        title = value(style.find(W + "name"))
        is_contents = is_contents or _CONTENTS.match(title) is not None
        level = _level(style, title) if level is None else level
        number = number or value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        depth = depth or value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        name = value(style.find(W + "basedOn"))
    return Style(level, number, depth, is_contents)


def _level(style: Element, title: str) -> int | None:
    heading = _HEADING.fullmatch(title)
    if heading:
        return int(heading[1])
    if title.lower() in _TITLES:
        return 0
    return outline_level(style.find(f"{W}pPr/{W}outlineLvl"))

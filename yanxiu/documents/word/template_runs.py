"""The runs of a template: tags cut by formatting are joined, each stands alone, fonts are whole."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

P, R, T, RPR, FONTS = (qn(f"w:{one}") for one in ("p", "r", "t", "rPr", "rFonts"))
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
FALLBACK = "宋体"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAG = re.compile(r"[{｛]{2}(?:(?![{｛]{2}).)*?[}｝]{2}|[{｛][%％].*?[%％][}｝]", re.DOTALL)
_LOOSE = re.compile(r"[{｛]{2}|[}｝]{2}|[{｛][%％#]|[%％#][}｝]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def parse(markup: bytes) -> Any:
    """Return the tree of a part; nothing outside is looked at."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(markup, parser=parser)


def paragraphs(tree: Any) -> Iterator[Any]:
    """Yield the paragraphs, those inside others (text boxes) too."""
    yield from tree.iter(P)


def texts_of(paragraph: Any) -> list[Any]:
    """Return the text elements of a paragraph, without those of paragraphs inside it."""
    return [one for one in paragraph.iter(T) if next(one.iterancestors(P)) is paragraph]


def text_of(paragraph: Any) -> str:
    """Return the words of a paragraph."""
    return "".join(one.text or "" for one in texts_of(paragraph))


@dataclass(frozen=True, slots=True)
class Found:
    """A tag in a paragraph.

    Attributes:
        written: the tag.
        run: the run that holds it and nothing else.
        was_cut: it lay over several runs and was joined.
        was_wide: its braces were those of a Chinese keyboard.
    """

    written: str
    run: Any
    was_cut: bool
    was_wide: bool


def isolate(paragraph: Any) -> tuple[list[Found], list[str]]:
    """Put each tag of `paragraph` into a run of its own; return them, and braces left over."""
    texts = texts_of(paragraph)
    whole = "".join(one.text or "" for one in texts)
    if not _LOOSE.search(whole):
        return [], []
    found = []
    for match in reversed(list(_TAG.finditer(whole))):
        cut = _take_out(texts, match.start(), match.end())
        if cut is not None:
            text, was_cut = cut
            run = _alone(text, match.group())
            wide = bool(re.search("[｛｝％]", match.group()[:2] + match.group()[-2:]))
            found.append(Found(match.group(), run, was_cut, wide))
            texts = texts_of(paragraph)
    rest = _LOOSE.findall(_TAG.sub("", whole))
    return found[::-1], rest


def _take_out(texts: list[Any], start: int, end: int) -> tuple[tuple[Any, int], bool] | None:
    """Remove the characters `start` to `end`; return where they began and whether they were cut."""
    at, place, pieces = 0, None, 0
    for one in texts:
        words = one.text or ""
        first, last = max(start - at, 0), min(end - at, len(words))
        if first < last:
            pieces += 1
            place = place or (one, first)
            one.text = words[:first] + words[last:]
        at += len(words)
    return (place, pieces > 1) if place else None


def _alone(place: tuple[Any, int], written: str) -> Any:
    """Put `written` into a new run at `place`, formatted as the run there; return the run."""
    text, offset = place
    run = next(text.iterancestors(R))
    before, after = (text.text or "")[:offset], (text.text or "")[offset:]
    rest = copy.deepcopy(run)
    place_in = list(run).index(text)
    for other in list(run)[place_in + 1 :]:
        run.remove(other)
    twin = list(rest)[place_in]
    for other in list(rest)[:place_in]:
        if other.tag != RPR:
            rest.remove(other)
    _write(text, before)
    _write(twin, after)
    middle = etree.SubElement(run.getparent(), R)
    if (properties := run.find(RPR)) is not None:
        middle.append(copy.deepcopy(properties))
    _write(etree.SubElement(middle, T), written)
    run.addnext(middle)
    middle.addnext(rest)
    return middle


def _write(text: Any, words: str) -> None:
    text.text = words
    text.set(SPACE, "preserve")


def set_text(run: Any, words: str) -> None:
    """Let `run` hold `words`."""
    _write(run.find(T), words)


# ---- fonts ----
class Fonts:
    """Which font a run has in each of the four slots, through its styles and the theme."""

    def __init__(self, styles: bytes, theme: bytes) -> None:
        """Read the styles and the theme of the package; either may be empty."""
        self.styles: dict[str, Any] = {}
        self.default: Any = None
        self.normal = ""
        if styles:
            tree = parse(styles)
            self.default = tree.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{RPR}/{FONTS}")
            for one in tree.iter(qn("w:style")):
                self.styles[one.get(qn("w:styleId"), "")] = one
                if one.get(qn("w:default")) == "1" and one.get(qn("w:type")) == "paragraph":
                    self.normal = one.get(qn("w:styleId"), "")
        self.theme = _theme_fonts(theme)

    def whole(self, run: Any) -> bool:
        """Give `run` all four slots; tell whether its East-Asian font was known."""
        found = {slot: self._slot(run, slot) for slot in SLOTS}
        latin = found["ascii"] or found["hAnsi"]
        known = bool(found["eastAsia"])
        asian = found["eastAsia"] or (latin if _HAN.search(latin) else FALLBACK)
        found["eastAsia"] = asian
        properties = run.find(RPR)
        if properties is None:
            properties = etree.Element(RPR)
            run.insert(0, properties)
        fonts = properties.find(FONTS)
        if fonts is None:
            fonts = etree.Element(FONTS)
            style = properties.find(qn("w:rStyle"))
            properties.insert(0 if style is None else 1, fonts)
        for name in list(fonts.attrib):
            if name.endswith("Theme"):
                del fonts.attrib[name]
        for slot in SLOTS:
            fonts.set(qn(f"w:{slot}"), found[slot] or latin or asian)
        return known

    def _slot(self, run: Any, slot: str) -> str:
        for fonts in self._chain(run):
            if name := fonts.get(qn(f"w:{slot}")):
                return str(name)
            theme = "cstheme" if slot == "cs" else f"{slot}Theme"
            if name := self.theme.get(str(fonts.get(qn(f"w:{theme}"), ""))):
                return name
        return ""

    def _chain(self, run: Any) -> Iterator[Any]:
        properties = run.find(RPR)
        paragraph = next(run.iterancestors(P), None)
        if properties is not None:
            if (fonts := properties.find(FONTS)) is not None:
                yield fonts
            if (style := properties.find(qn("w:rStyle"))) is not None:
                yield from self._of_style(style.get(qn("w:val"), ""))
        style = None
        if paragraph is not None:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        yield from self._of_style(self.normal if style is None else style.get(qn("w:val"), ""))
        if self.default is not None:
            yield self.default

    def _of_style(self, name: str) -> Iterator[Any]:
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            style = self.styles[name]
            if (fonts := style.find(f"{RPR}/{FONTS}")) is not None:
                yield fonts
            based = style.find(qn("w:basedOn"))
            name = "" if based is None else based.get(qn("w:val"), "")


def _theme_fonts(theme: bytes) -> dict[str, str]:
    """Return what the names of a theme's fonts stand for."""
    if not theme:
        return {}
    tree = parse(theme)
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    found = {}
    for which in ("major", "minor"):
        fonts = tree.find(f".//{space}{which}Font")
        if fonts is None:
            continue
        simplified = fonts.find(f"{space}font[@script='Hans']")
        faces = {
            "Ascii": fonts.find(f"{space}latin"),
            "HAnsi": fonts.find(f"{space}latin"),
            "EastAsia": fonts.find(f"{space}ea"),
            "Bidi": fonts.find(f"{space}cs"),
        }
        for slot, face in faces.items():
            name = "" if face is None else face.get("typeface", "")
            if not name and slot == "EastAsia" and simplified is not None:
                name = simplified.get("typeface", "")
            if name:
                found[f"{which}{slot}"] = str(name)
    return found

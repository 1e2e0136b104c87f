"""The text of one paragraph: what is visible in it, and the text boxes that hang on it."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from yanxiu.documents.reading.refusals import DamagedFile
from yanxiu.documents.reading.word.numbering import W

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_DELETED = frozenset({W + "del", W + "moveFrom"})
_ADDED = frozenset({W + "ins", W + "moveTo"})
# Properties hold no text; the reading aid above a character is no part of it.
_SKIPPED = frozenset(
    {_FALLBACK, *(W + tag for tag in ("pPr", "rPr", "instrText", "rt", "delText"))}
)
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BOX = W + "txbxContent"
_DEPTH = 80


@dataclass
class Seen:
    """What a reader should be told about the document as a whole."""

    changes: bool = False
    hidden: bool = False
    contents: bool = False
    boxes: int = 0
    pictures: int = 0


@dataclass
class Runs:
    """The pieces of one paragraph, collected."""

    seen: Seen
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is visible, in order."""
        return "".join(self.pieces)

    def collect(self, element: Element, depth: int = 0) -> None:
        """Add what stands below `element`.

        Raises:
            DamagedFile: nested deeper than any word processor does.
        """
        if depth > _DEPTH:
            raise DamagedFile("内容嵌套过深")
        for child in element:
            self._add(child, depth)

    def _add(self, child: Element, depth: int) -> None:
        tag = child.tag
        if tag == W + "t":
            self.pieces.append(child.text or "")
        elif tag in _MARKS:
            self.pieces.append(_MARKS[tag])
        elif tag in _DELETED:
            self.seen.changes = True
        elif tag == _BOX:
            self.boxes.append(child)
        elif tag == W + "r" and _is_hidden(child):
            self.seen.hidden = True
        elif tag not in _SKIPPED:
            self.seen.changes = self.seen.changes or tag in _ADDED
            self.seen.pictures += tag in {_PICTURE, W + "pict"}
            self.collect(child, depth + 1)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in {"0", "false", "off"}

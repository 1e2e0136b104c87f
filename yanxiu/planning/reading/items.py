"""The paragraphs of one document with their number, heading and the section they are in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.marks import Mark
from yanxiu.documents.reading.paragraphs import Paragraph
from yanxiu.documents.reading.parts import Part
from yanxiu.planning.reading.findings import Section
from yanxiu.planning.reading.months import MonthHeading
from yanxiu.planning.reading.topics import Topic

_LABEL = re.compile(
    r"^([^:：,，。；;!！?？]{1,20})(?:[:：](?!\d\d)|(?<!\d)[:：])\s*(.+)$", re.DOTALL
)
_SENTENCE = re.compile(r"^([^。:：；;!！?？]{1,20})。\s*(.+)$", re.DOTALL)
_BLANK = re.compile("[ \u3000\u00a0]")
_SPACED = re.compile(r"^([一-鿿“”、，,]{4,16}?)[ \u3000\u00a0]+([^\s].{24,})$", re.DOTALL)
FINAL = "。；;:：.，, 、"
BRACKETED = re.compile(r"^[【〖]\s*([^【】〖〗]{2,20}?)\s*[】〗][:：]?$")
_BRACKETED_LABEL = re.compile(r"^[【〖]\s*([^【】〖〗]{2,20}?)\s*[】〗][:：]?\s*(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell(Line):
    """What stands in one cell of a table of tasks, and what its column lists."""

    about: Topic = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph (in simplified script) and what stands around it.

    `text` is without the number; `head` and `body` are the two halves of a run-in heading, else
    `head` is all of it. `offset` is the place of `text` in the paragraph. `month` is the heading of
    the month the item belongs to, or its own if `opens_month`.
    """

    paragraph: Paragraph
    mark: Mark | None
    text: str
    offset: int
    head: str
    body: str
    topic: Topic
    section: int
    month: MonthHeading | None = None
    opens_month: bool = False
    is_heading: bool = False

    def line(self, place: int = 0) -> Line:
        """The line on which the character at `place` of `text` stands."""
        return self.paragraph.line_at(self.offset + place)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document ready for the readers of single kinds of findings."""

    kind: Literal["plan", "summary"]
    part: Part
    items: tuple[Item, ...]
    sections: tuple[Section, ...]
    topics: tuple[Topic, ...]
    written: Mapping[int, str]
    plain: Mapping[int, str]

    def inherits(self, section: int) -> bool:
        """Whether section number `section` (from 1) is one of the items its parent lists."""
        parent = self.parent(section)
        around, own = (self.topics[parent - 1] if parent else ""), self.topics[section - 1]
        return bool(around) and (around == own or (around, own) == ("problem", "next"))

    def parent(self, section: int) -> int:
        """The number of the section around section number `section`, 0 if it is a top one."""
        level = self.sections[section - 1].level
        above = (n for n in range(section - 1, 0, -1) if self.sections[n - 1].level < level)
        return next(above, 0)


def split_head(text: str) -> tuple[str, str]:
    """Split a run-in heading from its text: 读书:每人… or 读书活动。每人…."""
    alone = BRACKETED.match(text)
    if alone:
        return alone[1], ""
    match = (
        _BRACKETED_LABEL.match(text) or _spaced(text) or _LABEL.match(text) or _SENTENCE.match(text)
    )
    if match:
        return match[1].strip(), match[2].strip()
    return text.strip().strip(FINAL), ""


def _spaced(text: str) -> re.Match[str] | None:
    """教研活动经常化 各教研组坚持…: a blank behind four to sixteen characters parts the head."""
    return _SPACED.match(text) if _BLANK.search(text, 4, 18) else None

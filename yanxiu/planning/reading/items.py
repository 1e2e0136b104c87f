"""The paragraphs of one document with their number, depth, heading and the section they are in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.marks import Mark, read_mark
from yanxiu.documents.reading.paragraphs import Paragraph, paragraphs
from yanxiu.documents.reading.parts import Part, is_title
from yanxiu.planning.reading.findings import Section
from yanxiu.planning.reading.months import MonthHeading, month_heading

Topic = Literal[
    "goal",
    "role",
    "problem",
    "form",
    "content",
    "slot",
    "schedule",
    "outcome",
    "credit",
    "rule",
    "",
]

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "problem",
        re.compile(
            r"^(?:目前|当前|工作中|存在)?的?(?:主要)?(?:存在)?的?(?:主要)?(?:问题|不足|困惑)(?!导向)"
        ),
    ),
    ("role", re.compile(r"领导小组|组织(?:领导|机构)|领导机构|小组成员|工作小组")),
    (
        "schedule",
        re.compile(
            r"(?:时间|进度|月份|具体|工作|活动|研[训修])?(?:安排|日程|进度)|行事历|月历|推进表|配档表"
        ),
    ),
    ("slot", re.compile(r"时间")),
    ("goal", re.compile(r"目标|目的")),
    ("credit", re.compile(r"学[分时](?!.*问题)")),
    ("form", re.compile(r"形式|方式|途径")),
    (
        "outcome",
        re.compile(
            r"^(?:预期|主要|取得|研[训修])?的?(?:成果|成效|效果)|(?:取得|初步).{0,4}(?:成果|成效)$"
        ),
    ),
    ("rule", re.compile(r"评价|制度|保障|措施|要求|机制|管理|考核|纪律|奖励")),
    ("content", re.compile(r"内容|重点|任务|主要工作|具体工作")),
)
_LABEL = re.compile(r"^([^:：,，。；;!！?？]{1,20})[:：]\s*(.+)$", re.DOTALL)
_SENTENCE = re.compile(r"^([^。:：；;!！?？]{1,20})。\s*(.+)$", re.DOTALL)
_FINAL = "。；;:：.，, 、"
_BARE = re.compile(r"[^。，,；;:：、!！?？…“”\"\s]{2,14}[:：]?")
_KNOWN = re.compile(
    r"指导思想|(?:工作|主要|总体|具体|活动|研[训修]){0,2}(?:目标|思路|内容|形式|重点|要求|任务|措施|安排|保障)"
    r"|组织领导|领导小组|保障措施|存在(?:的)?问题"
)
_HAN_STYLES = ("chapter", "han", "han-bracket")
_LISTS = ("problem", "goal", "form", "content", "outcome")
_BODY, _TITLE = 25, 30


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

    def inherits(self, section: int) -> bool:
        """Whether section number `section` (from 1) is one of the items its parent lists."""
        parent = self.parent(section)
        return bool(
            parent
            and self.topics[parent - 1]
            and self.topics[parent - 1] == self.topics[section - 1]
        )

    def parent(self, section: int) -> int:
        """The number of the section around section number `section`, 0 if it is a top one."""
        level = self.sections[section - 1].level
        above = (n for n in range(section - 1, 0, -1) if self.sections[n - 1].level < level)
        return next(above, 0)


@dataclass
class _Walk:
    kind: Literal["plan", "summary"]
    top: str
    stack: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    topic: Topic = ""
    month: MonthHeading | None = None


def topic_of(title: str) -> Topic:
    """What a section with this title lists."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(title)), "")


def split_head(text: str) -> tuple[str, str]:
    """Split a run-in heading from its text: 读书:每人… or 读书活动。每人…."""
    match = _LABEL.match(text) or _SENTENCE.match(text)
    if match:
        return match[1].strip(), match[2].strip()
    return text.strip().strip(_FINAL), ""


def arrange(part: Part, kind: Literal["plan", "summary"], written: Mapping[int, str]) -> Reading:
    """Find sections and items of `part`, whose lines are in simplified script."""
    blocks = paragraphs(part.lines, is_apart=is_title)
    marks = [read_mark(block.text) for block in blocks]
    walk = _Walk(kind, _top([mark for mark in marks if mark]))
    for place, (block, mark) in enumerate(zip(blocks, marks, strict=True)):
        following = blocks[place + 1].text if place + 1 < len(blocks) else ""
        _add(walk, block, mark, following)
    return Reading(kind, part, tuple(walk.items), tuple(walk.sections), tuple(walk.topics), written)


def _top(marks: list[Mark]) -> str:
    """The style of the chapters; numbers that begin again and again only count lists."""
    for mark in marks:
        if mark.style in _HAN_STYLES:
            return mark.style
    style = marks[0].style if marks else ""
    restarts = sum(mark.style == style and mark.ordinal == 1 for mark in marks)
    return style if restarts == 1 else ""


def _depth(walk: _Walk, style: str) -> int:
    """How deep numbers of this style stand: styles nest in the order of their first use."""
    if style == walk.top:
        walk.stack = [style]
    elif style in walk.stack:
        walk.stack = walk.stack[: walk.stack.index(style) + 1]
    else:
        walk.stack.append(style)
    return len(walk.stack)


def _is_bare_heading(walk: _Walk, text: str, following: str) -> bool:
    """A heading without number: known words, or short between a closed sentence and a long one."""
    if not _BARE.fullmatch(text) or walk.month:
        return False
    if _KNOWN.fullmatch(text.rstrip(":：")):
        return True
    closed = bool(walk.items) and walk.items[-1].paragraph.text.endswith(("。", "！", "!"))
    return closed and len(following) >= _BODY and read_mark(following) is None


def _section_level(walk: _Walk, block: Paragraph, mark: Mark | None, following: str) -> int | None:
    line = block.lines[0]
    text = block.text[mark.length :] if mark else block.text
    if line.level is not None and not line.cells:
        return max(line.level, 1)
    if mark is None:
        return None if line.cells or not _is_bare_heading(walk, text, following) else 1
    depth = _depth(walk, mark.style)
    is_sentence = block.text.endswith(("。", "；", ";"))
    below = walk.top != mark.style and walk.kind == "plan"
    listed = below and (mark.style not in _HAN_STYLES or is_sentence)
    if not walk.top or listed:
        return None
    return (
        None if walk.month and (mark.style != walk.top or mark.style not in _HAN_STYLES) else depth
    )


def _topic(walk: _Walk, level: int, title: str) -> Topic:
    """What the section lists; one inside a list is an item of it, whatever its title says."""
    above = zip(reversed(walk.sections[:-1]), reversed(walk.topics), strict=True)
    around: Topic = next((topic for section, topic in above if section.level < level), "")
    return around if around in _LISTS else topic_of(title)


def _add(walk: _Walk, block: Paragraph, mark: Mark | None, following: str) -> None:
    text = block.text[mark.length :] if mark else block.text
    month = None if block.lines[0].cells else month_heading(text)
    if mark and (whole := month_heading(block.text)) and whole.until:  # 九、十月份 is no item nine
        mark, text, month = None, block.text, whole
    if month:
        walk.month = month
        level = None
    else:
        level = _section_level(walk, block, mark, following)
    head, body = split_head(text)
    if level is not None:
        walk.month = None
        number = mark.printed.rstrip("、.．: ：") if mark else ""
        title = head if len(head) <= _TITLE else re.split(r"[，,。；;]", head)[0]
        walk.sections.append(Section(level, number, title, block.lines[0].number))
        walk.topic = _topic(walk, level, title)
        walk.topics.append(walk.topic)
    elif walk.month and not month and not mark and len(text) > 60:  # noqa: PLR2004 - prose again
        walk.month = None
    item = Item(
        block,
        mark,
        text,
        mark.length if mark else 0,
        head,
        body,
        walk.topic,
        len(walk.sections),
        walk.month,
        opens_month=month is not None,
        is_heading=level is not None,
    )
    walk.items.append(item)

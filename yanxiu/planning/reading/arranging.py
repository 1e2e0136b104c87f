"""From the lines of a document to its sections and items: what heads, what lists, what about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from yanxiu.documents.outline import Line
from yanxiu.documents.reading.marks import Mark
from yanxiu.documents.reading.paragraphs import Paragraph, paragraphs
from yanxiu.documents.reading.parts import Part, is_title
from yanxiu.planning.reading.findings import Section
from yanxiu.planning.reading.items import BRACKETED, FINAL, Cell, Item, Reading, split_head
from yanxiu.planning.reading.months import MonthHeading, month_heading
from yanxiu.planning.reading.numbering import BULLET, mark_of, marks_of
from yanxiu.planning.reading.signatures import unsigned
from yanxiu.planning.reading.topics import (
    LABEL_TOPICS,
    Topic,
    heads_remedies,
    tells_next_year,
    topic_of,
)

_BARE = re.compile(r"[^。，,；;:：、!！?？…“”\"\s]{2,14}[:：]?")
_KNOWN = re.compile(
    r"指导思想|(?:工作|主要|总体|具体|活动|研[训修]){0,2}(?:目标|思路|内容|形式|重点|要求|任务|措施|安排|保障)"
    r"|组织领导|领导小组|保障措施|存在(?:的)?问题"
)
_OPENS_LIST = re.compile(r"^[^以如]{3,}(?:包括|有|为|是|分)[:：]$")
_OPEN = re.compile(r"[一-鿿A-Za-z0-9“”与和及的]{3,14}[:：]?|[一-鿿]{2,6}[，, ][一-鿿]{2,6}")
_NOT_HEADING = re.compile(r"(?:小学|中学|学校|幼儿园|中心校|[教备]研组|老师)$|^第.{1,3}[年周月]")
_LOST = re.compile(r"[一-鿿“”]{4,12}")
WISH = re.compile(
    r"(?:明年|来年|下半年|下一?学[期年]|新的一[年学]|下一步|今后|接下来)(?:[，,里我将一]|[^，,。；：:]{0,6}[：:])"
)
_CONFESSES = re.compile(r"(?:毛病|问题|不足|困惑|困难|短板|欠缺)[^，,。；;]{0,4}[:：]$")
"""组里主要有这样几个毛病：the list below it is of problems."""
_BRACKET = "bracket"
_STYLED = 30
_HAN_STYLES = ("chapter", "formal", "han", "han-bracket")
_LISTS = ("problem", "goal", "form", "content", "outcome", "next")
_BODY, _TITLE, _HEAD, _TWICE = 25, 30, 12, 2


@dataclass
class _Walk:
    kind: Literal["plan", "summary"]
    top: str
    bare: frozenset[int] = frozenset()
    stack: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    topic: Topic = ""
    month: MonthHeading | None = None
    counted: dict[str, int] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)
    opened: tuple[str, int] = ("", 0)
    year: int | None = None
    """The last year that the title names."""
    confessing: str | None = None
    """The style of a list of problems in a plan; "" before its first, None where there is none."""
    remedies: int = 0
    """How deep the section of problems stands whose remedies are being told, 0 if none are."""

    def goes_on(self, mark: Mark) -> bool:
        """Whether `mark` counts on from before the calendar: 四、 behind the months below 三、."""
        before = self.counted.get(mark.style)
        return mark.style not in self.within and before is not None and mark.ordinal == before + 1


def arrange(
    part: Part,
    kind: Literal["plan", "summary"],
    written: Mapping[int, str],
    plain: Mapping[int, str],
) -> Reading:
    """Find sections and items of `part`, whose lines are in simplified script."""
    blocks = unsigned(paragraphs(part.lines, is_apart=_stands_alone))
    marks = marks_of([block.text for block in blocks])
    bracketed = sum(bool(BRACKETED.match(block.text)) for block in blocks) >= _TWICE
    bare = frozenset() if bracketed else _bare_headings(blocks, marks)
    marked = [mark for mark in marks if mark]
    if sum(_is_chapter(block) for block in blocks) >= _TWICE:  # numbers below them only count
        marked = [mark for mark in marked if mark.style in _HAN_STYLES]
    top = _BRACKET if bracketed or bare else _top(marked)
    years = map(int, re.findall(r"20\d\d", part.title))
    walk = _Walk(kind, top, bare, year=max(years, default=None))
    for place, (block, mark) in enumerate(zip(blocks, marks, strict=True)):
        following = blocks[place + 1].text if place + 1 < len(blocks) else ""
        _add(walk, block, mark, following)
    items, sections, topics = tuple(walk.items), tuple(walk.sections), tuple(walk.topics)
    return Reading(kind, part, items, sections, topics, written, plain)


def _stands_alone(line: Line) -> bool:
    return isinstance(line, Cell) or is_title(line)


def _is_chapter(block: Paragraph) -> bool:
    """Whether the source itself marks the paragraph as a heading."""
    return block.lines[0].level is not None and not block.lines[0].cells


def _bare_headings(blocks: tuple[Paragraph, ...], marks: list[Mark | None]) -> frozenset[int]:
    """The lines that head the chapters of a document that numbers none: short, open, alone."""
    if any(mark and mark.style in _HAN_STYLES for mark in marks):
        return frozenset()
    if any(map(_is_chapter, blocks)):
        return frozenset()
    alike = [
        mark is None and not block.lines[0].cells and bool(_OPEN.fullmatch(block.text))
        and month_heading(block.text) is None and not _NOT_HEADING.search(block.text)
        for block, mark in zip(blocks, marks, strict=True)
    ]  # fmt: skip
    found = [
        place
        for place, fits in enumerate(alike[:-1])
        if fits
        and not alike[place + 1]
        and not (place and alike[place - 1])
        and (marks[place + 1] or len(blocks[place + 1].text) > len(blocks[place].text))
    ]
    numbers = frozenset(blocks[place].lines[0].number for place in found)
    return numbers if len(found) > _TWICE else frozenset()


def _top(marks: list[Mark]) -> str:
    """The style of the chapters; numbers that begin again and again only count lists."""
    for mark in marks:
        if mark.style in _HAN_STYLES:
            return mark.style
    style = marks[0].style if marks else ""
    if _is_bullet(style):
        return style
    restarts = sum(mark.style == style and mark.ordinal == 1 for mark in marks)
    return style if restarts == 1 else ""


def _is_bullet(style: str) -> bool:
    return len(style) == 1


def _heads(block: Paragraph, mark: Mark, following: str) -> bool:
    """Whether a line with a bullet is a heading: short and open, with text and no bullet below."""
    text = block.text[mark.length :]
    if not _BARE.fullmatch(text.replace("，", "").replace(",", "")) or len(text) > _TITLE:
        return False
    return len(following) >= _BODY and not BULLET.match(following)


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
    closed = bool(walk.items) and walk.items[-1].paragraph.text.endswith(
        ("。", "！", "!", "：", ":")
    )
    if closed and _OPENS_LIST.search(text):
        return mark_of(following) is not None
    return closed and len(following) >= _BODY and mark_of(following) is None


def _is_unnumbered(walk: _Walk, block: Paragraph) -> bool:
    """A run-in heading that lost its number: right under a chapter, where others have numbers."""
    if walk.kind != "summary" or walk.topic in {"problem", "next"} or not walk.items:
        return False
    head, body = split_head(block.text)
    above = walk.items[-1]
    numbered = any(section.level == 2 for section in walk.sections)  # noqa: PLR2004
    return (
        numbered
        and above.is_heading
        and not above.body
        and bool(_LOST.fullmatch(head))
        and len(body) > _BODY
    )


def _unnumbered_level(walk: _Walk, block: Paragraph, following: str) -> int | None:
    """How deep a line without number heads what follows, None if it is no heading."""
    if BRACKETED.match(block.text) or block.lines[0].number in walk.bare:
        return _depth(walk, _BRACKET) if walk.top == _BRACKET else 1
    if _is_unnumbered(walk, block):
        return walk.sections[-1].level + 1
    return 1 if _is_bare_heading(walk, block.text, following) else None


def _section_level(walk: _Walk, block: Paragraph, mark: Mark | None, following: str) -> int | None:
    line = block.lines[0]
    if line.level is not None and not line.cells:
        return max(line.level, 1)
    if mark is None:
        return None if line.cells else _unnumbered_level(walk, block, following)
    if _is_bullet(mark.style):
        return _depth(walk, mark.style) if _heads(block, mark, following) else None
    depth = _depth(walk, mark.style)
    is_sentence = block.text.endswith(("。", "；", ";"))
    is_plain = mark.style not in _HAN_STYLES or is_sentence
    listed = walk.top != mark.style and walk.kind == "plan" and is_plain
    goes_on = walk.opened == (mark.style, mark.ordinal - 1)
    follows = goes_on and mark.style in _HAN_STYLES
    if listed and not walk.month and _opens_deeper(walk, block, mark, following):
        return depth
    listing = (not goes_on and _is_one_of_a_list(walk, block, mark)) or _lists_on(walk, mark)
    alone = is_sentence and listing
    if not walk.top or alone or (listed and not follows):
        return None
    within = walk.month and (mark.style != walk.top or mark.style not in _HAN_STYLES)
    return None if within else depth


def _is_one_of_a_list(walk: _Walk, block: Paragraph, mark: Mark) -> bool:
    """Whether a whole sentence of a summary is told in a list: it heads nothing."""
    if walk.kind != "summary" or walk.top == mark.style:
        return False
    head, body = split_head(block.text[mark.length :])
    return not body and len(head) > _HEAD


def _lists_on(walk: _Walk, mark: Mark) -> bool:
    """Whether the paragraph before is the one before in a list, which heads nothing either."""
    above = walk.items[-1] if walk.items else None
    before = above.mark if above and not above.is_heading else None
    return before is not None and (before.style, before.ordinal) == (mark.style, mark.ordinal - 1)


def _opens_deeper(walk: _Walk, block: Paragraph, mark: Mark, following: str) -> bool:
    """(1)新教师培训 with 1) below it: short, open, above a list in a style of its own."""
    if len(block.text) - mark.length > _HEAD or not _OPEN.fullmatch(block.text[mark.length :]):
        return False
    below = mark_of(following)
    return below is not None and below.ordinal == 1 and below.style not in {mark.style, walk.top}


def _topic(walk: _Walk, level: int, title: str) -> Topic:
    """What the section lists; one inside a list is an item of it, whatever its title says."""
    above = zip(reversed(walk.sections[:-1]), reversed(walk.topics), strict=True)
    around: Topic = next((topic for section, topic in above if section.level < level), "")
    walk.remedies = 0 if level <= walk.remedies else walk.remedies
    if walk.kind == "summary" and (walk.remedies or tells_next_year(title, walk.year)):
        return "next"
    return around if around in _LISTS else topic_of(title)


def _open_section(walk: _Walk, level: int, mark: Mark | None, head: str, block: Paragraph) -> None:
    walk.month = None
    walk.opened = (mark.style, mark.ordinal) if mark else ("", 0)
    number = mark.printed.rstrip("、.．: ：") if mark else ""
    whole = block.text[mark.length :].strip() if mark else ""
    brief = len(whole) <= _BODY and re.search(r"[:：]", whole) and not whole.endswith(tuple(FINAL))
    if brief and mark and mark.style in _HAN_STYLES:  # 一、理论学习：让教师有底气
        head = whole
    title = head if len(head) <= _TITLE else re.split(r"[，,。；;]", head)[0]
    walk.sections.append(Section(level, number, title, block.lines[0].number))
    walk.topic = _topic(walk, level, title)
    walk.topics.append(walk.topic)


def _labelled_topic(walk: _Walk, text: str, head: str, body: str) -> Topic:
    """措施：… below 第一年的目标与措施: a label says more of its paragraph than the heading.

    改进措施： alone turns all that follows it below the problems to what is to come.
    """
    if walk.topic == "problem" and walk.kind == "summary" and heads_remedies(text):
        walk.topic = "next"
        places = zip(reversed(walk.sections), reversed(walk.topics), strict=True)
        around = takewhile(lambda place: place[1] == "problem", places)
        walk.remedies = min((section.level for section, _ in around), default=0)
    if walk.kind != "plan" or not body or text[len(head) : len(head) + 1] not in {":", "："}:
        return walk.topic
    return LABEL_TOPICS.get(head, walk.topic)


def _tells_wish(walk: _Walk, text: str, level: int | None) -> bool:
    """明年，我想…: a paragraph of a summary without headings that tells what is to come."""
    if walk.kind != "summary" or level is not None:
        return False
    head, body = split_head(text)
    labelled = bool(body) and walk.topic == "problem" and topic_of(head) == "next"
    return labelled or (walk.topic in {"", "problem"} and bool(WISH.match(text)))


def _is_confessed(walk: _Walk, mark: Mark | None, text: str, level: int | None) -> bool:
    """Whether a paragraph of a plan is one of a list that 主要有几个毛病： announces."""
    before, style = walk.confessing, mark.style if mark else ""
    if level is None and style and before is not None and before in {"", style}:
        walk.confessing = style
        return True
    announced = walk.kind == "plan" and level is None and _CONFESSES.search(text)
    walk.confessing = "" if announced else None
    return False


def _own_topic(walk: _Walk, mark: Mark | None, text: str, level: int | None) -> Topic:
    """What a paragraph lists whatever stands above it, "" if that decides."""
    if _is_confessed(walk, mark, text, level):
        return "problem"
    return "next" if _tells_wish(walk, text, level) else ""


def _add_cell(walk: _Walk, block: Paragraph, cell: Cell, mark: Mark | None) -> None:
    """What stands in a cell is about what its column lists, wherever the table stands."""
    place = mark.length if mark else 0
    text = block.text[place:]
    head, body = split_head(text)
    item = Item(block, mark, text, place, head, body, cell.about, len(walk.sections))
    walk.items.append(item)


def _head_of(block: Paragraph, text: str, level: int | None) -> tuple[str, str]:
    """The head and the body of a paragraph; what is set as a heading is one: 一项制度：有保障."""
    styled = level is not None and block.lines[0].level is not None
    return (text.strip(), "") if styled and len(text) <= _STYLED else split_head(text)


def _add(walk: _Walk, block: Paragraph, mark: Mark | None, following: str) -> None:
    if isinstance(cell := block.lines[0], Cell):
        _add_cell(walk, block, cell, mark)
        return
    text = block.text[mark.length :] if mark else block.text
    month = None if block.lines[0].cells else month_heading(text)
    if mark and (whole := month_heading(block.text)) and whole.until:  # 九、十月份 is no item nine
        mark, text, month = None, block.text, whole
    if walk.month and mark and not month and walk.goes_on(mark):
        walk.month = None
    if mark and not month and (walk.month is None or mark.style not in walk.counted):
        walk.counted[mark.style] = mark.ordinal
    if mark and walk.month:
        walk.within.add(mark.style)
    if month:
        walk.within = set() if walk.month is None else walk.within
        walk.month = month
        level = None
    else:
        level = _section_level(walk, block, mark, following)
    head, body = _head_of(block, text, level)
    if level is not None:
        _open_section(walk, level, mark, head, block)
    elif walk.month and not month and not mark and len(text) > 60:  # noqa: PLR2004 - prose again
        walk.month = None
    topic = _labelled_topic(walk, text, head, body) if level is None else walk.topic
    topic = _own_topic(walk, mark, text, level) or topic
    item = Item(
        block,
        mark,
        text,
        mark.length if mark else 0,
        head,
        body,
        topic,
        len(walk.sections),
        walk.month,
        opens_month=month is not None,
        is_heading=level is not None,
    )
    walk.items.append(item)

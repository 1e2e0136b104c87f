"""Findings that are the items of a section: goals, forms, contents, outcomes, rules, problems."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.items import Cell, Item, Reading
from yanxiu.planning.reading.phrases import NO_CONTENTS, sentences, uncounted
from yanxiu.planning.reading.problems import WEAK, problems_in
from yanxiu.planning.reading.roles import is_labelled_role
from yanxiu.planning.reading.wishes import wish_at, wishes_in

_PLAN_KINDS: dict[str, Kind] = {
    "goal": "goal",
    "form": "form",
    "content": "content",
    "outcome": "outcome",
    "rule": "rule",
    "problem": "problem",
}
_SUMMARY_KINDS: dict[str, Kind] = {"problem": "problem", "outcome": "outcome", "next": "content"}
_DEEP = frozenset({"goal", "content", "form", "problem"})
_INLINE = re.compile(r"\s*[②-⑳⑵-⒇]\s*")
_FINAL = "。；;，,:： "
_COUNTED = re.compile(
    r"(?:^|(?<=[，,。；;：:]))\s*(?:第?[一二三四五六]是|第[一二三四五六][，,、]|其[一二三四五六][，,、])"
)
_SEVERAL, _SIGNATURE = 2, 3
_SIGNED = re.compile(
    r"[^，。；：]{2,20}(?:处|室|组|校|园|小学|中学|局|部|中心)|\d{4}年\d{1,2}月(?:\d{1,2}日)?|[二〇○一三四五六七八九十]+年.{2,8}"
)
_BRACKETS = re.compile(r"[(（][^()（）]*、")
_QUOTED_GOALS = re.compile(
    r"[“\"]([^”\"。]{4,80})[”\"]的?(?:核心|总体?|工作|主要|发展|根本){0,2}目标"
)
_LISTING = re.compile(
    r"^(?:主要)?(?:采取|采用|通过|以|分为|包括|有)?(.*?)(?:相结合|等)?的?(?:形式|方式|途径)?(?:进行|开展)?$"
)
_PLAIN_TITLE = re.compile(
    r"(?:工作|主要|总体|具体|重点|基本)*(?:目标|思路|内容|形式|重点|要求|任务|措施|安排|保障|做法)"
)
_REMEDY = re.compile(
    r"[。；;，,]\s*(?:(?:整改|改进|解决|应对)(?:措施|办法|对策|方向)?|措施|对策)\s*[:：](?=.{4})"
)
_SHORT, _GOAL_NAME, _ENUMERATION, _LEAST, _PART = 18, 24, 60, 4, 10


def read_lists(reading: Reading) -> Iterator[Finding]:
    """Findings of the sections whose title says what they list."""
    kinds = _PLAN_KINDS if reading.kind == "plan" else _SUMMARY_KINDS
    for section in range(len(reading.sections) + 1):
        items = [item for item in reading.items if item.section == section]
        kind = kinds.get(reading.topics[section - 1]) if section and items else None
        if kind:
            yield from _section(reading, kind, section, items)
        for item in items:
            own = kinds.get(item.topic) if _is_apart(reading, item) else None
            if own and (own != kind or is_cell(item)):
                yield from _told_apart(reading, own, item)
    for item in reading.items if reading.kind == "summary" else ():
        yield from _remedy(reading, item)
        if item.topic == "next" and item.body and item.section:
            title = reading.topics[item.section - 1]
            yield from _wished(reading, item) if title == "problem" else ()
    if not any(item.topic == "goal" for item in reading.items):
        yield from _quoted_goals(reading)


def _remedy(reading: Reading, item: Item) -> Iterator[Finding]:
    """成果不多。整改：每组培育一项: what is to be done about it."""
    remedy = _REMEDY.search(item.text) if item.topic == "problem" and not is_cell(item) else None
    if remedy:
        text = item.text[remedy.end() :]
        yield _finding(reading, "content", item, text, text)


def _section(reading: Reading, kind: Kind, number: int, items: list[Item]) -> Iterator[Finding]:
    own = [i for i in items if _is_told(reading, i) and not _is_apart(reading, i)]
    heading = items[0] if items[0].is_heading else None
    if heading and reading.inherits(number):
        named_only = kind == "goal" and not heading.body and bool(own)
        if _only_parts(reading, kind, number, heading, own):
            named_only = True
        elif not (named_only and heading.head.endswith("目标")):
            yield _finding(reading, kind, heading, heading.head, heading.text)
        if not named_only:
            return
    if kind == "goal":
        yield from _explained(reading, own, heading)
    listed = [item for item in own if item.mark]
    if kind == "content" and any(
        i.mark and i.mark.style == "article" for i in own
    ):  # 第十九条 每个教研组至少承担一项小课题: it binds
        kind = "rule"
    yield from _listed(reading, kind, listed)
    below = range(number + 1, len(reading.sections) + 1)
    if listed or any(reading.parent(each) == number for each in below):
        return
    if heading and heading.body:
        yield from _prose(reading, kind, heading, heading.body)
    for item in own:
        yield from _prose(reading, kind, item, item.text)


def _only_parts(reading: Reading, kind: Kind, number: int, heading: Item, own: list[Item]) -> bool:
    """（一）教案方面 among problems, 论文获奖 among results: a title above what is told."""
    below = range(number + 1, len(reading.sections) + 1)
    filled = bool(own) or any(reading.parent(each) == number for each in below)
    if not heading.body and filled and _PLAIN_TITLE.fullmatch(heading.head):
        return True
    brief = not heading.body and len(heading.head) <= _PART and not WEAK.search(heading.head)
    return reading.kind == "summary" and kind in {"problem", "outcome"} and brief and filled


def is_cell(item: Item) -> bool:
    """Whether the paragraph stands in a cell of a table."""
    return isinstance(item.paragraph.lines[0], Cell)


def _is_apart(reading: Reading, item: Item) -> bool:
    """Whether a paragraph is about something else than its section: by its label or column."""
    above = reading.topics[item.section - 1] if item.section else ""
    if reading.kind == "summary" and item.mark and (above, item.topic) == ("problem", "next"):
        return not item.is_heading  # 改进措施：1. …, below the problems
    return is_cell(item) or (reading.kind == "plan" and not item.is_heading and item.topic != above)


def _told_apart(reading: Reading, kind: Kind, item: Item) -> Iterator[Finding]:
    if kind == "problem":
        yield from _prose(reading, kind, item, item.text)
    elif is_cell(item):
        yield _finding(reading, kind, item, item.text, item.text)
    else:
        yield _finding(reading, kind, item, item.head, item.text)


def _is_told(reading: Reading, item: Item) -> bool:
    """Whether the paragraph belongs to what its section lists: no heading, table or signature."""
    if item.is_heading or item.month or item.paragraph.lines[0].cells:
        return False
    if is_labelled_role(item.text):
        return False
    last = item in reading.items[-_SIGNATURE:]
    return not (last and item.mark is None and _SIGNED.fullmatch(item.text.strip()))


def _listed(reading: Reading, kind: Kind, listed: list[Item]) -> Iterator[Finding]:
    """The numbered items, those of the first style; a line that counts inside itself in parts."""
    style = next((item.mark.style for item in listed if item.mark), "")
    for item in listed:
        if item.mark and (item.mark.style == style or kind in _DEEP):
            pieces = _INLINE.split(item.text)
            for piece in pieces if len(pieces) > 1 else ():
                yield _finding(reading, kind, item, piece, piece)
            if len(pieces) == 1:
                yield _finding(reading, kind, item, item.head, item.text)


def _explained(reading: Reading, own: list[Item], heading: Item | None) -> Iterator[Finding]:
    """What stands below a goal that is only named: 1、新教师, and on the next line what they do."""
    above = heading if heading and heading.head != heading.text and not heading.body else None
    for item in own:
        if item.mark:
            above = item if not item.body else None
        elif above and not item.text.endswith((":", "：")):
            yield _finding(reading, "goal", item, above.head, item.text)


def _prose(reading: Reading, kind: Kind, item: Item, text: str) -> Iterator[Finding]:
    if kind == "content" and reading.kind == "summary" and (wish_at(text) or 0) > 0:
        for said in wishes_in(text):  # ……不够。今后我们将…: what is admitted first is no content
            yield _finding(reading, kind, item, _first_clause(said.text), said.text)
        return
    parts = [part.strip(_FINAL) for part in _COUNTED.split(text)]
    if kind != "problem" and len(parts) > _SEVERAL:
        for part in parts[1:]:
            yield _finding(reading, kind, item, part, part)
        return
    if kind == "problem":
        for phrase in problems_in(text):
            yield _finding(reading, kind, item, phrase.text, phrase.text)
    elif kind == "goal" and not text.endswith((":", "：")):
        yield _finding(reading, kind, item, item.head if text == item.text else text, text)
    else:
        names = _enumerated(text)
        for name in names:
            yield _finding(reading, kind, item, name, name)
        listed = not names and not (kind == "content" and NO_CONTENTS.search(text))
        if listed and kind in {"content", "rule"} and not text.endswith((":", "：")):
            yield _finding(reading, kind, item, _first_clause(text), text)


def _wished(reading: Reading, item: Item) -> Iterator[Finding]:
    """努力方向：甲；乙。: what is to come, told in one paragraph among the problems."""
    for sentence in sentences(item.body):
        said = uncounted(sentence.text)
        if len(said) >= _LEAST:
            yield _finding(reading, "content", item, _first_clause(said), said)


def _first_clause(text: str) -> str:
    return re.split(r"[，,。；;:：]", text)[0]


def _enumerated(text: str) -> list[str]:
    """The parts of a short list in one line; anything that is a sentence is no list."""
    body = text.strip().rstrip(_FINAL)
    if NO_CONTENTS.search(body):
        return []
    match = _LISTING.fullmatch(body)
    if len(body) > _ENUMERATION or re.search(r"[。，,：:]", body) or "、" not in body or not match:
        return []
    if _BRACKETS.search(body):  # 全体教师（女50周岁、男55周岁以下）
        return []
    names = re.split(r"(?:[、；;]|和|与)(?![^(（]*[)）])", match[1])
    return (
        [name.strip() for name in names if name.strip()]
        if all(len(n) <= _SHORT for n in names)
        else []
    )


def _quoted_goals(reading: Reading) -> Iterator[Finding]:
    for item in reading.items:
        for match in _QUOTED_GOALS.finditer(item.text):
            for name in re.split(r"[、，,；;]", match[1]):
                line = item.line(match.start(1))
                yield Finding("goal", name, name, line.number, reading.written[line.number])


def _finding(reading: Reading, kind: Kind, item: Item, head: str, text: str) -> Finding:
    remedy = _REMEDY.search(text) if kind == "problem" else None
    if remedy:  # 成果不多。整改：每组培育一项: what is admitted ends before the remedy
        head = text = text[: remedy.start()]
    line = item.line(item.text.find(text) if text in item.text else 0)
    body = item.body if item.body and text == item.text else text
    name = head if len(head) <= _GOAL_NAME or kind != "goal" else _first_clause(head)
    return Finding(
        kind,
        name.strip(_FINAL),
        body.strip().rstrip(_FINAL),
        line.number,
        reading.written[line.number],
    )

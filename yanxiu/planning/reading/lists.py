"""Findings that are the items of a section: goals, forms, contents, outcomes, rules, problems."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.items import Item, Reading

_PLAN_KINDS: dict[str, Kind] = {
    "goal": "goal",
    "form": "form",
    "content": "content",
    "outcome": "outcome",
    "rule": "rule",
    "problem": "problem",
}
_SUMMARY_KINDS: dict[str, Kind] = {"problem": "problem", "outcome": "outcome"}
_INLINE = re.compile(r"\s*[②-⑳⑵-⒇]\s*")
_COUNTING = re.compile(r"^(?:[一二三四五六]是|首先|其次|再次|最后)[，,]?")
_FINAL = "。；;，,:： "
_QUOTED_GOALS = re.compile(
    r"[“\"]([^”\"。]{4,80})[”\"]的?(?:核心|总体?|工作|主要|发展|根本){0,2}目标"
)
_LISTING = re.compile(
    r"^(?:主要)?(?:采取|采用|通过|以|分为|包括|有)?(.*?)(?:相结合|等)?的?(?:形式|方式|途径)?(?:进行|开展)?$"
)
_WEAK = re.compile(
    r"忽略|忽视|不够|不足|不高|不强|不齐|不平衡|欠缺|薄弱|有待|缺乏|缺少|还需|仍需|尚|流于形式|没有做到|单一"
)
_SHORT, _GOAL_NAME, _ENUMERATION, _SERIES = 18, 24, 60, 2


def read_lists(reading: Reading) -> Iterator[Finding]:
    """Findings of the sections whose title says what they list."""
    kinds = _PLAN_KINDS if reading.kind == "plan" else _SUMMARY_KINDS
    for section in range(1, len(reading.sections) + 1):
        items = [item for item in reading.items if item.section == section]
        kind = kinds.get(items[0].topic) if items else None
        if kind:
            yield from _section(reading, kind, section, items)
    if not any(item.topic == "goal" for item in reading.items):
        yield from _quoted_goals(reading)


def _section(reading: Reading, kind: Kind, number: int, items: list[Item]) -> Iterator[Finding]:
    own = [item for item in items if not item.is_heading and not item.month]
    own = [item for item in own if not item.paragraph.lines[0].cells]
    heading = items[0] if items[0].is_heading else None
    if heading and reading.inherits(number):
        yield _finding(reading, kind, heading, heading.head, heading.text)
        return
    listed = [item for item in own if item.mark]
    style = next((item.mark.style for item in listed if item.mark), "")
    for item in listed:
        if item.mark and item.mark.style == style:
            pieces = _INLINE.split(item.text)
            for piece in pieces if len(pieces) > 1 else ():
                yield _finding(reading, kind, item, piece, piece)
            if len(pieces) == 1:
                yield _finding(reading, kind, item, item.head, item.text)
    if listed or any(
        reading.parent(n) == number for n in range(number + 1, len(reading.sections) + 1)
    ):
        return
    if heading and heading.body:
        yield from _prose(reading, kind, heading, heading.body)
    for item in own:
        yield from _prose(reading, kind, item, item.text)


def _prose(reading: Reading, kind: Kind, item: Item, text: str) -> Iterator[Finding]:
    if kind == "problem":
        for clause in _problems(text):
            yield _finding(reading, kind, item, clause, clause)
    elif kind == "goal" and not text.endswith((":", "：")):
        yield _finding(reading, kind, item, item.head if text == item.text else text, text)
    else:
        names = _enumerated(text)
        for name in names:
            yield _finding(reading, kind, item, name, name)
        if not names and kind in {"content", "rule"} and not text.endswith((":", "：")):
            yield _finding(reading, kind, item, _first_clause(text), text)


def _first_clause(text: str) -> str:
    return re.split(r"[，,。；;:：]", text)[0]


def _problems(text: str) -> Iterator[str]:
    """Short topic sentences that admit a weakness; without them, the clauses that do."""
    sentences = [_COUNTING.sub("", part.strip()) for part in re.split(r"[。；;]", text)]
    sentences = [part for part in sentences if part]
    topics = [
        part for part in sentences if len(part) <= _SHORT and "," not in part and "，" not in part
    ]
    topics = [part for part in topics if _WEAK.search(part)]
    if len(topics) >= _SERIES:
        yield from topics
    else:
        yield from (part for part in sentences if _WEAK.search(part))


def _enumerated(text: str) -> list[str]:
    """The parts of a short list in one line; anything that is a sentence is no list."""
    body = text.strip().rstrip(_FINAL)
    match = _LISTING.fullmatch(body)
    if len(body) > _ENUMERATION or re.search(r"[。，,：:]", body) or "、" not in body or not match:
        return []
    names = re.split(r"[、；;]|和|与", match[1])
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

"""Paragraphs of a summary that turn: to what was lacking, and to what is to come."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, bare, sentences, uncounted
from yanxiu.planning.reading.wishes import wish_at

_LACK = r"(?:问题|不足|短板|遗憾|差距|困惑|缺憾|缺点)(?!导向|解决|清单|得到|整改)"
_CONFESSES = re.compile(
    r"(?:当然|不过|但是?|诚然|然而|坦率地?说|同时|反思一[年学]期?)?[，,]?"
    rf"(?:[^，,。]{{0,8}}(?:存在|还有|仍有|也有|看到|面临|正视)[^，,。]{{0,10}}{_LACK}[^，,。]{{0,6}}"
    rf"|[^，,。]{{0,8}}{_LACK}(?:也|还|仍|依然|同样)[^，,。]{{0,10}}|[^，,。]{{0,6}}{_LACK})"
)
_ANNOUNCED = re.compile(r"^[^:：]*[:：]")
_OPENING, _LEAST, _LONGEST = 26, 4, 50


def read_turns(reading: Reading) -> Iterator[Finding]:
    """What a paragraph confesses after 问题也是明摆着的。, and what it means to do about it."""
    if reading.kind == "plan":
        return
    for item in reading.items:
        told = sentences(item.text)
        if item.topic in {"problem", "next"} or item.paragraph.lines[0].cells or len(told) == 1:
            continue
        first = told[0].text.strip()
        if len(first) > _OPENING or not _CONFESSES.fullmatch(first):
            continue
        since = wish_at(item.text)
        for sentence in told[1:]:
            wished = since is not None and sentence.start >= since
            kind: Kind = "content" if wished else "problem"
            opened = _ANNOUNCED.match(sentence.text) if wished else None
            begin = opened.end() if opened else 0
            yield from _part(
                reading, item, kind, Phrase(sentence.text[begin:], sentence.start + begin)
            )


def _part(reading: Reading, item: Item, kind: Kind, part: Phrase) -> Iterator[Finding]:
    said = bare(uncounted(part.text))
    if _LEAST <= len(said) <= _LONGEST and not GAP.search(said):
        line = item.line(part.start + part.text.find(said))
        yield Finding(kind, said, said, line.number, reading.written[line.number])

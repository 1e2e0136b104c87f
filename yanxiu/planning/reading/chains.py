"""Steps and levels joined by dashes (甲—乙—丙), and lists inside one pair of quotation marks."""

import re
from collections import Counter
from collections.abc import Iterator

from yanxiu.planning.reading import vocabulary
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.grounds import is_ground
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, sentences
from yanxiu.planning.reading.prose import prose_items
from yanxiu.planning.reading.sayings import said_spans

_DASH = "[—–―→➔－-]{1,3}|——|=>"
_CHAIN = re.compile(rf"[一-鿿]{{2,16}}(?:\s*(?:{_DASH})\s*[一-鿿]{{2,16}}){{2,}}")
_LEAD = re.compile(f"^.*(?:{'|'.join(x for x in vocabulary.LEADS if len(x) > 1)})了?(?=..)")
_TAIL = re.compile(r"[两二三四五六七八](?:级|步|环节|个|位一体|环)|的|等|流程|模式|网络|循环")
_QUOTED = re.compile(r"“([^“”。]{6,60})”")
_NAME = re.compile(r"“([^“”。，,]{3,16})”")
_OPENING = re.compile(r"\s*([记抓重讲写建促强搭育练][一-鿿“”]{2,12})(?=[，,：:。；;]|$)")
_SCHOOL = re.compile(r"(?:(?!中小学)[一-鿿]){2,8}?(?:小学|中学|学校|幼儿园|中心校)")
_SCHOOLS = re.compile(rf"{_SCHOOL.pattern}(?:[、和与及]{_SCHOOL.pattern})+")
_PARTNER = re.compile(
    rf"(?:与|和|同)(?:[一-鿿]{{0,8}}的)?(?P<who>{_SCHOOL.pattern}|[一-鿿]{{2,8}}(?:大学|学院))(?:[一-鿿]{{0,6}}[组部])?(?=结成|结对|结为|签订|联合|开展|合作|共建|携手|联谊|建立)"
)
_ANY_SCHOOL = re.compile(
    r"(?:各?兄弟|其[他它]|周边|外地?|友好|结对|联盟|成员|共建|区域?内)(?:学校|小学|中学|幼儿园)"
)
_BESIDE = re.compile("(?:小学|中学|学校|幼儿园|中心校)[、和与及]")
_DASHED = re.compile(_DASH)
_SHORTEST, _LONGEST, _LEAST, _SEVERAL = 2, 12, 3, 2


def read_chains(reading: Reading) -> Iterator[Finding]:
    """One content for each step of a chain and each piece of a quoted list."""
    for item, part in _openers(reading.items):
        line = item.line(part.start)
        yield Finding("content", part.text, part.text, line.number, reading.written[line.number])
    for item in reading.items:
        for part in _partners(item):
            line = item.line(part.start)
            yield Finding("role", part.text, part.text, line.number, reading.written[line.number])
    for item in prose_items(reading):
        if reading.kind == "plan" and item.topic in {"goal", "schedule"}:
            continue
        spans = said_spans(item.text)
        for part in (*_steps(item), *_quoted(item), *_owned(item)):
            if GAP.search(part.text) or any(part.start in span for span in spans):
                continue
            line = item.line(part.start)
            written = reading.written[line.number]
            yield Finding("content", part.text, part.text, line.number, written)


def _partners(item: Item) -> Iterator[Phrase]:
    """与甲小学、乙小学结对: schools named side by side."""
    for match in _PARTNER.finditer(item.text):
        if _ANY_SCHOOL.match(match["who"]):
            continue
        yield Phrase(match["who"], match.start("who"))
    if not _BESIDE.search(item.text):
        return
    for match in _SCHOOLS.finditer(item.text):
        for school in _SCHOOL.finditer(match[0]):
            text = school[0].lstrip("与和同跟、及")
            yield Phrase(text, match.start() + school.end() - len(text))


def _owned(item: Item) -> Iterator[Phrase]:
    """语文组的“甲”、数学组的“乙”: two or more short quotations in one sentence."""
    for sentence in sentences(item.text):
        found = [*_NAME.finditer(sentence.text)] if "“" in sentence.text else []
        found = [match for match in found if "、" not in match[1]]
        if len(found) >= _SEVERAL:
            for match in found:
                start, end = (sentence.start + place for place in match.span())
                if not is_ground(item.text, start, end):
                    yield Phrase(match[1], start + 1)


def _openers(items: tuple[Item, ...]) -> Iterator[tuple[Item, Phrase]]:
    """记成功。…… 记失误。……: sentences, also of several paragraphs, that begin alike."""
    run: list[tuple[Item, Phrase]] = []
    for item in items:
        if item.is_heading or item.month or item.paragraph.lines[0].cells or item.mark:
            yield from _alike(run)
            run = []
            continue
        for sentence in sentences(item.text):
            opening = _OPENING.match(sentence.text)
            if opening:
                run.append((item, Phrase(opening[1], sentence.start + opening.start(1))))
    yield from _alike(run)


def _alike(run: list[tuple[Item, Phrase]]) -> Iterator[tuple[Item, Phrase]]:
    counts = Counter(part.text[0] for _, part in run)
    yield from ((item, part) for item, part in run if counts[part.text[0]] >= _LEAST)


def _steps(item: Item) -> Iterator[Phrase]:
    for match in _CHAIN.finditer(item.text) if _DASHED.search(item.text) else ():
        found = [*re.finditer(r"[一-鿿]+", match[0])]
        for place, step in enumerate(found):
            text, start = step[0], match.start() + step.start()
            lead = _LEAD.match(text) if place == 0 else None
            if lead:
                text, start = text[lead.end() :], start + lead.end()
            tail = _TAIL.search(text, _SHORTEST) if step is found[-1] else None
            yield Phrase(text[: tail.start()] if tail else text, start)


def _quoted(item: Item) -> Iterator[Phrase]:
    for match in _QUOTED.finditer(item.text):
        if is_ground(item.text, *match.span()):  # the trouble of “没伴、没人领、没时间”
            continue
        parts = [*re.finditer(r"[^、，,]+", match[1])]
        if len(parts) < _LEAST or len({len(part[0]) for part in parts}) > 2:  # noqa: PLR2004
            continue
        if all(_SHORTEST <= len(part[0]) <= _LONGEST for part in parts):
            for part in parts:
                yield Phrase(part[0], match.start(1) + part.start())

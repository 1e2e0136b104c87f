"""What a school calls its own: ideas, approach, footings, formulas of numbers, announced lists."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading import vocabulary
from yanxiu.planning.reading.findings import Finding, Kind, Value, theme_of_no_year
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, bare, clauses, pieces, sentences, uncounted
from yanxiu.planning.reading.prose import prose_items
from yanxiu.planning.reading.wishes import wish_at
from yanxiu.texts import numerals

_PRINCIPLE = "|".join(sorted(vocabulary.PRINCIPLES, key=len, reverse=True))
_QUOTED = re.compile(
    rf"“(?P<said>[^“”。]{{2,60}})”(?:[这的一]{{0,3}})(?:办学|办校|办园|工作|教研|教学|管理|研训|研修|总体)?(?P<label>{_PRINCIPLE})"
)
_AROUND = re.compile(
    r"(?:围绕|紧扣|聚焦|突出|以)“(?P<said>[^“”。]{2,40})”(?:[这的一个]{0,3})(?:研[修训究]|教研|活动|工作)?"
    r"(?P<label>方向|主题|课题|主线|中心|专题|重点|核心)"
)
_ROUND = re.compile(
    r"(?:围绕|紧扣|聚焦)“(?P<said>[^“”。]{2,40})”(?=(?:开展|进行|展开|深入)[^，,。；;]{0,6}(?:研究|研[修训]|教研|实践|探索))"
)
"""围绕“……”开展研究, below a heading that says it is about themes."""
_TAKEN = re.compile(
    r"[把将][“]?(?P<said>[^“”。；;，,]{2,40})[”]?(?:当)?作为?[^，,。；;]{0,10}?(?P<label>口号|追求|抓手|重点|突破口|切入点|主题|目标|主线|核心|中心|首要任务|重要任务|重要内容|根本|模式|理念|途径|手段|载体|原则|指南|标准)"
)
_PLAIN = re.compile(
    r"(?:树立|坚持|秉承|秉持|本着|遵循|奉行|践行|确立|贯彻|落实|按照)[了以]?"
    rf"(?P<said>[^，,。；;：:“”]{{2,40}})的(?P<label>{_PRINCIPLE})"
)
_STATED = re.compile(
    rf"(?P<label>{_PRINCIPLE})(?:是|(?:确?定)?为|[:：])\s*“?(?P<said>[^“”。；;]{{2,40}})(?:”|$|(?=[。；;]))"
)
_FOOTING = "|".join(sorted(vocabulary.FOOTINGS, key=len, reverse=True))
_FOOTED = re.compile(
    rf"以“?(?P<said>(?:(?![，,、]以|为)[^。；;]|为(?!{_FOOTING}|主)){{2,60}})为(?:研[修训]|活动|教研|工作)?(?P<label>{_FOOTING})"
)
_SUMMED_UP = re.compile(
    r"(?<=[一-鿿]{2})[二两三四五六七八九十][个大](?:学科|方面|环节|重点|板块|领域)$"
)
_COUNTED = re.compile(
    r"^[“”\s]*(?:[一-鿿]{1,3}?)(?P<number>[一两二三四五六七八九]|\d)个(?P<label>[一-鿿]{2,4})[”\s]*$"
)
_ANNOUNCED = re.compile(
    r"(?<!第)(?P<number>[二两三四五六七八九]|\d)\s?(?:个|种|项|大|条)?[“”]{0,2}(?P<label>[一-鿿]{1,8}?)[“”]?(?:的[一-鿿]{1,8})?\s*(?:[:：]|[,，](?=即|就是|分别))"
    r"\s*(?:即|就是|分别是)?[“]?(?P<rest>[^。；;]+)"
)
_FOLLOWING = re.compile(
    r"(?:提出|有|作出|做到|形成)?(?:了)?(?:以下|如下)(?:[几一二两三四五六]?[点个条项])?(?P<label>[一-鿿]{2,6})[:：](?P<rest>.+)$"
)
_COMBINED = re.compile(r"^(?:与|和|同)?(.+?)(?:相结合|相统一|有机结合|结合起来)?$")
_BECOMING = re.compile(
    r"(?:转变为|转变成|成为|争做|争当|当好|做一名|做好|打造)(?P<rest>[^。；;]*?“[^。；;]+)"
)
_QUESTION = re.compile(r"“((?:如何|怎样|怎么)[^“”]{2,40})”")
_REFORMED = re.compile(
    r"(?:课改|改革|实验|试点)[^，,。；;]{0,8}?(?P<said>[一二三四五六七八九]年级)"
)
_ROLE_NAME = re.compile(r"“([^“”]{2,10}(?:者|师|人|家|型教师))”")
_THEMES = frozenset({"主题", "专题"})
_SAID_MOST, _SERIES, _ROLES = 60, 3, 2


def read_sayings(reading: Reading) -> Iterator[Finding]:
    """Ideas and principles with their usual name, each part of an announced list for itself."""
    for item in prose_items(reading):
        taken: set[tuple[str, str]] = set()
        for kind, label, part in _said(item):
            if (label, part.text) not in taken and not GAP.search(part.text):
                taken.add((label, part.text))
                yield _finding(reading, item, kind, label, part)
        yield from _formula(reading, item)
        title = reading.sections[item.section - 1].title if item.section else ""
        for match in _ROUND.finditer(item.text) if "主题" in title else ():
            if ("主题", match["said"]) not in taken:
                said = Phrase(match["said"], match.start("said"))
                yield _finding(reading, item, "content", "主题", said)


def _finding(reading: Reading, item: Item, kind: Kind, label: str, part: Phrase) -> Finding:
    line = item.line(part.start)
    value: Value = part.text
    if kind == "content" and label in _THEMES:
        theme = theme_of_no_year(part.text)
        return Finding("theme", part.text, theme, line.number, reading.written[line.number])
    name = part.text if kind == "goal" else label
    return Finding(kind, name, value, line.number, reading.written[line.number])


def _said(item: Item) -> Iterator[tuple[Kind, str, Phrase]]:
    text = item.text
    for pattern in (_QUOTED, _PLAIN, _STATED, _AROUND, _TAKEN):
        for match in pattern.finditer(text):
            for part in _parts(Phrase(match["said"], match.start("said"))):
                yield "content", match["label"], part
    for sentence in sentences(text):
        for match in _FOOTED.finditer(sentence.text):
            start = sentence.start + match.start("said")
            kind: Kind = "goal" if match["label"].endswith(("目标", "宗旨")) else "content"
            for part in _parts(Phrase(match["said"], start), commas=True):
                yield kind, match["label"], part
        yield from _announced(sentence)
        yield from _roles(sentence)
    for match in _QUESTION.finditer(text):
        yield "content", "研究问题", Phrase(match[1], match.start(1))
    for match in _REFORMED.finditer(text):
        yield "content", "课改年级", Phrase(match["said"], match.start("said"))
    yield from _following(text)


def said_spans(text: str) -> list[range]:
    """The places of `text` that are told as sayings, which a reader of lists leaves alone."""
    patterns = (_QUOTED, _PLAIN, _STATED, _FOOTED)
    said = [range(*match.span("said")) for each in patterns for match in each.finditer(text)]
    return said + [
        range(*match.span("rest")) for match in _ANNOUNCED.finditer(text) if _fits(match)
    ]


def _parts(said: Phrase, *, commas: bool = False) -> Iterator[Phrase]:
    """The things said; the stronger mark separates, so that 甲、乙，丙 are two."""
    strong = re.search(r"[，,]", said.text) if commas else None
    if strong:
        found = [
            Phrase(half, said.start + part.start + place)
            for part in clauses(said.text)
            for half, place in _halves(part.text, "以及|和")
        ]
    else:
        found = [
            Phrase(half, said.start + part.start + place)
            for part in pieces(said.text)
            for half, place in (_halves(part.text, "以及") if commas else ((part.text, 0),))
        ]
    for part in found:
        text = bare(_SUMMED_UP.sub("", part.text))
        if 2 <= len(text) <= _SAID_MOST:  # noqa: PLR2004 - a word has two characters
            yield Phrase(text, part.start + part.text.find(text))


def _halves(text: str, joints: str) -> Iterator[tuple[str, int]]:
    place = 0
    for half in re.split(f"({joints})", text):
        if not re.fullmatch(joints, half):
            yield half, place
        place += len(half)


def _announced(sentence: Phrase) -> Iterator[tuple[Kind, str, Phrase]]:
    """三个结合:与……相结合,…: as many parts as announced, else it is no such list."""
    for match in _ANNOUNCED.finditer(sentence.text):
        if not _fits(match):
            continue
        parts = [p for p in re.split(r"[，,、]", match["rest"]) if bare(p)]
        place = match.start("rest")
        for part in parts:
            at = sentence.text.find(part, place)
            place = at + len(part)
            core = _COMBINED.match(bare(part))
            text = uncounted(core[1] if core else part)
            label = match["number"] + "个" * ("个" in match[0]) + match["label"]
            yield "content", label, Phrase(text, sentence.start + at + part.find(text))


def _fits(match: re.Match[str]) -> bool:
    """Whether so many parts follow as were announced."""
    number = numerals.number(match["number"])
    parts = [p for p in re.split(r"[，,、]", match["rest"]) if bare(p)]
    if number is None or len(parts) != number or len(match["label"]) == 1 == number:
        return False
    ones = match["label"].endswith("一")
    return not ones or all(p.strip("“ ").startswith("一") for p in parts)


def _following(text: str) -> Iterator[tuple[Kind, str, Phrase]]:
    """提出如下理念：甲。其次，乙；最后，丙: what follows the announcement, sentence by sentence."""
    match = _FOLLOWING.search(text)
    if not match or re.fullmatch(r"[一-鿿]{0,4}(?:总结|汇报|报告)", match["label"]):
        return
    if wish_at(text) is not None:  # 今后重点抓好以下工作：… is told as what is to come
        return
    for sentence in sentences(match["rest"]):
        said = uncounted(sentence.text)
        if len(said) >= 4:  # noqa: PLR2004 - anything shorter is a left-over
            place = match.start("rest") + sentence.start + sentence.text.find(said)
            yield "content", match["label"], Phrase(said, place)


def _roles(sentence: Phrase) -> Iterator[tuple[Kind, str, Phrase]]:
    """成为“设计者”、“倾听者”: what teachers are to become."""
    for match in _BECOMING.finditer(sentence.text):
        found = list(_ROLE_NAME.finditer(match["rest"]))
        if len(found) >= _ROLES:
            for role in found:
                place = sentence.start + match.start("rest") + role.start(1)
                yield "content", "教师角色", Phrase(role[1], place)


def _formula(reading: Reading, item: Item) -> Iterator[Finding]:
    """突出一个主题,搭建两个平台,落实三个坚持: three or more clauses that each count one thing."""
    run: list[tuple[int, str, int]] = []
    for clause in clauses(item.text):
        match = _COUNTED.match(clause.text.strip())
        counted = numerals.number(match["number"]) if match else None
        if match and counted is not None:
            label = match["label"]
            run.append((int(counted), label, clause.start + clause.text.find(label)))
        elif len(run) >= _SERIES:
            break
        else:
            run = []
    for number, label, place in run if len(run) >= _SERIES else ():
        line = item.line(place)
        yield Finding("content", label, number, line.number, reading.written[line.number], "个")

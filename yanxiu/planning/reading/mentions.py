"""Awards and projects mentioned anywhere in a document."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading

_CLAUSE = re.compile(r"[^。；;，,]+")
_GOES_ON = re.compile(r"并|予以|给予|进行")
_AWARD = re.compile(
    r"(?:给予|予以|进行).{0,6}?(?:奖励|表彰|嘉奖)|表彰奖励|设立.{0,4}奖|评[选比][^，,。；;]{0,8}(?:优秀|先进|最美|首席|明星)|荣誉称号|奖项进行|(?:颁发|发放|发给)[^，,。；;]{0,8}(?:证书|奖)|评出[^，,。；;]{0,8}奖|(?:颁|发[放给]?)奖|奖励[^，,。；;]{0,10}元|优先(?:考虑|晋升|推荐|评聘?|聘)"
)
_HONOUR = re.compile(
    r"(?:被评为|被授予|被命名为|荣获|获评|授予|获(?!得过)得?|夺得|捧回|拿[了到](?=[^，,。；;“”]{0,20}(?:奖|名|军))|(?<=[中上里赛])得)了?[“]?(?P<name>第[一二三]名|[^，,。；;“”]{2,24}?(?:称号|奖|荣誉|先进[一-鿿]{0,8}|示范[一-鿿]{1,6}|优秀[一-鿿]{1,8}|标兵|能手|名师|文明岗|示范岗|第[一二三]名|[冠亚季]军))(?=[”，,。；;、]|$)"
)
_NAMED_PROJECT = re.compile(
    r"(?:项目|课题)[^，,。；;“”《》]{0,4}(?P<after>(?:[“《][^“”《》]{6,40}[”》][、和与及]?)+)"
    r"|[“《](?P<before>[^“”《》]{6,40})[”》](?:这一|的)?[一-鿿]{0,4}(?:项目|课题|行动)"
    r"|“(?P<named>[^“”《》、，,]{4,36}(?:行动|项目|课题|实验|研究))”"
)
_EACH_TITLE = re.compile(r"[“《]([^“”《》]{6,40})[”》]")
_CHOSEN = re.compile(
    r"(?:评选|评出|表彰|授予|评为|荣获|获得?(?!奖)|命名为)[^，,。；;:：]{0,4}“[^，,。；;]+"
)
_INVITED = re.compile(
    r"(?:邀请|聘请|特邀|请来|请)(?:了|到)?(?P<who>[^，,。；;、和与及“”\d]{2,14}?(?:专家|教授|教研员|治疗师|名师|特级教师|工程师|研究员|院长|医生|讲师))"
    r"(?=[一-鿿]{0,4}(?:来校|到校|入校|进校|来园|入园|入组|指导|作|做|开展|讲|担任|把脉|授课|点评)|[，,。；;]|$)"
)
_QUOTED = re.compile(r"“([^“”]{2,20})”")
_TITLE = re.compile(r"(?:授予|评为|命名为|评选出?|评出)[“](?P<name>[^“”]{2,20})[”](?:称号|荣誉)?")
_RANKED = re.compile(
    r"(?:被评为|被授予|被命名为|被认定为|被确定为|被聘为|晋升为)了?(?P<name>[^，,。；;“”\d]{3,20})(?=[，,。；;]|$)"
)
_STAR = re.compile(
    r"“(?P<name>[^“”]{0,10}(?:之星|标兵|能手|先进[^“”]{0,8}|优秀[^“”]{0,8}|明星[^“”]{0,4}|新秀|模范[^“”]{0,6}|文明岗|最美[^“”]{0,6}))”"
)
_PROJECT = re.compile(r"《([^》]{4,60}(?:研究|实践|探索|探究))》")


def read_mentions(reading: Reading) -> Iterator[Finding]:
    """Clauses that tell of an award, honours, and titles of projects where they stand first."""
    titles: dict[str, None] = {}
    for item in reading.items:
        for clause in _CLAUSE.finditer(item.text):
            if _AWARD.search(clause[0]):
                start = _opening(item.text, clause)
                name = item.text[start : clause.end()].strip()
                yield _finding(reading, item, "award", name, start)
        aimed = reading.kind == "plan" and item.topic == "goal"
        for match in (
            ()
            if aimed
            else (
                *_HONOUR.finditer(item.text),
                *_TITLE.finditer(item.text),
                *_RANKED.finditer(item.text),
                *_STAR.finditer(item.text),
            )
        ):
            yield _finding(reading, item, "award", match["name"], match.start("name"))
        yield from _experts(reading, item)
        yield from _chosen(reading, item)
        # 课题研究“重立项轻过程”, among problems, is what is wrong and no title.
        for title in _projects(item.text) if item.topic != "problem" else ():
            titles.setdefault(title)
    number = reading.part.title_line
    for title in _projects(reading.part.title) if number else ():
        if title not in titles and number:
            yield Finding("project", title, title, number, reading.written[number])
    for title in titles:
        item, place = next((i, p) for i in reading.items if (p := i.text.find(title)) >= 0)
        yield _finding(reading, item, "project", title, place)


def _experts(reading: Reading, item: Item) -> Iterator[Finding]:
    """邀请市医院治疗师来校指导: who comes from outside, if that is told."""
    for match in _INVITED.finditer(item.text) if "请" in item.text else ():
        if not GAP.search(match["who"]):
            line = item.line(match.start("who"))
            written = reading.written[line.number]
            yield Finding("role", "专家", match["who"], line.number, written)


def _chosen(reading: Reading, item: Item) -> Iterator[Finding]:
    """评选“甲”20名、“乙”3个: every title that is given."""
    for clause in _CHOSEN.finditer(item.text):
        for match in _QUOTED.finditer(clause[0]):
            yield _finding(reading, item, "award", match[1], clause.start() + match.start(1))


def _projects(text: str) -> Iterator[str]:
    """Titles of projects: those that end like one, and quotations called 项目 or 课题."""
    for match in _PROJECT.finditer(text):
        yield match[1]
    for match in _NAMED_PROJECT.finditer(text):
        if match["after"]:
            yield from (title[1] for title in _EACH_TITLE.finditer(match["after"]))
        else:
            yield match["before"] or match["named"]


def _opening(text: str, clause: re.Match[str]) -> int:
    """Where the promise begins: 并予以表彰 goes on with the clauses before it."""
    if not _GOES_ON.match(clause[0].strip()):
        return clause.start()
    ends = [text.rfind(mark, 0, clause.start()) for mark in "。；;"]
    return max(ends) + 1


def _finding(reading: Reading, item: Item, kind: Kind, name: str, place: int) -> Finding:
    line = item.line(place)
    return Finding(kind, name, name, line.number, reading.written[line.number])

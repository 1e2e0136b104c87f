"""Who does what: the duty that a sentence gives to a body or a post."""

import re
from collections.abc import Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import bare, clauses, uncounted
from yanxiu.planning.reading.roles import SURNAMES

_BODIES = (
    "[一-鿿]{1,3}股|[一-鿿]{0,6}?(?:领导小组|工作小组|指导小组|考核小组|党支部|党总支|教导处|教务处"
    "|[一-鿿]{1,4}(?:发展处|发展部|科研处|研训处|保教处|学生处)|教科室|科研室|教研室|校长室|发展中心|研训中心|教学中心|学生中心|校务会|工会|办公室|中心教研组|副?组长|总务处|后勤处|年级组|教研组|备课组)"
)
_ALONE = frozenset({"亲自抓", "具体抓", "直接抓", "配合抓", "牵头", "主抓", "主管", "分管"})
_NAME = rf"[{SURNAMES}](?![一-鿿]?[处室组部会办校师长员方任问导])[一-鿿]{{1,2}}"
_BY_NAMES = re.compile(
    rf"(?:^|(?<=[，,。；;、：:]))(?P<what>[一-鿿“”]{{2,12}}?)?由(?P<names>{_NAME}(?:[、和]{_NAME})*)"
    r"(?:具体|主要|专门|共同)?(?:负责[一-鿿]{0,4}|承担|主持)(?=[，,。；;]|$)"
)
_PERSON = re.compile(rf"(?P<name>{_NAME})(?:老师)?\s*[:：]\s*(?P<duty>[^:：]{{2,40}}?)[。；;]?")
_HELD = re.compile(rf"由?(?P<name>{_NAME}|单(?![位元周])[一-鿿]{{1,2}})(?:同志|老师)?(?:兼任|担任)")
_EXPLAINS = re.compile(r"负责解释|解释权")
_TELLING = 4  # 负责 alone does not say of what
_APPOINTED = re.compile("兼任|担任|设在|挂靠")
_ANSWERS = re.compile(
    "负责|管理|操作|实施|指导|监督|统筹|分管|主[管抓]|牵头|落实|协调|督促|提供|抓|承担"
)
_HOLDER = re.compile(rf"{POSTS}|教导处|教务处|教科室|科研室|办公室")
_LABEL = re.compile(
    rf"(?P<body>[一-鿿、]{{0,8}}?(?:{POSTS}|[室处组部办会科]|书记|教师|教研员|联络员|班主任))\s*[:：]\s*(?P<duty>.{{4,}})"
)
_BRACKETED = re.compile(
    r"(?P<what>[一-鿿“”]{2,16})[(（](?:由)?(?P<who>[^()（），,。；;]{2,12}?)(?:具体|主要|牵头)?负责[)）]"
)
_ONE = re.compile(
    r"(?:明确|确定|指定|安排|落实|设立?|配备)(?:了|好)?(?:一|1|专)[名位]?"
    rf"(?P<who>(?:分管|业务|教学)?{POSTS}|[一-鿿]{{1,6}}?(?:教师|干部|领导|人员|[^师]员|人))"
    r"(?P<duty>(?:具体|专门|专职|全面)?(?:负责|分管|主抓|管理)[^，,。；;]{0,16})"
)
_BY = re.compile(
    r"(?:^|(?<=[，,。；;、：:]))(?P<what>[一-鿿“”]{2,12}?)由(?P<who>[一-鿿]{1,3}(?:老师|同志))(?:具体|主要|专门|统一)?(?:负责|承担|主持|记录|管理)"
)
_NAMED = re.compile(r"[一-鿿、，,\s]{2,24}[(（][^()（）]{2,16}[)）][。；;]?")
_PARTED = re.compile(r"分工|职责|机构|组织|领导|责任|义务")
_LEADS = re.compile(r"^(?:常务)?副?组$|组长|组员|成员")
_OURS = re.compile(r"^(?:[由以]|我校|学校的?)+(?=..)")
_DUTY = re.compile(
    rf"^(?:[^，,]{{0,10}}由)?(?P<body>{_BODIES}|(?:分管|主管)?(?:教学|业务|科研)?(?:的)?{POSTS})"
    r"(?P<duty>(?:直接|具体|全面|共同|统一|主要|亲自|专门|协助|配合|参与)?(?:负责|管理|操作|实施|指导|监督|统筹|分管|主管|主抓|牵头|落实|协调|组织实施|督促|提供|抓|承担)[一-鿿、]{0,30})$"
)


def read_duties(reading: Reading) -> Iterator[Finding]:
    """One finding for each body or post and what it answers for."""
    for item in reading.items:
        if item.month or item.paragraph.lines[0].cells:
            continue
        yield from _labelled(reading, item)
        yield from _bracketed(reading, item)
        yield from _named(reading, item)
        for carried in _BY.finditer(item.text) if "由" in item.text else ():
            yield _carrier(reading, item, carried)
        if not _ANSWERS.search(item.text):
            continue
        yield from _persons(reading, item)
        yield from _carried(reading, item)
        for clause in clauses(item.text):
            said = uncounted(clause.text)
            match = _DUTY.match(said)
            if (
                not match
                or _EXPLAINS.search(said)
                or (len(bare(match["duty"])) < _TELLING and match["duty"] not in _ALONE)
            ):
                continue
            body = _OURS.sub("", match["body"])
            place = clause.start + clause.text.find(said) + match.start("body")
            line = item.line(place)
            value: dict[str, object] = {"post": body, "name": None, "duty": bare(match["duty"])}
            yield Finding("role", body, value, line.number, reading.written[line.number])


def _labelled(reading: Reading, item: Item) -> Iterator[Finding]:
    """教导处：制定计划，组织实施。: a body or a post with its duties, where duties are parted."""
    title = reading.sections[item.section - 1].title if item.section else ""
    person = _PERSON.fullmatch(item.text.strip()) if "分工" in title else None
    if person:  # 曹敏：全面工作、课题
        line = item.line()
        value: dict[str, object] = {"post": None, **person.groupdict()}
        yield Finding("role", person["name"], value, line.number, reading.written[line.number])
        return
    match = _LABEL.fullmatch(item.text.strip())
    if match and _NAMED.fullmatch(match["duty"]):  # 主任：凌某（副校长）: a person and no duty
        return
    if match and _PARTED.search(title) and not _LEADS.search(match["body"]):
        line = item.line()
        duty = bare(match["duty"])
        value = {"post": match["body"], "name": None, "duty": duty}
        yield Finding("role", match["body"], value, line.number, reading.written[line.number])


def _bracketed(reading: Reading, item: Item) -> Iterator[Finding]:
    """大教研（邱主任负责）: who answers for what is named before the bracket."""
    for match in _BRACKETED.finditer(item.text):
        line = item.line(match.start("who"))
        who, what = match["who"], bare(match["what"])
        value: dict[str, object] = {"post": who, "name": None, "duty": what}
        yield Finding("role", who, value, line.number, reading.written[line.number])


def _persons(reading: Reading, item: Item) -> Iterator[Finding]:
    """奥赛辅导每周2次，由汤明、焦阳负责: persons by name, for what the words before them tell."""
    for match in _BY_NAMES.finditer(item.text) if "由" in item.text else ():
        before = bare(match["what"] or re.split(r"[。；;]", item.text[: match.start()])[-1])
        for name in re.split("[、和]", match["names"]):
            line = item.line(match.start("names"))
            value: dict[str, object] = {"post": None, "name": name, "duty": before or None}
            yield Finding("role", name, value, line.number, reading.written[line.number])


def _carrier(reading: Reading, item: Item, match: re.Match[str]) -> Finding:
    """考勤由翁老师负责: who does it stands between it and 负责."""
    line = item.line(match.start("who"))
    value: dict[str, object] = {"post": match["who"], "name": None, "duty": match["what"]}
    return Finding("role", match["who"], value, line.number, reading.written[line.number])


def _named(reading: Reading, item: Item) -> Iterator[Finding]:
    """明确一名副校长具体负责: one person who is to answer, by post."""
    for match in _ONE.finditer(item.text) if "一" in item.text or "专" in item.text else ():
        line = item.line(match.start("who"))
        duty = match["duty"]
        value: dict[str, object] = {"post": match["who"], "name": None, "duty": duty}
        yield Finding("role", match["who"], value, line.number, reading.written[line.number])


def _carried(reading: Reading, item: Item) -> Iterator[Finding]:
    """由教导主任兼任办公室主任，负责日常工作: a duty of the post named in the clause before."""
    before: str | None = None
    name: str | None = None
    for clause in clauses(item.text):
        said = clause.text.strip()
        if before and said.startswith("负责") and len(said) > _TELLING:
            line = item.line(clause.start)
            value: dict[str, object] = {"post": before, "name": name, "duty": said}
            yield Finding("role", before, value, line.number, reading.written[line.number])
        posts = _HOLDER.findall(said) if _APPOINTED.search(said) else ()
        before = posts[0] if posts else None
        held = _HELD.match(said)
        name = held["name"] if held else None  # 甲兼任办公室主任，负责日常工作

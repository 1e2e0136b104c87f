"""How often something is done: 每周, 每两周, 一学期一次, with or without a number of times."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, amounts_in, clauses, uncounted
from yanxiu.planning.reading.prose import prose_items

PERIODS = (
    ("two_weeks", r"每[两二2]周|(?<!少于)(?<!至少)(?<!为期)[两二2]周(?![内前后])|隔周|双周"),
    ("half_month", r"每半个?月|半个月|半月(?![谈刊])"),
    ("two_months", r"每(?:隔)?[两二2]个?月"),
    ("quarter", r"每(?:一|1)?个?季度"),
    ("half_year", r"每半年"),
    (
        "week",
        r"每(?:一|1)?(?:个)?(?:周|星期)(?![一二三四五六日天](?![次节篇场个回堂本查测评研练读议思得]))",
    ),
    ("month", r"每(?:一|1)?个?月"),
    ("term", r"每(?:一|1)?个?学期|(?<!第)[一本全]学期|全期(?!间)"),
    ("school_year", r"每(?:一|1)?个?学年|(?<!第)[一本全]学年"),
    ("year", r"每年|(?<![第下])一年(?:之?内|(?![度级]))|全年"),
    ("day", r"每天|每日"),
)  # fmt: skip
"""The name of each period and how it is written."""

PERIOD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PERIODS))
_EVERY = re.compile(
    r"(?P<two_weeks>每[两二2]周|隔周|双周)|(?P<half_month>每半个?月)|(?P<two_months>每隔?[两二2]个?月)|(?P<quarter>每(?:一|1)?个?季度)|(?P<week>每(?:一|1)?个?(?:周|星期)(?![一二三四五六日天](?![次节篇场个回堂本查测评研练读议思得])))"
    r"|(?P<month>每(?:一|1)?个?月)|(?P<half_year>每半年)|(?P<term>每(?:一|1)?个?学期|(?<=分)学期)"
    r"|(?P<school_year>每(?:一|1)?个?学年)|(?P<year>每年)|(?P<day>每天|每日)"
)
_DONE = re.compile(
    "进班|学习|练|查|活动|检查|例会|教研|备课|研讨|培训|考查|反思|巡课|听课|抽查|督导|督查|评选|评比|表彰|总结|计划|开放|交流|测试|沙龙|阅读|测|考|评"
)
_ONCE_EACH = re.compile(r"^各(?:全面)?(?:进行|开展|组织|举行|召开)?一次(?=[一-鿿]{2})")
_INSPECTED = re.compile(
    r"对?(?P<what>[一-鿿、]{2,24}?)(?:的?情况)?(?:进行|开展)(?P<deed>(?:随机|全面)?(?:抽查|检查|督查|考核|反馈|评比))"
)
_SHORT_OF = re.compile(
    r"(?:^|(?<=做到|坚持|实行|推行))(?P<when>[日周月])(?P<what>(?:查|测|评|检|考|报|结)[一-鿿]{0,6})$"
)
"""周查教案, 月查作业."""
_ALTERNATE = re.compile(
    r"(?:^|(?<=\s))(?P<what>[一-鿿]{2,10}?)(?:逢)?[单双]周(?:进行|开展|举行|举办|组织|召开)(?:一次)?$"
)
"""备课组活动双周进行."""
EACH_YEAR_IN_MONTH = r"每年的?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
_IN_A_MONTH = re.compile(
    rf"{EACH_YEAR_IN_MONTH}(?:[上中下]旬|[初底])?"
    r"(?:集中|统一|定期)?(?:举行|举办|组织|开展|召开|进行|评选)(?P<what>[^，,。；;]{0,24})"
)
"""每年12月组织校本研修专项督导: once a year, at a time of its own."""
_ONE_TIME = re.compile(r"(?:一|1)[次届期](?P<what>[一-鿿]{2,16})?$")
_SHORT_NAMES = {"日": "day", "周": "week", "月": "month"}
_NOT_DONE = re.compile(
    r"(?:的?第[一二三四]个?|的?最后一个|首个)(?:周|星期|工作日)|月份|周[一二三四五六日]|以来|工作安排表|[^，,]*的(?:资料|材料|内容)$"
)
_LEAD = re.compile(
    r"^[初中末底]?(?:除了|要|都要?|还要?|我们|学校|中心校|均|的|，|对|坚持|组织|开展|进行|由|常规的|定期)+"
)
_MOMENTS = re.compile(
    r"(?:开?学期?初|期初|学期中|期中|学期末|期末|年初|年中|年末|年终)(?:[、和及](?:开?学期?初|期初|学期中|期中|学期末|期末|年中|年末|年终))+"
)
_DEED = re.compile(r"制[定订]|召开|举[行办]|开展|组织|进行|评选")
_SERIES = re.compile(r"、(?=每|[周月](?:查|测|评|检|考|报|结))")
_LONGEST, _SHORT, _FOLLOWING = 20, 6, 5


def period_in(text: str) -> str | None:
    """The first 每周, 每月 … in `text` as the name of the period."""
    match = _EVERY.search(text)
    return match.lastgroup if match else None


def read_yearly(reading: Reading) -> Iterator[Finding]:
    """What is done once a year in its month, wherever it is told."""
    for item in reading.items:
        if not item.month and not item.paragraph.lines[0].cells and "每年" in item.text:
            for clause in clauses(item.text):
                found = _yearly(reading, item, clause)
                if found:
                    yield found


def read_frequencies(reading: Reading) -> Iterator[Finding]:
    """What is done every week or month without a number: once each time, marked as inferred."""
    for item in prose_items(reading):
        seen: set[tuple[str, str]] = set()
        told = list(_parts(item.text))
        for place, clause in enumerate(told):
            for finding in _often(reading, item, clause, told[place + 1 : place + _FOLLOWING]):
                known = (finding.name, finding.period or "")
                if known not in seen:
                    seen.add(known)
                    yield finding


def _yearly(reading: Reading, item: Item, clause: Phrase) -> Finding | None:
    """What is done once a year in its month; named by the head where the clause names nothing."""
    match = _IN_A_MONTH.search(clause.text)
    if match is None:
        return None
    once = _ONE_TIME.search(match["what"])
    what = match["what"] if once is None else once["what"] or match["what"][: once.start()]
    name = uncounted(what).strip() or (item.head if item.body else "")
    if not name or (once is None and amounts_in(what)):
        return None
    line = item.line(clause.start + match.start())
    written = reading.written[line.number]
    return Finding(
        "rhythm", name[:_LONGEST], 1, line.number, written, "次", None, "year", inferred=True
    )


def _parts(text: str) -> Iterator[Phrase]:
    """The clauses, and of 每周自查、每月互查、每学期普查 each for itself."""
    for clause in clauses(text):
        begin = 0
        for joint in _SERIES.finditer(clause.text) if "、" in clause.text else ():
            yield Phrase(clause.text[begin : joint.start()], clause.start + begin)
            begin = joint.end()
        yield Phrase(clause.text[begin:], clause.start + begin) if begin else clause


def _often(
    reading: Reading, item: Item, clause: Phrase, following: list[Phrase]
) -> Iterator[Finding]:
    brief = _SHORT_OF.search(clause.text.strip())
    if brief:
        line = item.line(clause.start)
        written = reading.written[line.number]
        period = _SHORT_NAMES[brief["when"]]
        yield Finding(
            "rhythm", brief["what"], 1, line.number, written, "次", None, period, inferred=True
        )
        return
    by_turns = _ALTERNATE.search(clause.text.strip())
    if by_turns:
        line = item.line(clause.start)
        written = reading.written[line.number]
        what = by_turns["what"]
        yield Finding(
            "rhythm", what, 1, line.number, written, "次", None, "two_weeks", inferred=True
        )
        return
    match = _EVERY.search(clause.text)
    if not match or _NOT_DONE.match(clause.text, match.end()):
        return
    done, times = _done(clause.text, match.end())
    deed = _DONE.search(done)
    if times and not deed and len(done.strip()) <= _SHORT:  # 每学期开学前，由各组制定计划
        done = next((each.text for each in following if _DEED.search(each.text)), "")
        deed = _DONE.search(done)
    if not deed or not times:
        return
    name = uncounted(_ONCE_EACH.sub("", _LEAD.sub("", done.strip())))
    inspected = _INSPECTED.fullmatch(name)
    if inspected:  # 对教师的备课情况进行抽查
        name = f"{inspected['deed']}{inspected['what']}"
    name = name if len(name) <= _LONGEST else deed[0]
    line = item.line(clause.start + match.start())
    yield Finding(
        "rhythm",
        name,
        times,
        line.number,
        reading.written[line.number],
        "次",
        None,
        match.lastgroup,
        inferred=True,
    )


def _done(text: str, since: int) -> tuple[str, int]:
    """What is done, and how often by the moments listed; 0 where a number says it better."""
    moments = _MOMENTS.search(text)
    if moments:
        amounts = amounts_in(text[moments.end() :])
        each = not amounts or amounts[0].value == 1
        return text[moments.end() :], len(re.split(r"[、和及]", moments[0])) if each else 0
    return text[since:], 0 if amounts_in(text[since:]) else 1

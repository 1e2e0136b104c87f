"""How often something is done: 每周, 每两周, 一学期一次, with or without a number of times."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import Phrase, amounts_in, clauses, uncounted
from yanxiu.planning.reading.prose import prose_items

PERIODS = (
    ("two_weeks", r"每?[两二2]周|隔周|双周"),
    ("half_month", r"每半个?月|半个月|半月(?![谈刊])"),
    ("two_months", r"每(?:隔)?[两二2]个?月"),
    ("quarter", r"每(?:一|1)?个?季度"),
    ("half_year", r"每半年"),
    (
        "week",
        r"每(?:一|1)?(?:个)?(?:周|星期)(?![一二三四五六日天](?![次节篇场个回堂本查测评研练读议思得]))",
    ),
    ("month", r"每(?:一|1)?个?月"),
    ("term", r"每(?:一|1)?个?学期|(?<!第)[一本全]学期"),
    ("school_year", r"每(?:一|1)?个?学年|(?<!第)[一本全]学年"),
    ("year", r"每年|(?<!第)一年|全年"),
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
    "进班|学习|练|查|活动|检查|例会|教研|备课|研讨|培训|考查|反思|巡课|听课|抽查|督导|督查|评选|评比|表彰|总结|计划|开放|交流|测试|沙龙|阅读"
)
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
_LONGEST, _SHORT, _FOLLOWING = 20, 6, 5


def period_in(text: str) -> str | None:
    """The first 每周, 每月 … in `text` as the name of the period."""
    match = _EVERY.search(text)
    return match.lastgroup if match else None


def read_frequencies(reading: Reading) -> Iterator[Finding]:
    """What is done every week or month without a number: once each time, marked as inferred."""
    for item in prose_items(reading):
        seen: set[tuple[str, str]] = set()
        told = list(clauses(item.text))
        for place, clause in enumerate(told):
            for finding in _often(reading, item, clause, told[place + 1 : place + _FOLLOWING]):
                known = (finding.name, finding.period or "")
                if known not in seen:
                    seen.add(known)
                    yield finding


def _often(
    reading: Reading, item: Item, clause: Phrase, following: list[Phrase]
) -> Iterator[Finding]:
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
    name = uncounted(_LEAD.sub("", done.strip()))
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
        return text[moments.end() :], len(re.split(r"[、和及]", moments[0]))
    return text[since:], 0 if amounts_in(text[since:]) else 1

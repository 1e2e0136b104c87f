"""Amounts: what each must do in a period (quota), how often (rhythm), what was done (quantity)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from yanxiu.planning.reading.findings import Finding, Kind
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.names import name_of
from yanxiu.texts.quantities import Quantity, find_quantities

_SENTENCE = re.compile(r"[^。；;！!\n]+")
_CLAUSE = re.compile(r"(?:[^，,]|(?<=\d)[，,](?=\d{3}))+")  # 1,260 is one number
_CIRCLE = (
    "新(?:入职)?教师|青年教师|年轻教师|骨干教师|党员教师|中层(?:干部|领导)?|行政(?:领导|人员)"
    "|教研组长|备课组长|班主任|校长|教导主任|教研员|师傅|徒弟|学科带头人"
)
_PER = re.compile(
    rf"(?P<circle>{_CIRCLE})(?:每人|人均|(?=(?:每|一|本)(?:学期|学年|年|月|周)))"
    rf"|每[位名个](?P<each>{_CIRCLE})|其中(?P<among>{_CIRCLE})"
    r"|(?P<teacher>每[位名个]?(?:教师|老师|教职工)|每人|人均|(?:教师|老师|教职工)(?=(?:每|一|本)(?:学期|学年|年|月|周)))"
    r"|(?P<group>每个?(?:教研|备课|学科)?组|各(?:教研|备课|学科)组)"
    r"|(?P<school>每(?:所|个)?(?:学校|校)|各校)"
)
_PERIODS = (
    ("two_weeks", r"每?[两二2]周|隔周|双周"),
    ("half_month", r"每?半个?月"),
    ("half_year", r"每半年"),
    ("week", r"每(?:一|1)?(?:个)?(?:周|星期)"),
    ("month", r"每(?:一|1)?个?月"),
    ("term", r"每(?:一|1)?个?学期|(?<!第)(?:一|本)学期"),
    ("school_year", r"每(?:一|1)?个?学年|(?<!第)(?:一|本)学年"),
    ("year", r"每年|(?<!第)一年"),
    ("day", r"每天|每日"),
)
_PERIOD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PERIODS))
_DURATIONS = frozenset(
    [
        "周",
        "月",
        "个月",
        "学期",
        "学年",
        "名",
        "位",
        "人",
        "字",
        "分钟",
        "分",
        "元",
        "所",
        "种",
        "条",
        "步",
        "套",
        "支",
        "门",
        "间",
    ]
)
_CREDITS = frozenset({"学分", "学时", "课时", "个学时", "个课时"})
_COUNTED = frozenset(
    [
        "节",
        "堂",
        "篇",
        "场",
        "次",
        "本",
        "册",
        "项",
        "份",
        "件",
        "学时",
        "课时",
        "个学时",
        "个课时",
        "人次",
        "人",
        "名",
        "位",
        "小时",
        "个小时",
        "天",
        "个工作日",
        "工作日",
        "%",
        "轮",
        "期",
    ]
)
_THINGS = re.compile(
    r"^(?:[一-鿿]{0,8})(?:课题|项目|案例|专题|教研组|备课组|协作区|联片|工作室|工作坊|微课|课例|作品|奖)"
)
_NAME = 20
_THING = re.compile(r"的?[一-鿿]{2}")
_FREQUENT = frozenset({"day", "week", "two_weeks", "half_month", "month"})


@dataclass
class _Context:
    """Whom and which period the clauses of a sentence go on speaking of."""

    per: str | None = None
    period: str | None = None
    names: dict[str, str] = field(default_factory=dict)


def read_amounts(reading: Reading) -> Iterator[Finding]:
    """Quotas and rhythms; in a plan also targets in per cent, in a summary what was counted."""
    seen = set()
    for item in reading.items:
        if item.month or item.paragraph.lines[0].cells:
            continue
        for sentence in _SENTENCE.finditer(item.text):
            for finding in _sentence(reading, item, sentence):
                known = (finding.name, finding.value, finding.unit)
                if finding.kind != "quantity" or known not in seen:
                    seen.add(known)
                    yield finding


def _sentence(reading: Reading, item: Item, sentence: re.Match[str]) -> Iterator[Finding]:
    if not re.search(r"[\d０-９〇一二三四五六七八九十百两]", sentence[0]):
        return
    context = _Context()
    for clause in _CLAUSE.finditer(sentence[0]):
        if reading.kind == "summary":  # a plan's sentence keeps to one subject, a tale does not
            context = _Context(names=context.names)
        yield from _clause(reading, item, context, clause[0], sentence.start() + clause.start())


def _clause(
    reading: Reading, item: Item, context: _Context, text: str, place: int
) -> Iterator[Finding]:
    named_at = _update(context, text)
    quantities = find_quantities(text)
    since = [0, *(quantity.end for quantity in quantities)]
    until = [*(quantity.start for quantity in quantities[1:]), len(text)]
    for quantity, start, end in zip(quantities, since, until, strict=False):
        kind = _kind(reading, context, quantity, text)
        if kind is None:
            continue
        begin = max(start, named_at) if named_at <= quantity.start else start
        after = text[quantity.end : end]
        if end < len(text):  # what stands before the next number belongs to that one
            after = re.split(r"、|以及|并|和", after)[0] if re.search(r"[、和并]", after) else after
        before = text[begin : quantity.start] + quantity.between
        name = name_of(before, after, quantity.unit, usual=kind != "quantity")
        name = name or name_of(_plain_subject(text[: quantity.start]), "", quantity.unit)
        name = name or context.names.get(quantity.unit, "")
        name = name or (item.head if len(item.head) <= _NAME else after.strip()[:_NAME])
        name = name or quantity.unit
        context.names[quantity.unit] = name
        line = item.line(place + quantity.start)
        often = kind in {"quota", "rhythm"}
        yield Finding(
            kind,
            name,
            _plain(quantity),
            line.number,
            reading.written[line.number],
            quantity.unit,
            quantity.qualifier,
            period=context.period if often else None,
            per=context.per if kind == "quota" else None,
        )


def _plain(quantity: Quantity) -> int | Decimal:
    value = quantity.value
    return int(value) if value == value.to_integral_value() else value


def without_circumstances(clause: str) -> str:
    """What follows the last words of `clause` that say for whom or how often."""
    return clause[_update(_Context(), clause) :]


def _plain_subject(clause: str) -> str:
    return _PER.sub("", _PERIOD.sub("", clause))


def _update(context: _Context, clause: str) -> int:
    """Take over whom and when the clause names; give the place behind the last of them."""
    end = 0
    per = _PER.search(clause)
    if per:
        circle = per["circle"] or per["each"] or per["among"]
        context.per = circle or per.lastgroup
        end = per.end()
    for match in _PERIOD.finditer(clause):
        context.period = match.lastgroup
        end = max(end, match.end())
    return end


def _is_foreign(reading: Reading, quantity: Quantity, clause: str) -> bool:
    """Whether the quantity is no amount of training work, or is told by the credit rules."""
    lead = clause[max(quantity.start - 1, 0) : quantity.start]
    if lead and lead in "每第_＿前后":
        return True
    if quantity.unit == "个" and not _THING.match(clause[quantity.end :]):
        return True
    return reading.kind == "plan" and quantity.unit in _CREDITS | _DURATIONS


def _kind(reading: Reading, context: _Context, quantity: Quantity, clause: str) -> Kind | None:
    """What the quantity is, or None if it is no amount of training work."""
    if _is_foreign(reading, quantity, clause):
        return None
    if quantity.unit == "%":
        return "target" if reading.kind == "plan" else "quantity"
    counted = _counted(quantity, clause) if reading.kind == "summary" else None
    if context.period and quantity.unit not in _DURATIONS:
        if not context.per and context.period in _FREQUENT:
            return "rhythm"
        return "quota" if _is_demand(reading, context, quantity) else counted
    return "quota" if context.per and reading.kind == "plan" else counted


def _is_demand(reading: Reading, context: _Context, quantity: Quantity) -> bool:
    """In a summary, 本学期 with a number tells what was done, unless it is so for each."""
    return reading.kind == "plan" or bool(context.per) or quantity.qualifier == "at_least"


def _counted(quantity: Quantity, clause: str) -> Kind | None:
    vague_one = quantity.value == 1 and quantity.qualifier in {"exact", "about"}
    if vague_one:
        return None
    if quantity.unit == "个":
        return "quantity" if _THINGS.match(clause[quantity.end :]) else None
    return "quantity" if quantity.unit in _COUNTED else None

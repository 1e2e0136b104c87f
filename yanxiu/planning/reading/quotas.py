"""Amounts: what each must do in a period (quota), how often (rhythm), what was done (quantity)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from yanxiu.planning.reading.amount_kinds import kind_of
from yanxiu.planning.reading.amount_names import CLAUSE, NUMERAL, amount_name
from yanxiu.planning.reading.circles import CIRCLE, Context, plain_subject, update
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading, split_head
from yanxiu.planning.reading.leads import lead_in
from yanxiu.planning.reading.names import name_of
from yanxiu.planning.reading.phrases import amounts_in
from yanxiu.planning.reading.turns import wish_at
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity

_SENTENCE = re.compile(r"[^。；;！!\n]+")
_TITLE = re.compile(r"《[^《》]*》")
_ELLIPTIC = re.compile(
    rf"(?=每(?:[两二半一1]?个?)(?:周|月|学期|学年|季度|年))|(?:和|及|以及|并)?(?:{numerals.PATTERN}[节堂篇本册份次个]|撰写|写|听|上|读|交|做|完成|执教|{CIRCLE}"
    r"|[一-鿿]{2,8}?(?:不少于|不低于|不得少于|至少))"
)
_RESPECTIVE = re.compile(
    rf"(?P<who>(?:[一-鿿]{{0,4}}?(?:{CIRCLE}|副校长|主任|组长|教师|干部|领导)[、和及与]?){{2,}})[^，,]{{0,12}}分别"
)
_OTHERS = re.compile(r"每(?:个?学?科|个?班|室|坊|生)(?!组|务)")
_ANNOUNCING = re.compile(r"(?<=[一-鿿])[:：]")
_NAMELESS = re.compile(rf"第[一二三四五]个|每[一-鿿]{{1,2}}{numerals.PATTERN}?[次节]|次$")
_TIER = re.compile(rf"(?:对|针对)?({CIRCLE})")
_ABOUT = re.compile(
    rf"(?:对|针对)?({CIRCLE})(?:[(（][^()（）]*[)）])?(?:实施|完成|做到|[要须应每]|必须|[:：])"
)
_BOUNDS = (
    ("at_least", re.compile(r"不低于|不少于|不得低于|高于")),
    ("at_most", re.compile(r"不超过|不高于|不得超过|控制在|低于")),
)


def read_amounts(reading: Reading) -> Iterator[Finding]:
    """Quotas and rhythms; in a plan also targets in per cent, in a summary what was counted."""
    seen = set()
    for place, item in enumerate(reading.items):
        if item.month or item.paragraph.lines[0].cells:
            continue
        if item.topic == "problem" and reading.kind == "summary":
            continue
        lead = lead_in(reading, place)
        for sentence in _SENTENCE.finditer(item.text):
            for finding in _sentence(reading, item, sentence, lead):
                known = (finding.name, finding.value, finding.unit)
                if finding.kind != "quantity" or known not in seen:
                    seen.add(known)
                    yield finding


def _sentence(
    reading: Reading, item: Item, sentence: re.Match[str], lead: Context
) -> Iterator[Finding]:
    if not NUMERAL.search(sentence[0]):
        return
    if reading.kind == "summary":
        since = wish_at(item.text)
        if since is not None and sentence.start() >= since:
            item = replace(item, topic="next")
    context = replace(lead, names={})
    context.per = context.per or _circle_of(reading, item)
    for clause in CLAUSE.finditer(sentence[0]):
        if reading.kind == "summary":  # a plan's sentence keeps to one subject, a tale does not
            goes_on = context.every and _ELLIPTIC.match(clause[0])
            context = context if goes_on else Context(names=context.names)
        for part, place in _announced(clause[0]):
            yield from _clause(
                reading, item, context, part, sentence.start() + clause.start() + place
            )


def _announced(text: str) -> Iterator[tuple[str, int]]:
    """搭建三个平台：“讲坛”每月一期: what announces is one thing, what is announced another."""
    colon = _ANNOUNCING.search(text)
    if colon and any(
        each.unit in {"个", "种", "项", "类"} for each in amounts_in(text[: colon.start()])
    ):
        yield text[: colon.start()], 0
        yield text[colon.end() :], colon.end()
    else:
        yield text, 0


def _circle_of(reading: Reading, item: Item) -> str | None:
    """Of which teachers a plan's paragraph speaks by its own head or the heading above it."""
    if reading.kind != "plan":
        return None
    above = reading.sections[item.section - 1].title if item.section else ""
    match = _ABOUT.match(item.text) or _TIER.match(above)
    return match[1] if match else None


def _clause(
    reading: Reading, item: Item, context: Context, text: str, place: int
) -> Iterator[Finding]:
    if _OTHERS.search(text):
        context.period = None
    named_at = update(context, text)
    if not NUMERAL.search(text):
        return
    amounts = [*_amounts(text)]
    parts = iter(_respective(text, amounts))
    for quantity, start, end in amounts:
        respective = next(parts, None)
        kind = kind_of(reading, item, context, quantity, text)
        begin = max(start, named_at) if named_at <= quantity.start else start
        if kind is None:
            if context.per:  # 公开课每人一节，共5节: what is counted next is still 公开课
                before = plain_subject(text[: quantity.start])
                context.names.setdefault(quantity.unit, name_of(before, "", quantity.unit))
            continue
        name = amount_name(item, context, quantity, kind, (text, begin, end))
        if _NAMELESS.match(name) and item.section:  # 每周一次: of what the section is about
            titled = split_head(reading.sections[item.section - 1].title)[0]
            name = item.head if item.body and not _NAMELESS.match(item.head) else titled
        context.names[quantity.unit] = name
        line = item.line(place + quantity.start)
        often = kind in {"quota", "rhythm"}
        found = Finding(
            kind,
            name,
            _plain(quantity),
            line.number,
            reading.written[line.number],
            quantity.unit,
            amounts[0][0].qualifier
            if respective
            else _bound(quantity, text[start : quantity.start]),
            period=context.period if often else None,
            per=(respective or context.per) if kind == "quota" else None,
        )
        shared = _shared(text[begin : quantity.start], quantity)
        yield from (replace(found, name=each) for each in shared or (name,))


def _shared(before: str, quantity: Quantity) -> tuple[str, ...]:
    """上示范课、作专题报告各1次: the names of all that is asked so often."""
    if not before.rstrip().endswith("各"):
        return ()
    parts = re.split(r"[、和及与]", before.rstrip()[:-1])
    names = [name_of(plain_subject(part), "", quantity.unit) for part in parts]
    return tuple(names) if len(names) > 1 and all(names) else ()


def _respective(text: str, amounts: list[tuple[Quantity, int, int]]) -> list[str]:
    """校长、主任每学期听课分别不少于40节、30节: who, one for each amount, or nobody."""
    told = _RESPECTIVE.search(text) if "分别" in text else None
    who = re.split(r"[、和及与]", told["who"]) if told else []
    return who if len(who) == len(amounts) else []


def _amounts(text: str) -> Iterator[tuple[Quantity, int, int]]:
    """The quantities outside of titles, with the ends of the one before and the one behind."""
    titles = [range(*match.span()) for match in _TITLE.finditer(text)]
    found = [
        quantity
        for quantity in amounts_in(text)
        if quantity.unit != "字"
        and quantity.text != "二次"
        and text[quantity.end : quantity.end + 1] != "岁"
        and not any(quantity.start in title for title in titles)
    ]
    since = [0, *(quantity.end for quantity in found)]
    until = [*(quantity.start for quantity in found[1:]), len(text)]
    return zip(found, since, until, strict=False)


def _bound(quantity: Quantity, before: str) -> str:
    """不低于公用经费的8%: for a share the bound stands before what it is a share of."""
    if quantity.unit == "%" and quantity.qualifier == "exact":
        for bound, words in _BOUNDS:
            if words.search(before):
                return bound
    return quantity.qualifier


def _plain(quantity: Quantity) -> int | Decimal:
    value = quantity.value
    return int(value) if value == value.to_integral_value() else value

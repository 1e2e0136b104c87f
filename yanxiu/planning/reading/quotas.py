"""Amounts: what each must do in a period (quota), how often (rhythm), what was done (quantity)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from yanxiu.planning.reading.amount_kinds import asks_words, kind_of
from yanxiu.planning.reading.amount_names import CLAUSE, NUMERAL, amount_name
from yanxiu.planning.reading.circles import CIRCLE, Context, plain_subject, update
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.items import Item, Reading, split_head
from yanxiu.planning.reading.leads import lead_in
from yanxiu.planning.reading.names import name_of
from yanxiu.planning.reading.phrases import amounts_in
from yanxiu.planning.reading.problems import WEAK, is_regret
from yanxiu.planning.reading.wishes import wish_at
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity

_SENTENCE = re.compile(r"[^。；;！!\n]+")
_SLOGAN = re.compile(
    r"“[^“”]{0,2}每[人位][^“”]{2,10}”(?=活动)|“(?:[一二两三四五六七八九十][个条项大种][^“”，,、]{2,4}[，,、]?){2,}”|“(?:[一每]\w{1,3}?一\w{1,3}|[一二三四五六七八九十]个[一\w]{1,2})”"
)
_WITH_COMMAS = re.compile(r"“[^“”，,]+[，,][^“”]+”")
_SLOGAN_UNITS = frozenset(["个", "条", "项", "种"])
"""“一个核心，两条主线，三项机制”: a slogan whose commas part it into clauses."""
_ALSO = re.compile(
    r"\s*每(?:个?学期|学年|个?月|周|年)(?:至少|不少于|必须|[须要应需]|撰?写|上|听|读|交|完成|参加)"
)
"""…；每学年至少写一篇论文: still of whom the sentence before spoke."""
_ONCE = re.compile(
    r"\s*(?:而)?(?:原来|原先|以前|过去|从前|往年)[^，,。；;]{0,6}(?:要求|规定|要|得)"
)
"""原来要求每周写2篇: what was asked once, and no more."""
_LAST_TIME = re.compile(r"\s*(?:上一?个?(?:学[期年]|年度)|上年|去年)")
_THIS_TIME = re.compile(r"[本这]个?(?:学[期年]|年度)|今年|新学[期年]")
"""上学期开展活动16次，…，本学期…: a plan tells first how things went, then what is asked."""
_EARLIER = re.compile(
    r"(?<![比较超过])(?:去年|上年度?|上一?学[期年]|往年|前年)(?:同期|全年)?[还也]?(?:是|为|只有|仅有?|才有?)?$"
)
"""27次（去年16次）: what was counted a year ago."""
_RISEN = re.compile(
    r"(?:左右)?(?:提高|上升|增加|下降|降低|降|增长|提升|减少|增|升)(?:到|至|为)|[一-鿿]{0,6}?(?:提高|上升|增加|下降|提升|增长)(?:到|至)"
)
_SINCE = re.compile(r"[由从][^，,。；]{0,12}$")
_COPIES = re.compile(r"\s*(?:抄送|主送|抄报|印发)\s*[:：]|[^，。]{0,30}共印\s*\d+\s*份")
_EACH = re.compile(r"每[位人名天日周月年学两]|不少于|人人")
"""In a calendar only what is asked of each is an amount; the rest is one thing on one day."""
_AGE = re.compile(
    rf"平均年龄[^，,。；\d]{{0,4}}?(?P<under>不到|不足|不满|低于|在?(?=\d+岁以[下内]))?(?P<about>约|近)?为?(?P<age>{numerals.PATTERN})周?岁"
)
_NOTES = re.compile(r"(?:笔记|摘抄|随笔|心得|体会|反思|文字材料)[^，,]{0,5}$")
_MIXED = re.compile(r"(?:成绩|成效|收获|经验|亮点).{0,3}[与和及、]")
_MARKED = re.compile("[“《]")
_TITLE = re.compile(r"《[^《》]*》")
_ELLIPTIC = re.compile(
    rf"(?=每(?:[两二半一1]?个?)(?:周|月|学期|学年|季度|年))|(?:和|及|以及|并)?(?:{numerals.PATTERN}[节堂篇本册份次个]|撰写|写|听|上|读|交|做|完成|执教|{CIRCLE}"
    r"|[一-鿿]{2,8}?(?:不少于|不低于|不得少于|至少))"
)
_POSTS = "校长|主任|组长|园长|教师|老师|教职工|领导|干部|师傅|徒弟|人员"
_AGED = r"\d{2}周?岁?[—–~～至到-]\d{2}周?岁的?(?:教师|老师)"
_PERSONS = (
    rf"(?:(?:[一二三四五\d]年(?:以内|以下|及?以上)的?)?(?:{CIRCLE})|{_AGED}"
    rf"|[一-鿿]{{0,4}}?(?:{_POSTS})|[一-鿿]{{1,4}}[处室](?=[、和及与]))"
)
_DUTY = re.compile(
    rf"\s*(?:其中|规定|要求|而)?(?!培养|指导|带|帮|培训|选派|聘请|听)(?P<who>{_PERSONS}(?:[、和及与]{_PERSONS})*)"
    rf"(?:均|都|应|要|则|须|需|每人|人均|达到?|为|[上写听做]|执教|撰写|承担)*(?:听课|上[一-鿿]{{2,4}}课)?(?:(?:不少于|不低于|不得少于|至少)|{numerals.PATTERN}[节堂篇次本份])"
)
"""副校长不少于50节: the same for others, said in the clause behind."""
_SERIES = re.compile(
    r"[、；](?=[一-鿿]{0,8}每(?:[两二半一]个?)?(?:周|月|学期|学年|季度|年|天|日)(?![一二三四五六日][^次节篇份本]))"
    rf"|、(?={_DUTY.pattern})"
)
_FOR_WHOM = re.compile(
    rf"\s*(?:(?P<label>{CIRCLE})\s*[：:]|(?P<years>{numerals.PATTERN}年(?:以内|及?以[上下]|内))的?(?=[上听写开做]|不少于|不低于|至少))"
)
"""师傅：每学期听徒弟课…; 五年以内的上研究课1节."""
_EVERYBODY = re.compile(r"(?:全体|任课|专任|广大|其他|其余)?(?:教师|老师|教职工)")
_RESPECTIVE = re.compile(
    rf"(?P<who>(?:[一-鿿]{{0,4}}?(?:{CIRCLE}|副校长|主任|组长|教师|干部|领导)[、和及与]?){{2,}})[^，,]{{0,12}}分别"
)
_OTHERS = re.compile(r"每(?:个?学?科|个?班|室|坊|生|个?单元|次活动)(?!组|务)")
_ANNOUNCING = re.compile(r"(?<=[一-鿿])[:：]")
_NAMELESS = re.compile(rf"第[一二三四五]个|每[一-鿿]{{1,2}}{numerals.PATTERN}?[次节]|次$")
_TIER = re.compile(rf"(?:对|针对)?({CIRCLE})")
_ABOUT = re.compile(
    rf"(?:对|针对)?({CIRCLE})(?:[(（][^()（）]*[)）])?(?:实施|完成|做到|[要须应每]|必须|[:：])"
)
_TOGETHER = re.compile(
    r"\s*(?:[组校园]内(?!教师|老师|成员)|全[组校园](?!教师|成员)|学校|教研组(?!长)|备课组(?!长)|(?:每[学周月年期]+)?师徒(?:共同|双方|合作)|并?(?:推荐|选送|择优|从中))"
    r"(?!.{0,8}(?:每[位人名]|人均|教师每))"
)
"""每位教师写论文1篇，组内评选优秀3篇: what all do together is not asked of each."""
_BOUNDS = (
    ("at_least", re.compile(r"不低于|不少于|不得低于|高于")),
    ("at_most", re.compile(r"不超过|不高于|不得超过|控制在|低于")),
)


def read_amounts(reading: Reading) -> Iterator[Finding]:
    """Quotas and rhythms; in a plan also targets in per cent, in a summary what was counted."""
    seen = set()
    for place, item in enumerate(reading.items):
        if (
            item.paragraph.lines[0].cells
            or _COPIES.match(item.text)
            or (reading.kind == "plan" and item.month and not _EACH.search(item.text))
        ):
            continue
        since = wish_at(item.text) if reading.kind == "summary" else None
        if _is_confession(reading, item) and since is None:
            continue
        yield from _average_age(reading, item)
        lead = lead_in(reading, place)
        last = Context()
        for sentence in _SENTENCE.finditer(item.text):
            wished = since is not None and sentence.start() >= since
            if not wished and _is_confession(reading, item):
                continue
            joined = item.text[sentence.start() - 1 : sentence.start()] in {"；", ";"}
            goes_on = joined and last.period and _DUTY.match(sentence[0])
            again = joined and last.per and _ALSO.match(sentence[0])
            last = last if goes_on else replace(lead, names={}, per=last.per if again else lead.per)
            about = replace(item, topic="next") if wished else item
            for finding in _sentence(reading, about, sentence, last):
                known = (finding.name, finding.value, finding.unit)
                if finding.kind != "quantity" or known not in seen:
                    seen.add(known)
                    yield finding


def amounts_of(reading: Reading, row: Item, text: str, who: str | None) -> Iterator[Finding]:
    """The amounts in one cell of a row, asked of whom the column is about, if of anybody."""
    place = row.text.find(text)
    item = replace(row, head="", body="")
    for sentence in _SENTENCE.finditer(text if place >= 0 else ""):
        context = Context(per=who)
        for clause in CLAUSE.finditer(sentence[0]):
            begin = place + sentence.start() + clause.start()
            for found in _clause(reading, item, context, clause[0], begin):
                yield replace(found, per=who) if found.kind == "quota" and who else found


def _is_confession(reading: Reading, item: Item) -> bool:
    """Whether a paragraph of a summary is about problems; of 成绩与不足 those that admit some."""
    if reading.kind == "plan":
        return False
    if item.topic != "problem":
        return is_regret(item)
    title = reading.sections[item.section - 1].title if item.section else ""
    return not _MIXED.search(title) or bool(item.mark) or bool(WEAK.search(item.text))


def _average_age(reading: Reading, item: Item) -> Iterator[Finding]:
    """平均年龄43.5岁: no amount of anything, but told as how things stand."""
    for match in _AGE.finditer(item.text) if "平均年龄" in item.text else ():
        value = numerals.number(match["age"])
        if value is not None:
            line = item.line(match.start())
            under = "at_most" if match["under"] else "about" if match["about"] else "exact"
            written = reading.written[line.number]
            whole = int(value) if value == value.to_integral_value() else value
            yield Finding("quantity", "平均年龄", whole, line.number, written, "岁", under)


def _sentence(
    reading: Reading, item: Item, sentence: re.Match[str], lead: Context
) -> Iterator[Finding]:
    if not NUMERAL.search(sentence[0]):
        return
    context = lead
    context.per = context.per or _circle_of(reading, item)
    past = False
    for clause in CLAUSE.finditer(sentence[0]):
        past = not _THIS_TIME.search(clause[0]) and (past or bool(_LAST_TIME.match(clause[0])))
        if reading.kind == "summary":  # a plan's sentence keeps to one subject, a tale does not
            goes_on = context.every and _is_the_same(context, clause[0])
            _forget(context, wholly=not goes_on)
        for part, place in _announced(clause[0]):
            begin = sentence.start() + clause.start() + place
            found = _clause(reading, item, context, part, begin)
            yield from map(_as_past, found) if past and reading.kind == "plan" else found


def _as_past(found: Finding) -> Finding:
    """What a plan tells of the time gone by, as counted and not as asked for."""
    return replace(found, kind="quantity", per=None, period=None)


def _is_the_same(context: Context, clause: str) -> bool:
    """Whether a clause of a tale still tells of whom and how often the one before said it."""
    if _DUTY.match(clause):
        return True
    asked = context.per or clause.startswith("每") or "少于" in clause or "至少" in clause
    return bool(asked) and bool(_ELLIPTIC.match(clause))


def _forget(context: Context, *, wholly: bool) -> None:
    """What the clause before said of whom and when is not said of the next one."""
    if wholly:
        context.per, context.period, context.every = None, None, False


def _announced(text: str) -> Iterator[tuple[str, int]]:
    """搭建三个平台：“讲坛”每月一期: what announces is one thing, what is announced another."""
    colon = _ANNOUNCING.search(text)
    if colon and any(
        each.unit in {"个", "种", "项", "类"} for each in amounts_in(text[: colon.start()])
    ):
        yield text[: colon.start()], 0
        yield from _parted(text[colon.end() :], colon.end())
    else:
        yield from _parted(text, 0)


def _parted(text: str, place: int) -> Iterator[tuple[str, int]]:
    """每学期一份计划、每月一次活动: each has a period of its own."""
    begin = 0
    for joint in _SERIES.finditer(text) if "、" in text and "每" in text else ():
        if "每" not in text[: joint.start()]:
            continue
        yield text[begin : joint.start()], place + begin
        begin = joint.end()
    yield text[begin:], place + begin


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
    if _ONCE.match(text):
        return
    if _OTHERS.search(text):
        context.period = None
    again = bool(context.period or context.per)
    named_at = update(context, text)
    _turn_to(context, text, again=again)
    if not NUMERAL.search(text):
        return
    amounts = [*_amounts(text)]
    parts = iter(_respective(text, amounts))
    for quantity, start, end in amounts:
        respective = next(parts, None)
        if _is_slogan(item.text, quantity.unit, place + quantity.start):
            continue
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
        if "其中" not in text:
            context.names[quantity.unit] = name
        context.names[""] = name
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


def _turn_to(context: Context, text: str, *, again: bool) -> None:
    """Whom a clause asks that goes on with the one before: the next duty, a label, or all."""
    duty = _DUTY.match(text) if again and context.names else None
    if duty:
        context.per = "teacher" if _EVERYBODY.fullmatch(duty["who"]) else duty["who"]
    if _TOGETHER.match(text):
        context.per = None
    labelled = _FOR_WHOM.match(text)
    if labelled:
        context.per = labelled["label"] or labelled["years"]


def _is_slogan(text: str, unit: str, place: int) -> bool:
    """“一个核心，两条主线，三项机制”: a slogan with commas in it."""
    if unit not in _SLOGAN_UNITS:
        return False
    return any(place in range(*match.span()) for match in _WITH_COMMAS.finditer(text))


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
    marked = (*_TITLE.finditer(text), *_SLOGAN.finditer(text)) if _MARKED.search(text) else ()
    titles = [range(*match.span()) for match in marked]
    found = [
        quantity
        for quantity in amounts_in(text)
        if (quantity.unit != "字" or _is_written(quantity, text) or asks_words(quantity, text))
        and quantity.text != "二次"
        and text[quantity.end : quantity.end + 1] != "岁"
        and not any(quantity.start in title for title in titles)
        and not _is_from(quantity, text)
        and not _EARLIER.search(text[: quantity.start])
    ]
    since = [0, *(quantity.end for quantity in found)]
    until = [*(quantity.start for quantity in found[1:]), len(text)]
    return zip(found, since, until, strict=False)


def _is_written(quantity: Quantity, text: str) -> bool:
    """撰写学习笔记1万余字: how much was written; at least so much is a rule."""
    told = quantity.qualifier in {"exact", "about", "more_than"} and "每" not in text
    return told and bool(_NOTES.search(text[: quantity.start]) or "人均" in text)


def _is_from(quantity: Quantity, text: str) -> bool:
    """由82.4分提高到87.6分: what it was before it became what it is."""
    risen = _RISEN.match(text, quantity.end) if "由" in text or "从" in text else None
    return bool(risen) and bool(_SINCE.search(text[: quantity.start]))


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

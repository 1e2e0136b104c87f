"""Rules about credits and hours, and the themes of the years of a long plan."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.amount_kinds import is_prepared
from yanxiu.planning.reading.findings import Finding, Value
from yanxiu.planning.reading.frequencies import period_in
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.texts import numerals
from yanxiu.texts.quantities import Quantity, find_quantities

_UNITS = {
    "学分": "学分",
    "分": "学分",
    "学时": "学时",
    "课时": "课时",
    "个学时": "学时",
    "个课时": "课时",
}
_N = numerals.PATTERN
_CONVERSION = re.compile(
    rf"每?({_N})\s?个?(?P<unit>学时|课时)[一-鿿]{{0,4}}?(?:折合|折算|计|记|等于|合|换算|认定)[为成作]?\s?({_N})\s?个?学分"
)
_RATIO = re.compile(rf"每({_N})\s?个?(?P<unit>学时|课时)({_N})\s?个?学分")
_MINUTES = re.compile(
    rf"每?({_N})\s?分钟[一-鿿]{{0,4}}?(?:折合|折算|计|等于|合|换算|为)[为成作]?\s?({_N})\s?个?(?:学时|课时)"
)
_THEME = re.compile(
    rf"^第({_N})(?:学年|年)(?:度)?(?:\s*(?:[(（][^()（）]{{2,20}}[)）])?\s*[:：]\s*|\s*[(（][^()（）]{{2,20}}[)）]\s*(?=[^。]{{2,14}}$))(?P<content>.+)$"
)
_ABOUT = re.compile(r"主题(?:是|(?:确?定)?为|[:：])\s*“(?P<theme>[^“”]{2,40})”")
_THEME_CREDITS = re.compile(
    rf"(?P<content>.*?)[，,。；;（(\s]*(?P<credits>{_N})\s?个?学?分[）)]?[。；;]?$"
)
_OF_WHICH = re.compile(
    r"其中[，,]?(?P<what>[一-鿿]{2,10}?)(?:不少于|不低于|至少|应?不?达到|为|占|$)"
)
_ALONE = re.compile(r"(?P<what>[一-鿿]{2,10}?)(?:不少于|不低于|至少|为|占)?")
_YEARLY = re.compile(r"年|学年")
_WHOLE = re.compile(
    rf"(?<!每)(?:{_N}年|周期)内?(?:[共总合]|累计)|(?<!每)(?:{_N}年|周期)之?内(?!.*每)"
    rf"|(?<!每)(?:{_N}年(?:为?一?个?周期)?|周期)(?:必?须|应|要)?(?:修[满够完]?|完成|取得)(?!.*每)"
)
_EARNED = re.compile(
    r"^(?:凡|对|每|能|按时|积极|教师(?=参加|承担)|参加|参与|承担|担任|完成|主讲|其中|[一二三四五六七八九十\d]+次|一[节次篇项])*"
    r"(?P<what>[一-鿿“”、]{2,16}?)(?:[一1每][节次篇项个场]|每[节次篇项个场])?"
    r"(?P<deed>可?(?:记|计|得|折合|折算|加|扣|奖励?|登记|认定)[为成入]?|)\s*$"
)
_ONCE_EACH = re.compile(r"\s*(?P<deed>主讲|主持|参加|参与|承担|听讲)[一每1][次节场]可?[计记得]")
_LEVEL = re.compile(
    r"(?:国家|省|市|州|县|区|区县|片区|学区|镇|中心校|校|组|年)级(?:[及或]?以上)?(?:刊物|期刊|报刊|杂志)?"
)
_SENTENCE_LABEL = re.compile(r"(?:^|[。；;])\s*(?P<label>[一-鿿]{2,10})[:：][^。；;]*$")
_LEADING = re.compile(r"^(?:凡|参加|参与|承担|担任|完成|主讲|执教|主持|上)+(?=[一-鿿]{2})")
_WHOSE = re.compile(
    "主持人|负责人|主研(?:人员)?|参与者|参与人员?|主讲人?|听讲人?|师徒双方|师傅|徒弟|指导教师|第[一二三]作者|成员"
)
_OWN = re.compile(
    r"^(?:凡|对|能|按时|积极|参加|参与|承担|担任|主讲|上|发表|撰写|写|其中|完成|计|每个?学[期年]|每年|每[次节场]|[一二两三四五\d]+[次节篇场]|[一二三四五\d]年)*"
    r"(?P<what>(?![每学年一二两三四五])[一-鿿“”]{2,12}?(?:培训|研[修训]|学习|自学|教育|活动|理念|技能|技术|健康|课|论文|笔记|讲座|阅读|实践|应用|教研|课题))"
    r"(?:每?(?:个?学[期年]|年)|每[节次篇项个场本])?(?:可?[记计得])?$"
)
"""校本研训每学年不少于6学分, 上校级公开课每节2学分: what they are given for."""
_WHOLE_TRAINING = frozenset(
    ["研训", "研修", "培训", "学习", "继续教育", "教育", "业务学习", "教师培训"]
)
_CONDITION = re.compile(r"(?P<what>[一-鿿“”]{2,16})的[，,]")
"""……；市级技能大赛获奖的，一等奖记10学时: a sentence that says itself for what."""
_SPACED = re.compile(r"([一-鿿、与和]{2,14})[\s\u3000：:—-]+")
_OF_YEAR = re.compile(r"^(20\d\d)年度?\s*[:：]\s*(?P<content>[^。；;]{2,40})[。；;]?$")
_ALL = re.compile(r"全体|人人|每[位名人]|教师|老师")
_SUBJECT = re.compile(r"[一-鿿“”、()（）]{2,14}")
_LAID_DOWN = re.compile(r"(?:修订|制[定订]|出台|印发|实施)了?《[^《》]*(?:办法|细则|制度|方案)》")
"""修订《学分认定办法》，规定……: a summary that says what was laid down."""
_GONE_BY = re.compile(
    r"(?:去年|上一?(?:学年|学期|年度)|20\d\d(?:[—–\-－~～至]20\d\d)?学?年度?)[^，,]*?(?:完成|取得|参加|获得|达到|修[满得])了?[一-鿿]{0,8}$"
)
_ASKED = re.compile(r"应|须|要|不少于|不低于|至少|每[人位]|必")
_GIVES = ("记", "计", "加")
_MOST_FOR_A_DEED = 20
_OF_IT = ("的", "者", "部分", "不计", "按")
_LONGEST = 20
_TERMLY = re.compile(r"学期")
_OFTEN = {"week", "month"}
_LENGTH = re.compile(r"每次(?:活动|学习|研讨|教研|备课|时间|时长)*$")
"""每次活动不得少于两课时: how long it takes."""


def read_credits(reading: Reading) -> Iterator[Finding]:
    """Themes of years with their credits, conversions, and amounts of credits or hours required."""
    since = _first_year(reading)
    for item in reading.items:
        theme = None if item.paragraph.lines[0].cells else _THEME.match(item.text)
        of_year = _OF_YEAR.match(item.text) if since else None
        if of_year and since:
            yield _year_theme(reading, item, of_year, since)
        elif theme:
            yield _theme(reading, item, theme)
        elif _lays_down(reading, item):
            yield from _rules(reading, item)


def _lays_down(reading: Reading, item: Item) -> bool:
    """Whether a paragraph says rules: any of a plan, of a summary one that names what it set."""
    told = reading.kind == "plan" or bool(_LAID_DOWN.search(item.text))
    return told and not item.paragraph.lines[0].cells


def _first_year(reading: Reading) -> int | None:
    """The first of the years that a plan lists by their numbers, each with its theme."""
    if reading.kind != "plan":
        return None
    years = [int(m[1]) for item in reading.items if (m := _OF_YEAR.match(item.text))]
    return min(years) if len(years) > 1 and sorted(set(years)) == years else None


def _year_theme(reading: Reading, item: Item, match: re.Match[str], since: int) -> Finding:
    """2023年：课堂观察 is the theme of the first year of a plan that begins in 2023."""
    year, content = int(match[1]), match["content"].strip()
    value: dict[str, object] = {"year": year - since + 1, "content": content, "credits": None}
    line = item.line()
    written = reading.written[line.number]
    return Finding("theme", f"{year}年", value, line.number, written, inferred=True)


def _theme(reading: Reading, item: Item, match: re.Match[str]) -> Finding:
    year = numerals.number(match[1])
    content = _named_theme(match["content"].strip())
    amount = _THEME_CREDITS.fullmatch(content)
    value: dict[str, object] = {
        "year": int(year) if year is not None else None,
        "content": (amount["content"] if amount else content).strip().rstrip("。；;，,"),
        "credits": numerals.number(amount["credits"]) if amount else None,
    }
    line = item.line()
    name = item.text[: match.start("content")].strip(":： ")
    return Finding("theme", name, value, line.number, reading.written[line.number])


def _named_theme(content: str) -> str:
    """夯实年。主题为“看得见的游戏”。完善……: the theme that a year's paragraph names, else all."""
    named = _ABOUT.search(content)
    return named["theme"] if named and len(content) > _LONGEST else content


def _rules(reading: Reading, item: Item) -> Iterator[Finding]:
    if "学分" not in item.text and "学时" not in item.text and "课时" not in item.text:
        return
    spans = []
    for match in (*_CONVERSION.finditer(item.text), *_RATIO.finditer(item.text)):
        spans.append(range(*match.span()))
        value: dict[str, object] = {
            "hours": numerals.number(match[1]),
            "credits": numerals.number(match[3]),
        }
        yield _finding(
            reading, item, "学分折算", value, match.start(), match["unit"], "exact", None
        )
    for match in _MINUTES.finditer(item.text):
        spans.append(range(*match.span()))
        value = {"minutes": numerals.number(match[1]), "hours": numerals.number(match[2])}
        yield _finding(reading, item, "学时折算", value, match.start(), "分钟", "exact", None)
    for quantity in find_quantities(item.text):
        converted = any(quantity.end - 1 in span for span in spans)
        lessons = is_prepared(quantity.unit, item.text[: quantity.start])
        lessons = lessons or (
            quantity.unit in {"课时", "个课时"}
            and bool(_LENGTH.search(item.text[: quantity.start]))
        )
        told = _is_told(item.text[: quantity.start], quantity, item.text[quantity.end :])
        points = quantity.unit == "分" and not _given_as_credit(item.text, quantity)
        if quantity.unit in _UNITS and not (points or converted or lessons or told):
            yield _amount(reading, item, quantity)


def _given_as_credit(text: str, quantity: Quantity) -> bool:
    """主备一次记0.2分, where credits are spoken of: what is given for a deed."""
    before = text[: quantity.start]
    return "学分" in text and before.endswith(_GIVES) and quantity.value <= _MOST_FOR_A_DEED


def _is_told(before: str, quantity: Quantity, after: str) -> bool:
    """Whether hours were earned once (上学年人均完成31学时), or too few to count (不足1学分的)."""
    sentence = re.split(r"[。；;]", before)[-1]
    past = _GONE_BY.search(sentence) and not _ASKED.search(sentence)
    too_few = quantity.text.startswith("不") and quantity.qualifier == "at_most"
    return bool(past) or (too_few and after.startswith(_OF_IT))


def _amount(reading: Reading, item: Item, quantity: Quantity) -> Finding:
    clause = re.split(r"[，,。；;]", item.text[: quantity.start])[-1]
    period = _period(clause)
    if _WHOLE.search(clause):
        period = None
    unit = _UNITS[quantity.unit]
    bound = {"at_least": "最低", "at_most": "最高"}.get(quantity.qualifier, "")
    spans = {
        "term": "每学期",
        "school_year": "每学年",
        "year": "每年",
        "month": "每月",
        "week": "每周",
    }
    per = spans.get(period or "", "")
    inherited = None if period else _inherited(item.text[: quantity.start])
    whole = "每次" if "每次" in clause else "总" if re.search(r"[共总]|合计", clause) else ""
    name = f"{per}{bound}{unit}" if period or bound else f"{whole}{unit}"
    if _WHOLE.search(clause):
        name = f"周期{bound}{unit}" if bound else name
    part = _OF_WHICH.search(clause)
    told = re.split("、", clause)
    own = _ALONE.fullmatch(told[-1]) if len(told) > 1 and find_quantities(told[-2]) else None
    if own:  # 集中培训12学分、自学4学分
        name = f"{own['what']}·{name}"
    elif part:  # 其中集中研训不少于24学时
        name = f"{part['what']}·{name}"
    earned = _earned(clause)
    plain = not (period or bound or whole)
    if plain and item.is_heading and item.text[: quantity.start].endswith(("（", "(")):
        name = item.text[: quantity.start - 1].strip()[:_LONGEST]  # （一）师德修养（2学时）
    if earned and plain:
        name = earned[:_LONGEST]
    what = "" if own or part else _what_for(clause)
    subject = what or _subject(item, item.text[: quantity.start])
    spaced = _SPACED.fullmatch(item.text[: quantity.start])
    if spaced and plain:  # 师德教育　6学时
        name = spaced[1]
    whose = _WHOSE.match(clause.strip())
    if whose and whose[0] not in name and not what:
        name = f"{whose[0]}·{name}"
    if subject and subject not in name and not _WHOLE.search(clause):
        name = f"{subject}·{name}"[:_LONGEST]
    amount = quantity.value
    period = period or inherited
    return _finding(reading, item, name, amount, quantity.start, unit, quantity.qualifier, period)


def _period(clause: str) -> str | None:
    """学期, 学年, 年 as far as the clause names them, else 每周 or 每月."""
    period = "term" if _TERMLY.search(clause) else "school_year" if "学年" in clause else None
    period = period or ("year" if _YEARLY.search(clause) else None)
    often = period_in(clause)
    return period or (often if often in _OFTEN else None)


def _inherited(before: str) -> str | None:
    """每学年不少于48学时，其中集中研修不少于30学时: what is part of it has its period."""
    sentence = re.split(r"[。；;]", before)[-1]
    whole, among, _ = sentence.partition("其中")
    told = re.split(r"[，,]", whole.rstrip("，, "))[-1] if among else ""
    return _period(told) if "每" in told and not _WHOLE.search(told) else None


def _earned(clause: str) -> str:
    """主讲一次计4学时, 市级4学分: the deed or the level that earns so much, "" for neither."""
    told = re.split("[:：]", clause)[-1]
    once = _ONCE_EACH.match(told)
    if once:
        return once["deed"]
    earned = _EARNED.search(told)
    if not earned or not (earned["deed"] or _LEVEL.fullmatch(earned["what"])):
        return ""
    return earned["what"] + ("扣" if earned["deed"] == "扣" else "")


def _what_for(clause: str) -> str:
    """校本研训每学年不少于6学分: what the clause itself gives them for, "" if for everything."""
    named = _OWN.match(clause.strip(" \u3000"))
    what = named["what"] if named else ""
    return "" if _ALL.search(what) or what in _WHOLE_TRAINING else what


def _subject(item: Item, before: str) -> str:
    """What a numbered rule is about: (四)承担公开课，校级每节计3学时 is about 公开课.

    A sentence with a label of its own (……。论文发表：省级刊物每篇5学分) is about that.
    """
    labelled = _SENTENCE_LABEL.search(before)
    if labelled:
        return labelled["label"]
    if item.mark is None:
        return ""
    own = _CONDITION.match(re.split(r"[。；;]", before)[-1].strip())
    if own and own.end() < len(before.strip()):
        return _LEADING.sub("", own["what"])
    first = re.split(r"[，,。；;:：]", item.text)[0]
    whole = (
        first != item.text and _SUBJECT.fullmatch(first) and not re.search(rf"{_N}[次节]", first)
    )
    return _LEADING.sub("", first) if whole else ""


def _finding(  # noqa: PLR0917 - the parts of one finding
    reading: Reading,
    item: Item,
    name: str,
    value: Value,
    place: int,
    unit: str,
    qualifier: str,
    period: str | None,
) -> Finding:
    line = item.line(place)
    written = reading.written[line.number]
    return Finding("credit", name, value, line.number, written, unit, qualifier, period)

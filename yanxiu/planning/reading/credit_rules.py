"""Rules about credits and hours, and the themes of the years of a long plan."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.amount_kinds import is_prepared
from yanxiu.planning.reading.findings import Finding, Value
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
    rf"每?({_N})\s?个?(?P<unit>学时|课时)[一-鿿]{{0,4}}?(?:折合|折算|计|等于|合|换算)[为成作]?\s?({_N})\s?个?学分"
)
_RATIO = re.compile(rf"每({_N})\s?个?(?P<unit>学时|课时)({_N})\s?个?学分")
_MINUTES = re.compile(
    rf"每?({_N})\s?分钟[一-鿿]{{0,4}}?(?:折合|折算|计|等于|合|换算|为)[为成作]?\s?({_N})\s?个?(?:学时|课时)"
)
_THEME = re.compile(
    rf"^第({_N})(?:学年|年)(?:度)?(?:\s*(?:[(（][^()（）]{{2,20}}[)）])?\s*[:：]\s*|\s*[(（][^()（）]{{2,20}}[)）]\s*(?=[^。]{{2,14}}$))(?P<content>.+)$"
)
_THEME_CREDITS = re.compile(
    rf"(?P<content>.*?)[，,。；;（(\s]*(?P<credits>{_N})\s?个?学?分[）)]?[。；;]?$"
)
_OF_WHICH = re.compile(
    r"其中[，,]?(?P<what>[一-鿿]{2,10}?)(?:不少于|不低于|至少|应?不?达到|为|占|$)"
)
_ALONE = re.compile(r"(?P<what>[一-鿿]{2,10}?)(?:不少于|不低于|至少|为|占)?")
_YEARLY = re.compile(r"年|学年")
_WHOLE = re.compile(rf"(?<!每)(?:{_N}年|周期)内?(?:[共总合]|累计)")
_EARNED = re.compile(
    r"^(?:凡|对|每|能|按时|积极|参加|参与|承担|担任|完成|主讲|其中|[一二三四五六七八九十\d]+次|一[节次篇项])*"
    r"(?P<what>[一-鿿“”、]{2,16}?)(?:[一1每][节次篇项个场]|每[节次篇项个场])?"
    r"(?P<deed>可?(?:记|计|得|折合|折算|加|扣|奖励?|登记|认定)[为成入]?|)\s*$"
)
_LEVEL = re.compile(r"(?:国家|省|市|州|县|区|区县|片区|学区|镇|中心校|校|组|年)级(?:[及或]?以上)?")
_LEADING = re.compile(r"^(?:凡|参加|参与|承担|担任|完成|主讲|执教|主持|上)+(?=[一-鿿]{2})")
_WHOSE = re.compile(
    "主持人|负责人|主研(?:人员)?|参与者|参与人员?|主讲人?|听讲人?|师徒双方|师傅|徒弟|指导教师|第[一二三]作者|成员"
)
_SUBJECT = re.compile(r"[一-鿿“”、()（）]{2,14}")
_LONGEST = 20
_TERMLY = re.compile(r"学期")


def read_credits(reading: Reading) -> Iterator[Finding]:
    """Themes of years with their credits, conversions, and amounts of credits or hours required."""
    for item in reading.items:
        theme = _THEME.match(item.text)
        if theme:
            yield _theme(reading, item, theme)
        elif reading.kind == "plan" and not item.paragraph.lines[0].cells:
            yield from _rules(reading, item)


def _theme(reading: Reading, item: Item, match: re.Match[str]) -> Finding:
    year = numerals.number(match[1])
    content = match["content"].strip()
    amount = _THEME_CREDITS.fullmatch(content)
    value: dict[str, object] = {
        "year": int(year) if year is not None else None,
        "content": (amount["content"] if amount else content).strip().rstrip("。；;，,"),
        "credits": numerals.number(amount["credits"]) if amount else None,
    }
    line = item.line()
    name = item.text[: match.start("content")].strip(":： ")
    return Finding("theme", name, value, line.number, reading.written[line.number])


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
        if quantity.unit in _UNITS and quantity.unit != "分" and not (converted or lessons):
            yield _amount(reading, item, quantity)


def _amount(reading: Reading, item: Item, quantity: Quantity) -> Finding:
    clause = re.split(r"[，,。；;]", item.text[: quantity.start])[-1]
    period = "term" if _TERMLY.search(clause) else "school_year" if "学年" in clause else None
    period = period or ("year" if _YEARLY.search(clause) else None)
    if _WHOLE.search(clause):
        period = None
    unit = _UNITS[quantity.unit]
    bound = {"at_least": "最低", "at_most": "最高"}.get(quantity.qualifier, "")
    per = {"term": "每学期", "school_year": "每学年", "year": "每年", None: ""}[period]
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
    earned = _EARNED.search(clause)
    plain = not (period or bound or whole)
    if plain and item.is_heading and item.text[: quantity.start].endswith(("（", "(")):
        name = item.text[: quantity.start - 1].strip()[:_LONGEST]  # （一）师德修养（2学时）
    if earned and plain and (earned["deed"] or _LEVEL.fullmatch(earned["what"])):
        name = (earned["what"] + ("扣" if earned["deed"] == "扣" else ""))[:_LONGEST]
    subject = _subject(item)
    whose = _WHOSE.match(clause.strip())
    if whose and whose[0] not in name:
        name = f"{whose[0]}·{name}"
    if subject and subject not in name and not _WHOLE.search(clause):
        name = f"{subject}·{name}"[:_LONGEST]
    amount = quantity.value
    return _finding(reading, item, name, amount, quantity.start, unit, quantity.qualifier, period)


def _subject(item: Item) -> str:
    """What a numbered rule is about: (四)承担公开课，校级每节计3学时 is about 公开课."""
    if item.mark is None:
        return ""
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

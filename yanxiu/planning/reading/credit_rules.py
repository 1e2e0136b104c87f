"""Rules about credits and hours, and the themes of the years of a long plan."""

import re
from collections.abc import Iterator

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
    rf"^第({_N})(?:学年|年)(?:度)?\s*(?:[(（][^()（）]{{2,20}}[)）])?\s*[:：]\s*(?P<content>.+)$"
)
_THEME_CREDITS = re.compile(rf"(?P<content>.*?)[，,。；;\s]*(?P<credits>{_N})\s?学?分[。；;]?$")
_YEARLY = re.compile(r"年|学年")
_WHOLE = re.compile(rf"(?<!每)(?:{_N}年|周期)内?[共总合]")
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
    name = item.text[: match.start("content")].rstrip(":： ")
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
        if quantity.unit in _UNITS and quantity.unit != "分" and not converted:
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
    amount = quantity.value
    return _finding(reading, item, name, amount, quantity.start, unit, quantity.qualifier, period)


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

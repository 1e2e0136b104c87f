"""Quantities with their unit and how sure they are: 不少于2篇, 二十余节, 40个工作日之多."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from yanxiu.texts import numerals

Qualifier = Literal["exact", "at_least", "at_most", "about", "more_than"]

# Longer units first, so that 人次 is not read as 人.
UNITS = (
    "校次|个工作日|個工作日|工作日|个百分点|個百分點|个小时|個小時|个学时|個學時|个课时|個課時|个月|個月|人次|小时|小時"
    "|分钟|分鐘|学分|學分|学时|學時|课时|課時|节次|節次|学年|學年|学期|學期|周|週|天|次|节|節|篇|本|册|冊|场|場"
    "|项|項|份|名|位|人|个(?!一)|個(?!一)|堂|轮|輪|期|则|則|件|门|門|套|字|遍|所|支|种|種|步|条|條|部(?![分门門级級署位队隊长長委])|元|页|頁|幅|版(?![本权權])|板(?![块塊一书書])|届|屆"
    "|张(?!老师|校长|主任|[一-鿿]{1,2}(?:老师|校长|主任))|張(?!老師|校長|主任)|对(?![一口照比外于话象接应策])|對(?![一口照比外於話象接應策])|道(?=[题題试試习習]|[^一-鿿]|$)|分(?!之)|%|％"
)
_NOT = ("不", "不得", "不应", "不能", "不宜", "不要", "不可", "不应当", "不應", "未", "没有")
_LESS, _MORE = (
    ("少于", "少於", "低于", "低於"),
    ("超过", "超過", "多于", "多於", "高于", "高於", "大于"),
)
_BEFORE: dict[str, Qualifier] = {
    **{negated + word: "at_least" for negated in _NOT for word in _LESS},
    **{negated + word: "at_most" for negated in _NOT for word in _MORE},
    **dict.fromkeys(("至少", "最少", "最低", "起码", "不下于", "不下"), "at_least"),
    **dict.fromkeys((*_LESS, "不足", "不到", "不满", "未满", "至多", "最多"), "at_most"),
    **dict.fromkeys(("最高计", "最高记", "最高不超过", "最高按", "最高可"), "at_most"),
    **dict.fromkeys(_MORE, "more_than"),
    **dict.fromkeys(("大约", "大約", "将近", "大概"), "about"),
}
_RIGHT_BEFORE: dict[str, Qualifier] = {
    **dict.fromkeys(("逾", "超"), "more_than"),
    **dict.fromkeys(("约", "約", "近"), "about"),
}
_AFTER: dict[str, Qualifier] = {
    **dict.fromkeys(("及以上", "或以上", "以上", "之多", "起"), "at_least"),
    **dict.fromkeys(("及以下", "以下", "以内", "以內", "之内"), "at_most"),
    **dict.fromkeys(("左右", "上下"), "about"),
    **dict.fromkeys(("余", "餘", "多"), "more_than"),
}


def _any(words: dict[str, Qualifier]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MORE_SIGN = rf"(?:\s?[{numerals.MORE}][万萬亿億]?)?"
_INCLUDING = r"(?:[(（]不?含[^()（）]{0,6}[)）])?"
_PATTERN = re.compile(
    rf"百分之(?P<hundredths>{numerals.PATTERN})(?P<upwards>{_any(_AFTER)})?"
    rf"|(?:(?<![第0-9０-９.．{numerals.HAN}])|(?<=[初高][一二三])(?=\d))(?P<number>{numerals.PATTERN})(?:(?P<half>[个個]半)"
    rf"(?P<halved>小时|小時|学时|學時|课时|課時|月|学期|學期)"
    rf"|(?P<more>{_MORE_SIGN})\s?(?P<unit>{UNITS}))(?:{_INCLUDING}(?P<after>{_any(_AFTER)}))?"
)
_QUALIFIED = re.compile(
    rf"(?:(?P<before>{_any(_BEFORE)})(?!的)(?P<between>[一-鿿]{{0,6}}?)"
    r"|(?P<close>[逾超]|(?<![节節特相预預签簽])[约約]|(?<![附最邻鄰临臨靠贴接])近))\s?$"
)
_TIED = re.compile(rf"{numerals.PATTERN}(?:年|周?岁|个?月)[一-鿿]{{0,3}}的")
"""不满三年的2人: 不满 belongs to the years."""
# 上百节: 上 counts for hundreds alone, in 会上 and 线上 it means nothing.
_UP_TO = re.compile(r"(?P<before>上)(?P<between>)(?P<close>)$")
# 3—5 篇, 三至五篇; 第3—5周 are ordinals; 2、3 篇 only inside a sentence, for 2、 also counts items.
_RANGE = re.compile(
    rf"(?P<ordinal>第\s?)?(?<![.．:：/])(?P<low>{numerals.PATTERN})\s?(?P<sign>[-—–－~～至到]|(?<=[一-鿿].)、)\s?$"
)
_TO = re.compile(r"\s?[-—–－~～至到]\s?")
_HUNDREDS = "百佰千仟万萬亿億"
"""Standing first they are no number of their own: 百节好课, 数百人, 千字文."""
_ADVERBS = ("十分", "万分", "百分", "千万")
_SIMPLE_UNIT = str.maketrans(
    "個節篇冊場項輪則門種條課週時學鐘％點對頁屆張", "个节篇册场项轮则门种条课周时学钟%点对页届张"
)
_REACH = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in simplified script; `start` and `end` are places in the text.

    `between` are the words between qualifier and number, such as 听课 in 至少听课十五节. Of a range
    (3—5篇) `value` is the lower end, at least so much, and `upper` the other one.
    """

    value: Decimal
    unit: str
    qualifier: Qualifier
    text: str
    start: int = 0
    end: int = 0
    between: str = ""
    upper: Decimal | None = None


def _qualifier(before: str, after: str | None, vague: str) -> Qualifier:
    if after:
        return _AFTER[after]
    if before:
        return (_BEFORE | _RIGHT_BEFORE).get(before, "at_least")
    if vague == "more_than":
        return "more_than"
    return "about" if vague else "exact"


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities in `text`, in order; ordinals (第一次) and unknown numbers (几十节) are none.

    A qualifier counts if it stands right before the number or with one verb between, as in
    至少阅读一本; 以上, 左右 and the like count right after the unit.
    """
    found: list[Quantity] = []
    for match in _PATTERN.finditer(text):
        since = found[-1].end if found else 0
        quantity = _quantity(text, match, since)
        if quantity is None:
            continue
        whole = _joined(found[-1], quantity, text) if found else None
        if whole:
            found[-1] = whole
        else:
            found.append(quantity)
    return tuple(found)


def _quantity(text: str, match: re.Match[str], since: int) -> Quantity | None:
    written = match["hundredths"] or match["number"] + (match["more"] or "").strip()
    numeral = numerals.read_numeral(written)
    start = match.start()
    ahead = text[max(since, start - _REACH) : start]
    if numeral is None or match[0] in _ADVERBS:
        return None
    reach = _RANGE.search(ahead)
    low = numerals.number(reach["low"]) if reach else None
    if reach and reach["ordinal"]:
        return None
    if reach and low is not None and _rises(low, numeral.value, reach["sign"]):
        start -= len(reach[0])
    else:
        low = None
    lead = _QUALIFIED.search(text, max(since, start - _REACH), start)
    lead = None if lead and _TIED.match(lead["between"] or "") else lead
    if not lead and written[0] in _HUNDREDS:
        lead = _UP_TO.search(text, max(since, start - 1), start)
    if not lead and not match["hundredths"] and _is_unknown(ahead, written):
        return None
    before, between = (lead["before"] or lead["close"], lead["between"] or "") if lead else ("", "")
    start = lead.start() if lead else start
    qualifier = _qualifier(before, match["after"] or match["upwards"], numeral.vague)
    value = numeral.value + (Decimal("0.5") if match["half"] else 0)
    unit = (
        "%" if match["hundredths"] else (match["halved"] or match["unit"]).translate(_SIMPLE_UNIT)
    )
    found = Quantity(value, unit, qualifier, text[start : match.end()], start, match.end(), between)
    if low is None:
        return found
    return _range(found, low, "about" if reach and reach["sign"] == "、" else "at_least")


def _rises(low: Decimal, high: Decimal, sign: str) -> bool:
    return high == low + 1 if sign == "、" else low < high


def _is_unknown(ahead: str, written: str) -> bool:
    """Whether nobody knows how many are meant: 几十节, 数百人, 百节好课."""
    return written[0] in _HUNDREDS or (written[0] in "十拾" and ahead[-1:] in set("数數几幾"))


def _range(high: Quantity, low: Decimal, near: Qualifier) -> Quantity:
    qualifier = near if high.qualifier == "exact" else high.qualifier
    return replace(high, value=low, upper=high.value, qualifier=qualifier)


def _joined(one: Quantity, other: Quantity, text: str) -> Quantity | None:
    """One quantity out of 三篇至五篇, or None if they are two."""
    if one.unit != other.unit or one.upper or not _TO.fullmatch(text, one.end, other.start):
        return None
    if not one.value < other.value:
        return None
    whole = replace(other, text=text[one.start : other.end], start=one.start, between=one.between)
    whole = whole if one.qualifier == "exact" else replace(whole, qualifier=one.qualifier)
    return _range(whole, one.value, "at_least")

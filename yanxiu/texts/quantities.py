"""Quantities with their unit and how sure they are: 不少于2篇, 二十余节, 40个工作日之多."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from yanxiu.texts import numerals

Qualifier = Literal["exact", "at_least", "at_most", "about", "more_than"]

# Longer units first, so that 人次 is not read as 人.
UNITS = (
    "个工作日|個工作日|工作日|个小时|個小時|个学时|個學時|个课时|個課時|个月|個月|人次|小时|小時|分钟|分鐘"
    "|学分|學分|学时|學時|课时|課時|学年|學年|学期|學期|周|週|天|次|节|節|篇|本|册|冊|场|場|项|項|份"
    "|名|位|人|个|個|堂|轮|輪|期|则|則|件|门|門|套|字|遍|所|支|种|種|步|条|條|元|分|%|％"
)
_BEFORE: dict[str, Qualifier] = {
    **dict.fromkeys(("不少于", "不少於", "不得少于", "不低于", "不低於", "不得低于"), "at_least"),
    **dict.fromkeys(("至少", "最少", "最低", "起码", "不下于", "不下"), "at_least"),
    **dict.fromkeys(
        ("不超过", "不超過", "不多于", "不得超过", "不得多于", "至多", "最多"), "at_most"
    ),
    **dict.fromkeys(("超过", "超過", "多于", "逾", "高于", "大于"), "more_than"),
    **dict.fromkeys(("大约", "大約", "约", "約", "近", "将近", "大概"), "about"),
}
_AFTER: dict[str, Qualifier] = {
    **dict.fromkeys(("及以上", "或以上", "以上", "之多", "起"), "at_least"),
    **dict.fromkeys(("及以下", "以下", "以内", "以內", "之内"), "at_most"),
    **dict.fromkeys(("左右", "上下"), "about"),
    **dict.fromkeys(("余", "餘", "多"), "more_than"),
}


def _any(words: dict[str, Qualifier]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PATTERN = re.compile(
    rf"百分之(?P<hundredths>{numerals.PATTERN})(?P<upwards>{_any(_AFTER)})?"
    rf"|(?<![第0-9０-９.．{numerals.HAN}])(?P<number>{numerals.PATTERN})(?P<more>[{numerals.MORE}]?)"
    rf"\s?(?P<unit>{UNITS})(?P<after>{_any(_AFTER)})?"
)
_QUALIFIED = re.compile(rf"(?P<before>{_any(_BEFORE)})(?!的)(?P<between>[一-鿿]{{0,6}}?)\s?$")
_ADVERBS = ("十分", "万分", "百分", "千万")
_SIMPLE_UNIT = str.maketrans(
    "個節篇冊場項輪則門種條課週時學鐘％", "个节篇册场项轮则门种条课周时学钟%"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in simplified script; `start` and `end` are places in the text.

    `between` are the words between qualifier and number, such as 听课 in 至少听课十五节.
    """

    value: Decimal
    unit: str
    qualifier: Qualifier
    text: str
    start: int = 0
    end: int = 0
    between: str = ""


def _qualifier(before: str, after: str | None, vague: str) -> Qualifier:
    if after:
        return _AFTER[after]
    if before:
        return _BEFORE[before]
    if vague == "more_than":
        return "more_than"
    return "about" if vague else "exact"


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities in `text`, in order; ordinals (第一次) are none.

    A qualifier counts if it stands right before the number or with one verb between, as in
    至少阅读一本; 以上, 左右 and the like count right after the unit.
    """
    found: list[Quantity] = []
    for match in _PATTERN.finditer(text):
        written = match["hundredths"] or match["number"] + match["more"]
        numeral = numerals.read_numeral(written)
        if numeral is None or match[0] in _ADVERBS:
            continue
        since = found[-1].end if found else 0
        lead = _QUALIFIED.search(text, max(since, match.start() - 12), match.start())
        start = lead.start() if lead else match.start()
        qualifier = _qualifier(
            lead["before"] if lead else "", match["after"] or match["upwards"], numeral.vague
        )
        unit = "%" if match["hundredths"] else match["unit"].translate(_SIMPLE_UNIT)
        written = text[start : match.end()]
        between = lead["between"] if lead else ""
        found.append(Quantity(numeral.value, unit, qualifier, written, start, match.end(), between))
    return tuple(found)

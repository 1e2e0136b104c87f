"""Headings of months and weeks in a schedule: 三月份：, 9月—10月, 第三周 制订计划."""

import re
from dataclasses import dataclass

from yanxiu.texts import numerals

_N = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = re.compile(
    rf"(?:(?:\d{{4}}|[次翌来明]|第二)\s*年\s*)?{_N}\s?(?:月份?)?(?:\s?[-—–~～－至、和及]+\s?{_N}\s?(?=月))?月?份?"
    r"(?P<part>[上中下]旬|[初底末])?(?P<tail>(?:的?(?:主要|重点)?(?:工作|活动|安排|内容|任务|重点)){0,2})"
    r"(?P<gap>\s*[:：]\s*|\s+|$)(?P<rest>.*)",
    re.DOTALL,
)
_WEEK = re.compile(
    rf"第{_N}(?:\s?[-—–~～－至、]+\s?第?{_N})?周(?:\s*[(（][^)）]*[)）])?\s*[:：]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_STAGE = re.compile(
    r"(?:第[一二三四五六]阶段|[一-鿿]{2,6}阶段)\s*[:：]?\s*[(（](?P<months>(?:\d{4}年)?[^()（）]*月份?)[)）]\s*[:：]?(?P<rest>.*)",
    re.DOTALL,
)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class MonthHeading:
    """A month or a week (`unit`), the last one of a range, and the text after it on the line.

    `part` is what part of the month is named: 上旬, 初, 底.
    """

    unit: str
    number: int
    until: int | None
    rest: str
    part: str = ""


def _number(text: str | None) -> int | None:
    value = numerals.number(text) if text else None
    return None if value is None else int(value)


def month_heading(text: str) -> MonthHeading | None:
    """Read `text` as the heading of a month or week, or give None; 3月12日开会 is none."""
    text = re.sub(r"^(?:元|正)月", "1月", text.strip())
    stage = _STAGE.fullmatch(text)
    if stage:
        text = f"{stage['months']}：{stage['rest']}"
    match = _MONTH.fullmatch(text)
    if match and "月" in text[: match.start("gap")]:
        number, until = _number(match[1]), _number(match[2])
        if number and 1 <= number <= _DECEMBER and (until is None or 1 <= until <= _DECEMBER):
            return MonthHeading("month", number, until, match["rest"].strip(), match["part"] or "")
    match = _WEEK.fullmatch(text)
    number = _number(match[1]) if match else None
    if match and number:
        return MonthHeading("week", number, _number(match[2]), match["rest"].strip())
    return None

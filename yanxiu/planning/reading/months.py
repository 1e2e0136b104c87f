"""Headings of months and weeks in a schedule: 三月份：, 9月—10月, 第三周 制订计划."""

import re
from dataclasses import dataclass

from yanxiu.texts import numerals

_N = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_SMALL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_MONTH = re.compile(
    rf"(?:(?:(?P<year>\d{{4}})|[次翌来明]|第二)\s*年\s*)?(?P<month>{_SMALL})\s?(?:月份?)?"
    r"(?:(?<=月)(?P<early>[上中下]旬|[初底末])(?=\s?[-—–~～－至到]))?"
    rf"(?:\s?[-—–~～－至到、和及]+\s?(?:(?:\d{{4}}|[次翌来明])年)?(?P<until>{_SMALL})\s?(?=月))?月?份?"
    r"(?P<part>[上中下]旬|[初底末])?(?P<tail>(?:的?(?:主要|重点)?(?:工作|活动|安排|内容|任务|重点)){0,2})"
    r"(?P<gap>\s*[:：]\s*|\s+|$)(?P<rest>.*)",
    re.DOTALL,
)
_WEEK = re.compile(
    rf"第{_N}(?:\s?[-—–~～－至、]+\s?第?{_N})?周(?:\s*[(（][^)）]*[)）])?\s*[:：]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_STAGE = re.compile(
    r"(?:第[一二三四五六]阶段|[一-鿿]{2,6}阶段|第?[一二三四]季度|[上下]半年)\s*[:：]?\s*[一-鿿]{0,12}\s*[(（](?P<months>(?:\d{4}年)?[^()（）]*月份?)[)）]\s*[:：]?(?P<rest>.*)",
    re.DOTALL,
)
_DOTTED = re.compile(
    r"^(?P<head>(?:[^()（）。，]{2,20}[(（])?)(?P<year>20\d\d)[.．/](?P<month>\d{1,2})月?"
    r"(?:\s?[-—–~～－至到]+\s?(?:20\d\d[.．/年])?(?P<until>\d{1,2})月?)?"
    r"(?P<tail>[)）:： \u3000]|$)(?!\d)"
)
_MOTTO = re.compile(rf"^((?:{_SMALL})月份?)[，,][一-鿿]{{2,8}}[:：]")
"""十月，丹桂飘香：评选…: a saying between the month and what is to be done in it."""
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class MonthHeading:
    """A month or a week (`unit`), the last one of a range, and the text after it on the line.

    `part` is what part of the month is named: 上旬, 初, 底; `year` the year, if it is.
    """

    unit: str
    number: int
    until: int | None
    rest: str
    part: str = ""
    year: int | None = None


def _written_out(match: re.Match[str]) -> str:
    until = f"—{match['until']}月" if match["until"] else ""
    return f"{match['head']}{match['year']}年{match['month']}月{until}{match['tail']}"


def _number(text: str | None) -> int | None:
    value = numerals.number(text) if text else None
    return None if value is None else int(value)


def month_heading(text: str) -> MonthHeading | None:
    """Read `text` as the heading of a month or week, or give None; 3月12日开会 is none."""
    text = re.sub(r"^(?:元|正)月", "1月", text.strip())
    text = _MOTTO.sub(r"\1：", _DOTTED.sub(_written_out, text))
    stage = _STAGE.fullmatch(text)
    if stage:
        text = f"{stage['months']}：{stage['rest']}"
    match = _MONTH.fullmatch(text)
    if match and "月" in text[: match.start("gap")]:
        number, until = _number(match["month"]), _number(match["until"])
        if number and 1 <= number <= _DECEMBER and (until is None or 1 <= until <= _DECEMBER):
            part = match["early"] or ("" if until else match["part"]) or ""
            year = _number(match["year"])
            return MonthHeading("month", number, until, match["rest"].strip(), part, year)
    match = _WEEK.fullmatch(text)
    number = _number(match[1]) if match else None
    if match and number:
        return MonthHeading("week", number, _number(match[2]), match["rest"].strip())
    return None

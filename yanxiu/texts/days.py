"""Days, weekdays, half-days, months and terms as schools write them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from yanxiu.texts import numerals

Season = Literal["spring", "autumn"]
HalfDay = Literal["morning", "afternoon", "evening"]
Precision = Literal["day", "month", "year"]

_YEARS = range(1900, 2101)
_MONTHS = range(1, 13)
_SERIALS = range(20_000, 60_001)  # 1954 to 2064; below are years, above are written dates
_FIRST_SERIAL = date(1899, 12, 30)
_HAN_YEAR = "[〇○零一二三四五六七八九]{4}"
_HAN_SMALL = "[〇○零一二三四五六七八九十]{1,3}"
_DAY = re.compile(
    rf"(?P<year>\d{{4}}|{_HAN_YEAR})\s*(?:[-./年－—．／]\s*"
    rf"(?:(?P<month>\d{{1,2}}|{_HAN_SMALL})\s*(?:[-./月－—．／]份?\s*"
    rf"(?:(?P<day>\d{{1,2}}|{_HAN_SMALL})\s*[日号號]?)?)?)?)?"
    r"(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>\d{{1,2}}|{_HAN_SMALL})月(?P<day>\d{{1,2}}|{_HAN_SMALL})[日号號]?"
)
# 每周一次, 每周一研 count; 周一研修组 does not.
_COUNTING = r"(?![次节篇场个回堂]|[课学]时(?![间事])|小时|[研练读议思得查](?![一-鿿]*[组室班]))"
_WEEKDAY = re.compile(rf"(?:周|週|星期|礼拜|禮拜)([一二三四五六日天1-7])(?!(?<=\d)\d){_COUNTING}")
_WEEKDAY_LIST = re.compile(
    rf"(?:周|週|星期|礼拜|禮拜)([一二三四五六日天1-7]){_COUNTING}"
    r"((?:\s*(?:[、，,和及与至到]|[-—–~～－])\s*(?:周|週|星期|礼拜|禮拜)?[一二三四五六日天1-7](?![\d次节篇场个回堂月日]))*)"
)
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", start=1)} | {"天": 7}
_HALF_DAYS: dict[str, HalfDay] = {
    **dict.fromkeys(("上午", "早上", "早晨"), "morning"),
    **dict.fromkeys(("下午", "午后"), "afternoon"),
    **dict.fromkeys(("晚上", "晚间", "傍晚"), "evening"),
}
_HALF_DAY = re.compile(
    "|".join(_HALF_DAYS)
    + r"|(?<!早)晚(?=[\d一二三四五六七八九自]|\W|$)|(?<=[周期拜][一二三四五六日天])晚"
)
_MONTH = re.compile(
    rf"(?<![\d一二三四五六七八九十个個])(?:(\d{{1,2}}|{_HAN_SMALL})\s*([-—–~～－至到和及]|(?<!^\d)、)\s*)?"
    rf"(\d{{1,2}}|{_HAN_SMALL}|元)月[份]?(?!\d)"
)
_TO = r"\s*年?\s*[-—–~－～至到/]+\s*"
# Two digits are a year only before 学年; 2011-12-10 is a day.
_SCHOOL_YEAR = re.compile(
    rf"(?<!\d)(?P<start>\d{{4}}){_TO}(?P<end>\d{{4}})(?!\d|\s*[.年]\s*\d)"
    rf"|(?<!\d)(?P<short>\d{{4}}|\d{{2}}){_TO}(?P<short_end>\d{{2}})\s*[学學]年"
    rf"|(?P<han>{_HAN_YEAR}){_TO}(?P<han_end>{_HAN_YEAR})\s*年?[学學度]"
    rf"|(?<!\d)(?P<alone>\d{{4}}|{_HAN_YEAR})\s*[学學]年"
)
_ORDINAL_TERM = re.compile(r"第\s*([一二12])\s*[学學]期|([上下])\s*(?:半)?[学學]期")
_SEASON_TERM = re.compile(
    rf"(?:(\d{{4}}|{_HAN_YEAR})\s*年?\s*)?([春秋])(?:季|季?[学學]期|季[学學]期)"
    rf"|(\d{{4}}|{_HAN_YEAR})\s*年?\s*([春秋])(?![天风游雨节])"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as exactly as it was written; `precision` says which of the parts are known."""

    year: int
    month: int | None
    day: int | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Term:
    """A term as written: `school_year` is the year it began; any part may be unknown.

    `year` is the calendar year in which the term itself begins.
    """

    school_year: int | None
    season: Season | None

    @property
    def year(self) -> int | None:
        """The calendar year of the term's start: the spring term lies in the following year."""
        if self.school_year is None or self.season is None:
            return None
        return self.school_year + (self.season == "spring")


def _checked(year: int, month: int | None, day: int | None) -> Day | None:
    if year not in _YEARS:
        return None
    if month is None:
        return Day(year, None, None, "year")
    if month not in range(1, 13):
        return None
    if day is None:
        return Day(year, month, None, "month")
    return Day(year, month, day, "day") if 1 <= day <= monthrange(year, month)[1] else None


def _small(text: str | None) -> int | None:
    if text is None:
        return None
    value = numerals.number(text)
    return None if value is None else int(value)


def _read_digits(number: int) -> Day | None:
    if number in _YEARS:
        return _checked(number, None, None)
    if number in _SERIALS:
        moment = _FIRST_SERIAL + timedelta(days=number)
        return Day(moment.year, moment.month, moment.day, "day")
    if 190_001 <= number <= 210_012:  # noqa: PLR2004 - YYYYMM
        return _checked(number // 100, number % 100, None)
    if 19_000_101 <= number <= 21_001_231:  # noqa: PLR2004 - YYYYMMDD
        return _checked(number // 10_000, number // 100 % 100, number % 100)
    return None


def _read_number(cell: float | Decimal) -> Day | None:
    number = Decimal(str(cell))
    if not number.is_finite():
        return None
    if number == number.to_integral_value() or int(number) in _SERIALS:
        return _read_digits(int(number))
    # A spreadsheet stores 1989.10 as 1989.1, so a single decimal 1 may be January or October.
    decimals = str(number.normalize()).partition(".")[2]
    if decimals == "1":
        return _checked(int(number), None, None)
    return _checked(int(number), int(decimals), None) if len(decimals) <= 2 else None  # noqa: PLR2004


def read_day(cell: object) -> Day | None:
    """Read what a roster cell says about a day; an impossible date is None.

    Args:
        cell: a date, a moment, a spreadsheet number (serial, YYYYMM, YYYY.MM) or a text.
    """
    if isinstance(cell, date):  # a datetime is one too
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float | Decimal):
        return _read_number(cell)
    text = " ".join(str(cell).replace("年份", "年").split())
    if re.fullmatch(r"\d{5,8}(?:\.0)?", text):
        return _read_digits(int(text.removesuffix(".0")))
    match = _DAY.fullmatch(text)
    if not match:
        return None
    year = _small(match["year"])
    return None if year is None else _checked(year, _small(match["month"]), _small(match["day"]))


def find_days(text: str) -> tuple[Day, ...]:
    """All dates with year and month written in running text, in order."""
    found = []
    for match in _DAY.finditer(text):
        day = read_day(match[0]) if match["month"] else None
        if day:
            found.append(day)
    return tuple(found)


def read_month_day(text: str) -> tuple[int, int] | None:
    """The first 3月12日 in `text` as (month, day), or None if there is none that exists."""
    match = _MONTH_DAY.search(text)
    month, day = (_small(match["month"]), _small(match["day"])) if match else (None, None)
    if month is None or day is None or not _checked(2000, month, day):
        return None
    return month, day


def read_weekday(text: str) -> int | None:
    """The first weekday named in `text`, Monday 1 to Sunday 7."""
    match = _WEEKDAY.search(text)
    if not match:
        return None
    return _weekday(match[1])


def find_weekdays(text: str) -> tuple[int, ...]:
    """All weekdays named in `text` in order: 每周二、四 gives 2 and 4, 周一至周五 all five."""
    found: list[int] = []
    for match in _WEEKDAY_LIST.finditer(text):
        found.append(_weekday(match[1]))
        for sign, day in re.findall(
            r"([、，,和及与至到\-—–~～－])[^\d一二三四五六日天]*(\w)", match[2]
        ):
            day_number = _weekday(day)
            if sign not in "、，,和及与":
                found += range(found[-1] + 1, day_number)
            found.append(day_number)
    return tuple(dict.fromkeys(found))


def _weekday(written: str) -> int:
    return _WEEKDAYS.get(written) or int(written)


def read_half_day(text: str) -> HalfDay | None:
    """The first half-day named in `text`."""
    match = _HALF_DAY.search(text)
    return _HALF_DAYS.get(match[0], "evening") if match else None


def find_months(text: str) -> tuple[int, ...]:
    """The months named in `text` in order: 3月, 三月份, 九、十月, 3—5月; 2个月 is a duration."""
    found: list[int] = []
    for match in _MONTH.finditer(text):
        first, last = _small(match[1]), 1 if match[3] == "元" else _small(match[3])
        if last not in _MONTHS or last is None:
            continue
        if first in _MONTHS and first is not None:
            found.append(first)
            if match[2] not in "、和及":
                found += range(first + 1, last)
        elif len(match[3]) == 2 and _small(match[3][1]) == last + 1:  # noqa: PLR2004 - 三四月
            found.append(last)
            last += 1
        found.append(last)
    return tuple(found)


def read_month(text: str) -> int | None:
    """The first month named in `text`."""
    return next(iter(find_months(text)), None)


def read_term(text: str) -> Term | None:
    """The term or school year named in `text`: 2026—2027学年第一学期, 2027年春季学期, 秋季学期.

    None if the text names none; a bare 2026年 is a year, not a term.
    """
    years = _SCHOOL_YEAR.search(text)
    school_year = _school_year(years) if years else None
    ordinal, seasonal = _ORDINAL_TERM.search(text), _SEASON_TERM.search(text)
    season: Season | None = None
    if ordinal:
        season = "autumn" if (ordinal[1] or ordinal[2]) in {"一", "1", "上"} else "spring"
    elif seasonal:
        season = "autumn" if (seasonal[2] or seasonal[4]) == "秋" else "spring"
        year = _small(seasonal[1] or seasonal[3])
        if school_year is None and year in _YEARS and year is not None:
            school_year = year - (season == "spring")
    return Term(school_year, season) if school_year or season else None


def _school_year(match: re.Match[str]) -> int | None:
    """The year in which the school year began, if the two that are named follow each other."""
    pairs = (("start", "end"), ("short", "short_end"), ("han", "han_end"), ("alone", "alone"))
    start, end = next((match[one], match[other]) for one, other in pairs if match[one])
    first, last = _small(start), _small(end)
    if first is None or last is None:
        return None
    follows = match["alone"] or last in {first + 1, (first + 1) % 100}
    first += 2000 if len(start) == 2 else 0  # noqa: PLR2004 - 25-26学年
    return first if follows and first in _YEARS else None


def read_year(text: str) -> int | None:
    """The first calendar year in `text` with four digits, Arabic or Chinese."""
    match = re.search(rf"(?<!\d)(\d{{4}})(?!\d)|({_HAN_YEAR})年", text)
    year = _small(match[1] or match[2]) if match else None
    return year if year in _YEARS else None

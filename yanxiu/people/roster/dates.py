"""Dates of a roster column: exact to what the roster knows, and no further."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yanxiu.documents.tables import Cell, LostDigits
from yanxiu.people.roster.cells import plain, says_nothing
from yanxiu.people.roster.columns import FIELDS
from yanxiu.people.roster.persons import Problem
from yanxiu.texts.days import Day, read_day

_YEAR_AND_MONTH = re.compile(r"(\d{4})\.(\d{1,2})")
_SHORT_YEAR = re.compile(r"(\d{2})(?=\s*[.年/\-]\s*[\d一二三四五六七八九十])")
_REPUBLIC = re.compile(r"民[国國]\s*(\d{1,3})")
_HAN_SHORT_YEAR = re.compile(r"([四五六七八九〇零][〇零一二三四五六七八九])(?=\s*年)")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_ENGLISH = re.compile(r"(?:(\d{1,2})[-\s])?([A-Za-z]{3})[a-z]*[-\s](\d{2}|\d{4})")
_ABBREVIATIONS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTHS = {_ABBREVIATIONS[3 * at : 3 * at + 3]: at + 1 for at in range(12)}
_SEASON = re.compile(r"(\d{4})\s*年?\s*[春夏秋冬]季?(?:学期)?")
_CENTURY_TURN = 40
_ENOUGH_DATES = 3
_NOW = frozenset({"至今", "不详", "不詳", "未知"})


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a whole column writes its dates, which decides what a single cell leaves open.

    `padded`: months are written with two digits, so 1977.1 is what a spreadsheet left of 1977.10.
    `unpadded`: months are written with one digit, so 1977.1 as text is January.
    `months_only`: full dates all fall on the first: the day was put there by the spreadsheet.
    """

    padded: bool = False
    unpadded: bool = False
    months_only: bool = False


_AS_IT_IS = DateStyle()


def style_of(cells: Iterable[Cell], *, head_key: str) -> DateStyle:
    """Return how the column with these `cells` writes dates."""
    padded = unpadded = written_out = False
    full: list[Day] = []
    partial = "年月" in head_key
    for cell in cells:
        if cell is None:
            continue
        if match := _YEAR_AND_MONTH.fullmatch(plain(cell)):
            padded |= match[2].startswith("0")
            unpadded |= match[2] in "23456789"
        day = read_day(cell) if isinstance(cell, str | int | float | date) else None
        if day and day.precision == "day":
            full.append(day)
            written_out |= isinstance(cell, str)
        elif day and day.precision == "month":
            partial = True
    firsts = bool(full) and all(day.day == 1 for day in full)
    return DateStyle(
        padded, unpadded, firsts and (len(full) >= _ENOUGH_DATES or (partial and not written_out))
    )


def read_date(cell: Cell, *, field: str, style: DateStyle) -> tuple[str, tuple[Problem, ...]]:
    """Read one cell as `1989`, `1989-07` or `1989-07-26`; nothing if it is no possible date."""
    text = plain(cell).strip(" .,。")
    if says_nothing(text) or text in _NOW:
        return "", ()
    if isinstance(cell, float) or (isinstance(cell, str) and not style.unpadded):
        match = _YEAR_AND_MONTH.fullmatch(text)
        if match and match[2] == "1":
            return _january_or_october(cell, match[1], field=field, style=style)
    day, problems = _day(cell, text, field=field)
    if day is None:
        return "", problems
    return _shown(day, style), problems


def _day(cell: Cell, text: str, *, field: str) -> tuple[Day | None, tuple[Problem, ...]]:
    if isinstance(cell, LostDigits | bool):
        return None, (_impossible(text, field),)
    day = read_day(cell if isinstance(cell, int | float | date) else text)
    if day is not None:
        return day, ()
    longer = _from_english(_SEASON.sub(r"\1", _HAN_SHORT_YEAR.sub(_in_figures, text)))
    longer = _REPUBLIC.sub(lambda match: str(int(match[1]) + 1911), longer)
    if longer[:2].isdigit() and not longer[:4].isdigit():
        longer = _SHORT_YEAR.sub(_with_century, longer, count=1)
    day = read_day(longer) if longer != text else None
    if day is None:
        return None, (_impossible(text, field),)
    sentence = f"{FIELDS[field]}“{text}”读作{_shown(day, _AS_IT_IS)}。如不对请改正。"
    return day, (Problem("date-year-completed", "info", field, sentence),)


def _in_figures(match: re.Match[str]) -> str:
    return match[1].translate(_HAN_DIGITS)


def _from_english(text: str) -> str:
    """Return Sep-78 and 1-Sep-1978, as spreadsheets write them to csv, in figures."""
    match = _ENGLISH.fullmatch(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    if match is None or month is None:
        return text
    day = f"-{match[1]}" if match[1] else ""
    return f"{match[3]}-{month}{day}"


def _with_century(match: re.Match[str]) -> str:
    return ("19" if int(match[1]) >= _CENTURY_TURN else "20") + match[1]


def _january_or_october(
    cell: Cell, year: str, *, field: str, style: DateStyle
) -> tuple[str, tuple[Problem, ...]]:
    if style.padded and not style.unpadded:
        sentence = f"{FIELDS[field]}“{year}.1”按本列写法读作{year}年10月。如不对请改正。"
        return f"{year}-10", (Problem("date-october", "info", field, sentence),)
    if isinstance(cell, str):
        return f"{year}-01", ()
    sentence = (
        f"{FIELDS[field]}是数字 {year}.1，可能是1月也可能是10月，只采用了年份。"
        "请把该列设为文本，写成“1989-10”的样子。"
    )
    return year, (Problem("date-month-unclear", "warning", field, sentence),)


def _shown(day: Day, style: DateStyle) -> str:
    if day.month is None:
        return f"{day.year}"
    if day.day is None or (style.months_only and day.day == 1):
        return f"{day.year}-{day.month:02d}"
    return f"{day.year}-{day.month:02d}-{day.day:02d}"


def _impossible(text: str, field: str) -> Problem:
    sentence = (
        f"{FIELDS[field]}“{text[:30]}”不是可能的日期，没有采用。"
        "请写成“1989-07”的样子；本行其他内容已读取。"
    )
    return Problem("date-impossible", "warning", field, sentence)

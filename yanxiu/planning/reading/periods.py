"""Which time a document covers, and what of it had to be inferred."""

import re

from yanxiu.planning.reading.findings import Period, PeriodKind
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.schedules import months_of
from yanxiu.texts import numerals
from yanxiu.texts.days import Season, Term, read_day, read_term, read_year

_MULTI = re.compile(
    r"第[一二三四五]学年|(?<![\d〇一二三四五六七八九])[二两三四五六2-6]年(?!级)[^，,。]{0,6}(?:规划|计划|方案|纲要)"
)
_FROM_TO = re.compile(r"(\d{4})(?:[.年]\d{0,2}月?)?\s*[-—–~～至到]+\s*(\d{4})(?!\d)")
_HAN_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?=学?年)")
_SPAN = re.compile(r"(?<![\d〇一二三四五六七八九])([二两三四五六七八九十]|\d)年(?!级)")
_THEME = re.compile(r"第[一二三四五六七八九十]学?年")
_KINDS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("term", re.compile(r"学期")),
    ("half_year", re.compile(r"半年")),
    ("school_year", re.compile(r"学年")),
    ("year", re.compile(r"年度|全年|一年来|\d{4}年(?!级)")),
)
_TOLD: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("term", re.compile(r"[本这]个?学期|一个?学期[来以]|学期(?:即将|已经|马上)")),
    ("half_year", re.compile(r"半年")),
    ("school_year", re.compile(r"[本这]个?学年|一学年[来以]")),
    ("year", re.compile(r"[本全]年度?|一年来|\d{4}年度")),
)
_MONTHS = re.compile(
    r"(?P<year>20\d\d)[年.](?P<month>\d{1,2})月?\s*[-—–~～至到]+\s*(?:(?P<until>20\d\d)[年.])?(?P<end>\d{1,2})月?(?![\d日])"
)
_A_YEAR, _A_TERM = 12, 6
_OF_YEAR = re.compile(r"现[将对就][一-鿿]{0,6}(?P<year>20\d\d)年度?[一-鿿]{0,14}(?:总结|汇报|报告)")
_GRADUATES = re.compile(r"\d{4}[届级](?!学期)")
_SUBTITLE = re.compile(
    r"[(（【]?\s*(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})[^，,。；;：:]{0,16}?(?:学年度?|学期|年度|年)\s*[)）】]?"
)
"""（2026—2027学年度）, alone on the line below the title."""
_OPENING, _AUGUST, _UNDER = 3, 8, 2
_SPRING, _AUTUMN = {2, 3, 4, 5, 6, 7}, {8, 9, 10, 11, 12, 1}


def read_period(reading: Reading) -> Period:
    """The period as stated; a year only in the title, or a season only from months, is inferred."""
    titles = _arabic(" ".join((reading.part.title, *reading.part.headers)))
    below = (item.text.strip() for item in reading.items[:_UNDER])
    titles = " ".join((titles, *(_arabic(text) for text in below if _SUBTITLE.fullmatch(text))))
    titles = _GRADUATES.sub("", titles)
    plain = [item.text for item in reading.items if not item.is_heading]
    opening = " ".join(plain[:_OPENING])
    listed = sum(_THEME.match(item.text) is not None for item in reading.items)
    several = any(_MULTI.match(item.text) for item in reading.items) or listed > 1
    if _MULTI.search(titles) or several or _is_long(titles):
        return _several_years(titles, opening, reading)
    stated = read_term(titles) or read_term(opening) or Term(None, None)
    kind = _kind(titles, _KINDS) or _kind(opening, _TOLD)
    signed = _signed(reading)
    season = stated.season
    if season is None and kind in {"term", None}:
        season = _season(set(months_of(reading)))
        if season is None and kind == "term" and signed:
            season = signed.season
    if season is None and kind is None and read_year(titles) is None:
        spanned = _spanned(reading)
        if spanned:
            return spanned
    if season is None:
        return _without_season(titles, opening, stated, kind)
    school_year = stated.school_year
    if school_year is None:
        year = read_year(titles) or read_year(opening)
        school_year = None if year is None else year - (season == "spring")
    if school_year is None and signed and signed.season == season:
        school_year = signed.school_year
    year = Term(school_year, season).year
    concluded = season != stated.season or (school_year != stated.school_year)
    return Period("term", year, season, school_year, inferred=concluded)


def _is_long(titles: str) -> bool:
    """规划（2023—2026）: more years than one school year has."""
    span = _FROM_TO.search(titles)
    return bool(span) and int(span[2]) - int(span[1]) > 1 if span else False


def _arabic(text: str) -> str:
    """`text` with its years in digits: 二〇二六学年 as 2026学年."""
    return _HAN_YEAR.sub(lambda match: str(numerals.number(match[0])), text)


def _several_years(titles: str, opening: str, reading: Reading) -> Period:
    """Which years a long plan covers; a single year in its title is when it was written."""
    span = _FROM_TO.search(titles) or _FROM_TO.search(opening)
    years = _years(titles, reading)
    if not span:
        return Period("multi_year", years=years)
    first, last = int(span[1]), int(span[2])
    return Period("multi_year", first, school_year=first, years=years or last - first or None)


def _years(titles: str, reading: Reading) -> int | None:
    """How many years a long plan covers: as its title says, else as many as it lists."""
    match = _SPAN.search(titles)
    value = numerals.number(match[1]) if match else None
    listed = sum(_THEME.match(item.text) is not None for item in reading.items)
    return int(value) if value is not None else listed or None


def _signed(reading: Reading) -> Term | None:
    """The term of the day a document is signed with, alone on a line near beginning or end."""
    lines = [line.text.strip().strip("()（） ") for line in reading.part.lines]
    days = (read_day(text) for text in (*lines[:_OPENING], *lines[-_OPENING:]))
    day = next((day for day in days if day and day.month), None)
    if day is None or day.month is None:
        return None
    if day.month == 1:  # plans of January are for the spring, summaries of the autumn
        return Term(day.year - 1, "spring" if reading.kind == "plan" else "autumn")
    if day.month >= _AUGUST:
        return Term(day.year, "autumn")
    return Term(day.year - 1, "spring")


def _spanned(reading: Reading) -> Period | None:
    """2024年9月至2026年7月 anywhere in a plan that says nowhere else of when it is."""
    for item in reading.items:
        told = _MONTHS.search(item.text)
        if not told:
            continue
        first, last = int(told["year"]), int(told["until"] or told["year"])
        begun, ended = int(told["month"]), int(told["end"])
        months = (last - first) * 12 + ended - begun + 1
        begins = first - (begun < _AUGUST)
        if months > _A_YEAR:
            return Period("multi_year", first, None, begins, years=round(months / _A_YEAR))
        if months > _A_TERM:
            kind: PeriodKind = "school_year" if begun >= _AUGUST else "year"
            return Period(kind, first, None, begins if begun >= _AUGUST else None)
        return Period("term", first, "spring" if begun < _AUGUST else "autumn", begins)
    return None


def _kind(text: str, kinds: tuple[tuple[PeriodKind, re.Pattern[str]], ...]) -> PeriodKind | None:
    return next((kind for kind, pattern in kinds if pattern.search(text)), None)


def _season(months: set[int]) -> Season | None:
    if not months:
        return None
    if months <= _SPRING:
        return "spring"
    return "autumn" if months <= _AUTUMN else None


def _without_season(titles: str, opening: str, stated: Term, kind: PeriodKind | None) -> Period:
    if stated.school_year is not None:
        kind = "term" if kind == "term" else "school_year"
        return Period(kind, stated.school_year, None, stated.school_year)
    year = read_year(titles)
    is_stated = year is not None and f"{year}年" in titles
    if year is None:
        told = _OF_YEAR.search(opening)
        year = int(told["year"]) if told else read_year(opening)
        is_stated = year is not None
    return Period(kind, year, None, None, inferred=year is not None and not is_stated)

"""Which time a document covers, and what of it had to be inferred."""

import re

from yanxiu.planning.reading.findings import Period, PeriodKind
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.schedules import months_of
from yanxiu.texts.days import Season, Term, read_day, read_term, read_year

_MULTI = re.compile(r"第[一二三四五]学年|(?:[三五]|[35])年(?:发展)?(?:规划|计划)")
_KINDS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("term", re.compile(r"学期")),
    ("half_year", re.compile(r"半年")),
    ("school_year", re.compile(r"学年")),
    ("year", re.compile(r"年度|全年|一年来|\d{4}年(?!级)")),
)
_TOLD: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("term", re.compile(r"[本这]个?学期|一学期[来以]|学期(?:即将|已经|马上)")),
    ("half_year", re.compile(r"半年")),
    ("school_year", re.compile(r"[本这]个?学年|一学年[来以]")),
    ("year", re.compile(r"[本全]年度?|一年来|\d{4}年度")),
)
_OPENING, _AUGUST = 3, 8
_SPRING, _AUTUMN = {2, 3, 4, 5, 6, 7}, {8, 9, 10, 11, 12, 1}


def read_period(reading: Reading) -> Period:
    """The period as stated; a year only in the title, or a season only from months, is inferred."""
    titles = " ".join((reading.part.title, *reading.part.headers))
    plain = [item.text for item in reading.items if not item.is_heading]
    opening = " ".join(plain[:_OPENING])
    if _MULTI.search(titles) or any(_MULTI.match(item.text) for item in reading.items):
        return Period("multi_year")
    stated = read_term(titles) or read_term(opening) or Term(None, None)
    kind = _kind(titles, _KINDS) or _kind(opening, _TOLD)
    signed = _signed(reading)
    season = stated.season
    if season is None and kind in {"term", None}:
        season = _season(set(months_of(reading)))
        if season is None and kind == "term" and signed:
            season = signed.season
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
        year = read_year(opening)
        is_stated = year is not None
    return Period(kind, year, None, None, inferred=year is not None and not is_stated)

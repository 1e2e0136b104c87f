"""Days, weekdays, months and terms are read as exactly as they were written, and no more."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from yanxiu.texts import days
from yanxiu.texts.days import Day, Term


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2020, 1, 2), Day(2020, 1, 2, "day")),
        (datetime(2020, 1, 2, 3, tzinfo=UTC), Day(2020, 1, 2, "day")),
        ("1967.09", Day(1967, 9, None, "month")), (1967.09, Day(1967, 9, None, "month")),
        ("1989-7", Day(1989, 7, None, "month")), ("199807", Day(1998, 7, None, "month")),
        (199807, Day(1998, 7, None, "month")), (199807.0, Day(1998, 7, None, "month")),
        ("1982年10月", Day(1982, 10, None, "month")), ("2013-08", Day(2013, 8, None, "month")),
        ("1991/8/1", Day(1991, 8, 1, "day")), ("1991年8月1日", Day(1991, 8, 1, "day")),
        ("2015-09-01 00:00:00", Day(2015, 9, 1, "day")), (20150901, Day(2015, 9, 1, "day")),
        (36000, Day(1998, 7, 24, "day")), (36000.0, Day(1998, 7, 24, "day")),
        ("二〇〇三年九月", Day(2003, 9, None, "month")), ("2020", Day(2020, None, None, "year")),
        ("二〇〇三年十二月三十一日", Day(2003, 12, 31, "day")),
        (2008, Day(2008, None, None, "year")),
    ],
)  # fmt: skip
def test_a_roster_cell_is_read(cell: Any, day: Day) -> None:
    assert days.read_day(cell) == day


@pytest.mark.parametrize(
    "cell",
    [
        "2021-02-30",
        "2020年13月",
        "1800-01-01",
        "",
        None,
        True,
        "不详",
        12,
        199813,
        float("nan"),
        [],
        "2020-1-1-1",
    ],
)
def test_an_impossible_day_is_none(cell: Any) -> None:
    assert days.read_day(cell) is None


def test_a_spreadsheet_number_that_may_be_january_or_october_gives_only_the_year() -> None:
    assert days.read_day(1989.1) == Day(1989, None, None, "year")
    assert days.read_day("1989.1") == Day(1989, 1, None, "month")


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("周三下午", 3),
        ("週四下午", 4),
        ("星期二第七节", 2),
        ("礼拜天", 7),
        ("星期日", 7),
        ("每周一次", None),
        ("兩週一次", None),
    ],
)
def test_a_weekday_is_told_from_once_a_week(text: str, weekday: int | None) -> None:
    assert days.read_weekday(text) == weekday


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("每周二、四下午", (2, 4)),
        ("星期三、星期五", (3, 5)),
        ("周一至周五", (1, 2, 3, 4, 5)),
        ("周2-周4", (2, 3, 4)),
        ("周一、三、五", (1, 3, 5)),
        ("每周三，4月起", (3,)),
        ("每周两次", ()),
    ],
)
def test_several_weekdays_are_all_found(text: str, weekdays: tuple[int, ...]) -> None:
    assert days.find_weekdays(text) == weekdays


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3—5月", (3, 4, 5)),
        ("九、十月份", (9, 10)),
        ("三四月", (3, 4)),
        ("11月至次年元月", (11, 1)),
        ("1、3月开题", (3,)),
        ("13月，0月，个月", ()),
    ],
)
def test_several_months_are_all_found(text: str, months: tuple[int, ...]) -> None:
    assert days.find_months(text) == months


def test_half_days_and_months_are_found() -> None:
    assert [days.read_half_day(text) for text in ("周三下午", "周五晚7点", "早晚")] == [
        "afternoon",
        "evening",
        None,
    ]
    assert days.find_months("三月份到11月，共2个月") == (3, 11)
    assert days.read_month_day("10月15日（周四）") == (10, 15)
    assert days.read_month_day("2月30日") is None


@pytest.mark.parametrize(
    ("text", "term", "year"),
    [
        ("2026—2027学年第一学期", Term(2026, "autumn"), 2026),
        ("2026-2027學年度第二學期", Term(2026, "spring"), 2027),
        ("2025—26学年下学期", Term(2025, "spring"), 2026),
        ("2026学年度上学期", Term(2026, "autumn"), 2026),
        ("2026年春季学期", Term(2025, "spring"), 2026),
        ("二〇二六年秋季学期", Term(2026, "autumn"), 2026),
        ("秋季学期", Term(None, "autumn"), None),
        ("二〇二五—二〇二六学年度第一学期", Term(2025, "autumn"), 2025),
        ("25-26学年第二学期", Term(2025, "spring"), 2026),
        ("2025年—2026学年上学期", Term(2025, "autumn"), 2025),
    ],
)
def test_a_term_knows_its_school_year_and_its_own_year(
    text: str, term: Term, year: int | None
) -> None:
    found = days.read_term(text)

    assert found == term
    assert found.year == year


@pytest.mark.parametrize(
    "text",
    ["本学期", "2022学校计划", "2026年", "春风化雨", "2025-12-10", "2011-12-10", "2023—2027年"],
)
def test_a_text_that_names_no_term_gives_none(text: str) -> None:
    assert days.read_term(text) is None

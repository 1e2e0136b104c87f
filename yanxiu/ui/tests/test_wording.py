"""Days, moments and amounts are written the way a Chinese school writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from yanxiu.kernel.spans import Span
from yanxiu.ui.templatetags.ui import in_script
from yanxiu.ui.wording import (
    amount_text,
    clock_text,
    day_text,
    days_text,
    figure_text,
    moment_text,
    span_text,
)

EARLY = datetime(2026, 10, 14, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("2.0000"), "2"),
        (Decimal("2.5000"), "2.5"),
        (Decimal("0.0625"), "0.0625"),
        (Decimal(1824), "1,824"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.0000"), "0"),
        (0, "0"),
        (None, "—"),
    ],
)
def test_an_amount_has_no_useless_zeros(amount: Decimal | None, text: str) -> None:
    assert amount_text(amount) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("46.6667"), "46.67"),
        (Decimal("0.125"), "0.13"),
        (Decimal("52.5000"), "52.5"),
        (Decimal(1824), "1,824"),
        (Decimal(0), "0"),
    ],
)
def test_the_number_of_a_figure_has_two_decimals_at_most(value: Decimal, text: str) -> None:
    assert figure_text(value) == text


def test_a_day_has_its_weekday_and_no_leading_zeros() -> None:
    assert day_text(date(2026, 10, 5)) == "10月5日（周一）"
    assert day_text(date(2026, 10, 5), year=True) == "2026年10月5日（周一）"


def test_a_moment_is_told_on_the_clock_of_shanghai() -> None:
    assert clock_text(EARLY) == "07:05"
    assert day_text(EARLY) == "10月15日（周四）"
    assert moment_text(EARLY) == "10月15日（周四）07:05"


def test_a_missing_day_is_a_dash() -> None:
    assert (day_text(None), clock_text(None), moment_text(None)) == ("—", "—", "—")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "2026年11月16日—22日"),
        (date(2026, 11, 30), date(2026, 12, 6), "2026年11月30日—12月6日"),
        (date(2026, 12, 28), date(2027, 1, 3), "2026年12月28日—2027年1月3日"),
    ],
)
def test_days_that_follow_each_other_say_no_more_than_is_needed(
    first: date, last: date, said: str
) -> None:
    assert days_text(first, last) == said
    shorter = said.removeprefix("2026年") if last.year == first.year else said
    assert days_text(first, last, year=False) == shorter
    with translation.override("en"):
        assert days_text(first, last).endswith(str(last.year))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Span(date(2026, 9, 1), date(2027, 9, 1)), "2026年9月1日—2027年8月31日"),
        (date(2026, 9, 1), "2026年9月1日"),
        (["2026-09-01", "2027-08-31"], "2026年9月1日—2027年8月31日"),
        ("2026-09-01 至 2027-08-31", "2026年9月1日—2027年8月31日"),
        ("2026-09-01", "2026年9月1日"),
        ("本周期", "本周期"),
    ],
)
def test_what_a_paper_keeps_of_days_is_read_as_people_write_them(value: object, text: str) -> None:
    assert span_text(value) == text


def test_one_day_is_written_for_who_reads_english() -> None:
    with translation.override("en"):
        assert span_text("2026-09-01") == "1 Sep 2026"


def test_the_words_of_a_scheme_stand_in_the_script_of_the_reader() -> None:
    with translation.override("zh-hant"):
        assert in_script("本学年 课时") == "本學年 課時"
    assert in_script("本学年 课时") == "本学年 课时"

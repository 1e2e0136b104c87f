"""How days, moments and amounts are written for people."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, pgettext

from yanxiu.kernel.spans import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
NOTHING = "—"
_KEPT_DAY = re.compile(r"\d{4}-\d\d-\d\d")
OF_FIGURES = "数据项"
"""The context under which the texts of figures stand in the catalogues."""


def local(moment: datetime) -> datetime:
    """Return `moment` on the clock of Shanghai; a naive moment is taken to be there already."""
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment


def amount_text(amount: Decimal | float | None) -> str:
    """Write an amount without useless zeros: 2.5000 is 2.5, 1824.00 is 1,824, None is a dash."""
    if amount is None:
        return NOTHING
    text = f"{Decimal(str(amount)):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def figure_text(value: Decimal | float) -> str:
    """Write the number of a figure, on a page and on paper, with at most two decimals, half up."""
    return amount_text(Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def of_figure_text(text: str) -> str:
    """Return what a figure says of itself, its name or unit or meaning, in the reader's language.

    The figure keeps plain Chinese, for what leaves the house on paper states it.
    """
    return pgettext(OF_FIGURES, text) if text else ""


def days_text(first: date, last: date, *, year: bool = True) -> str:
    """Write days that follow each other, without weekdays: 2026年11月16日—22日.

    The year may be left out where it is understood, if it is one. On a page in English it is
    16–22 Nov 2026.
    """
    one_year, one_month = first.year == last.year, first.month == last.month
    said = year or not one_year
    if get_language() == "en":
        begins = [str(first.day)]
        begins += [] if one_year and one_month else [ENGLISH_MONTHS[first.month - 1]]
        begins += [] if one_year else [str(first.year)]
        ends = [str(last.day), ENGLISH_MONTHS[last.month - 1], *([str(last.year)] if said else [])]
        return f"{' '.join(begins)}–{' '.join(ends)}"
    ends_year = "" if one_year else f"{last.year}年"
    ends_month = "" if one_year and one_month else f"{last.month}月"
    front = f"{first.year}年" if said else ""
    return f"{front}{first.month}月{first.day}日—{ends_year}{ends_month}{last.day}日"


def span_text(value: object) -> str:
    """Write a span, or what a paper keeps of one: a day, two, or 2026-09-01 至 2027-08-31."""
    if isinstance(value, Span):
        first, last = value.start, value.last
    elif isinstance(value, date):
        first = last = value
    else:
        kept = _KEPT_DAY.findall(" ".join(value) if isinstance(value, list) else str(value))
        if not kept:
            return str(value)
        first, last = date.fromisoformat(kept[0]), date.fromisoformat(kept[-1])
    if first != last:
        return days_text(first, last)
    if get_language() == "en":
        return f"{first.day} {ENGLISH_MONTHS[first.month - 1]} {first.year}"
    return f"{first.year}年{first.month}月{first.day}日"


def day_text(day: date | None, *, year: bool = False) -> str:
    """Write a day as 10月15日（周四）, with the year in front where it could be mistaken.

    On a page in English it is Thu 15 Oct.
    """
    if day is None:
        return NOTHING
    if isinstance(day, datetime):
        day = local(day).date()
    if get_language() == "en":
        return f"{ENGLISH_WEEKDAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]}" + (
            f" {day.year}" if year else ""
        )
    front = f"{day.year}年" if year else ""
    return f"{front}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def weekday_text(weekday: int) -> str:
    """Write a day of the week, 1 for Monday to 7, as 周四, on a page in English as Thu."""
    if get_language() == "en":
        return ENGLISH_WEEKDAYS[weekday - 1]
    return f"周{WEEKDAYS[weekday - 1]}"


def clock_text(moment: datetime | None) -> str:
    """Write the time of day as 15:05."""
    return f"{local(moment):%H:%M}" if moment else NOTHING


def moment_text(moment: datetime | None, *, year: bool = False) -> str:
    """Write a moment as 10月15日（周四）15:05."""
    if moment is None:
        return NOTHING
    between = " " if get_language() == "en" else ""
    return f"{day_text(moment, year=year)}{between}{clock_text(moment)}"

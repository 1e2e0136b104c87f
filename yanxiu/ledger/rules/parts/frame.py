"""The frame of a scheme: time, rounding, cycle and conversion."""

from typing import Final

from yanxiu.ledger.rules.parts.filters import RECORDS, filter_in
from yanxiu.ledger.rules.parts.settings import Setting, dated_number
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.schemes import Conversion, CreditRounding, Cycle, Rounding
from yanxiu.ledger.rules.values import Time

MODES: Final = ("floor", "half_up", "half_even", "ceiling")
ROUNDED_AT: Final = ("award", "category", "period")
ANCHORS: Final = ("fixed", "personal")


def time_of(item: Item, setting: Setting) -> tuple[Time, str]:
    """Read `time`: the units, and their source."""
    units = ("hours_per_half_day", "hours_per_day")
    found = item.keys(["minutes_per_hour", "source"], units)
    half, day = (
        dated_number(found[unit], setting, positive=True) if unit in found else None
        for unit in units
    )
    length = dated_number(found["minutes_per_hour"], setting, positive=True)
    return Time(length, half, day), found["source"].text()


def rounding_of(item: Item) -> Rounding:
    """Read `rounding`."""
    found = item.keys(["step", "mode", "at", "source"])
    return Rounding(
        step=found["step"].decimal(positive=True),
        mode=found["mode"].choice(MODES),
        at=found["at"].choice(ROUNDED_AT),
        source=found["source"].text(),
    )


def round_credits_of(item: Item, _setting: Setting) -> CreditRounding:
    """Read `round_credits`."""
    found = item.keys(["step", "mode", "source"])
    return CreditRounding(
        step=found["step"].decimal(positive=True),
        mode=found["mode"].choice(MODES),
        source=found["source"].text(),
    )


def cycle_of(item: Item) -> Cycle:
    """Read `cycle`."""
    found = item.keys(
        ["years", "year_start", "first_year", "semester_starts", "source"], ["anchor"]
    )
    starts = tuple(start.month_day() for start in found["semester_starts"].items())
    for number, start in enumerate(found["semester_starts"].items()):
        if starts[number] in starts[:number]:
            start.refuse(f"{start.shown}，与前面的学期同一天", "请删去其中一个，或改正日期")
    if not starts:
        found["semester_starts"].refuse("这里是空的", "请写各学期的起始日，如 [09-01, 02-01]")
    return Cycle(
        years=found["years"].integer(),
        year_start=found["year_start"].month_day(),
        first_year=found["first_year"].integer(),
        semester_starts=starts,
        source=found["source"].text(),
        anchor=found["anchor"].choice(ANCHORS) if "anchor" in found else ANCHORS[0],
    )


def conversion_of(item: Item, setting: Setting) -> Conversion:
    """Read one of `conversions`."""
    found = item.keys(["hours_per_credit", "source"], RECORDS)
    return Conversion(
        applies_to=filter_in(found, setting),
        hours_per_credit=dated_number(found["hours_per_credit"], setting, positive=True),
        source=found["source"].text(),
    )

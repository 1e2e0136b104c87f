"""Exact reckoning in between, four places at the end, and how amounts are shown."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from math import ceil, floor

from yanxiu.kernel.amounts import PLACES, amount, plain
from yanxiu.ledger.rules.schemes import Number

_SCALE = 10_000
NOTHING = Decimal("0.0000")
MODE_WORDS = {"floor": "舍", "ceiling": "进", "half_up": "四舍五入", "half_even": "四舍六入"}
"""What each way of rounding is called in a step."""


def exact(number: Number | int) -> Fraction:
    """Return a number without any loss: 1/3 stays a third until something is rounded."""
    return Fraction(number)


def fixed(value: Fraction) -> Decimal:
    """Return `value` with four places; what does not fit is dropped, never rounded up."""
    return amount(Decimal(floor(value * _SCALE)).scaleb(-4))


def nearest(value: Fraction) -> Decimal:
    """Return `value` as a step on the way shows it; the end is never taken from this."""
    return amount(Decimal(floor(value * _SCALE + Fraction(1, 2))).scaleb(-4))


def rounded(value: Fraction, step: Decimal, mode: str) -> Fraction:
    """Return `value` as a multiple of `step`; see `parts.MODES`."""
    grain = Fraction(step)
    count = value / grain
    if mode == "floor":
        return floor(count) * grain
    if mode == "ceiling":
        return ceil(count) * grain
    if mode == "half_even":
        return round(count) * grain
    return floor(count + Fraction(1, 2)) * grain


def shown(value: Fraction | Decimal) -> str:
    """Write a number for a step as it is: `0.25`, or `1/3` if places cannot hold it."""
    if isinstance(value, Fraction):
        return plain(fixed(value)) if is_fixed(value) else str(value)
    return plain(value)


def is_fixed(value: Fraction) -> bool:
    """Say whether four places hold `value` exactly."""
    return (value * _SCALE).denominator == 1


def for_display(value: Decimal, places: int = 2) -> str:
    """Write an amount for a page with at most `places`; cut, so that 1.999 never looks like 2."""
    return plain(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN))


def share(whole: Decimal, part: Decimal, of: Decimal) -> Decimal:
    """Return `whole` × `part` ÷ `of` with four places, cut."""
    if part == of:
        return whole
    return (whole * part / of).quantize(PLACES, rounding=ROUND_DOWN)

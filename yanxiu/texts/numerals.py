"""Numbers as people write them: 12, 二十, 两, 1,200, 二点五, 二〇二六, 二十余, 十几."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    **{c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)},
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
HAN = "".join((*_DIGITS, *_TENS, *_MYRIADS))
LONGEST_HELD = 18
"""So many digits fit into a whole number of a database."""

_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

PATTERN = (
    r"(?:(?:[0-9０-９]{1,3}(?:[,，][0-9]{3})+|[0-9０-９]{1,15})(?:[.．][0-9０-９]{1,6})?[万萬亿億]?"
    rf"|[{HAN}]{{1,12}}(?:[点點][{HAN}]{{1,6}})?)"
)
MORE = "余餘多几幾来來"
_WHOLE = re.compile(rf"({PATTERN})([{MORE}]?)([万萬亿億]?)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read; `vague` is "", "more_than" (二十余) or "about" (三四, where 3 is kept)."""

    value: Decimal
    vague: str = ""


def _positional(text: str) -> Decimal:
    return Decimal("".join(str(_DIGITS[c]) for c in text))


def _grouped(text: str) -> Decimal | None:
    total, section, digit = 0, 0, -1
    for c in text:
        if c in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (1 if digit < 0 else digit) * _TENS[c]
            digit = -1
        else:
            total = (total + section + max(digit, 0)) * _MYRIADS[c]
            section, digit = 0, -1
    return Decimal(total + section + max(digit, 0))


def _han(text: str) -> Numeral | None:
    whole, _, fraction = text.replace("點", "点").partition("点")
    if fraction:
        parts = read_han(whole), all(c in _DIGITS for c in fraction)
        if parts[0] is None or not parts[1]:
            return None
        return Numeral(parts[0] + Decimal(f"0.{_positional(fraction):0{len(fraction)}f}"))
    if all(c in _DIGITS for c in whole):
        low, high = _DIGITS[whole[0]], _DIGITS[whole[-1]]
        if len(whole) == 2 and high == low + 1 and low:  # noqa: PLR2004 - 三四, "three or four"
            return Numeral(Decimal(low), "about")
        return Numeral(_positional(whole))
    value = _grouped(whole)
    return None if value is None else Numeral(value)


def read_han(text: str) -> Decimal | None:
    """The value of a whole Chinese numeral such as 二十 or 二〇二六, or None."""
    numeral = _han(text) if text else None
    return numeral.value if numeral else None


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Numeral | None:
    """Read a whole string as one number, or give None if it is anything else."""
    match = _WHOLE.fullmatch(text.strip())
    if not match:
        return None
    body, more, scale = match.groups()
    if body[0] in "0123456789０１２３４５６７８９":
        unit = _MYRIADS.get(body[-1], 1)
        digits = body.rstrip("".join(_MYRIADS)).translate(_WIDE).replace(",", "")
        numeral: Numeral | None = Numeral(Decimal(digits) * unit)
    else:
        numeral = _han(body)
    if numeral is None:
        return None
    value = numeral.value * _MYRIADS.get(scale, 1)
    return Numeral(value, "more_than" if more else numeral.vague)


def number(text: str) -> Decimal | None:
    """The value alone of `read_numeral`."""
    numeral = read_numeral(text)
    return numeral.value if numeral else None


def whole_number(text: str) -> int | None:
    """Return the whole number that `text` is in digits alone, if a database can hold it."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_HELD else None

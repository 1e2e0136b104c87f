"""Hours and credits: two kinds of amount that are never mixed and never float."""

from decimal import Decimal, InvalidOperation
from typing import NewType

Hours = NewType("Hours", Decimal)
"""学时: an amount of counted hours, four places."""

Credits = NewType("Credits", Decimal)
"""学分: an amount of credits, four places."""

PLACES = Decimal("0.0001")
_LIMIT = Decimal(10) ** 7


def amount(value: str | int | Decimal) -> Decimal:
    """Return `value` with exactly four places.

    Raises:
        ValueError: `value` is no finite number, is too large, or needs more than four places.
        TypeError: `value` is a float, which cannot hold most amounts exactly.
    """
    if isinstance(value, float):
        message = f"an amount must not be a float: {value!r}"
        raise TypeError(message)
    try:
        exact = Decimal(value)
        fixed = exact.quantize(PLACES)
    except InvalidOperation:
        message = f"not an amount: {value!r}"
        raise ValueError(message) from None
    if fixed != exact or abs(exact) >= _LIMIT:
        message = f"not an amount of at most four places: {value!r}"
        raise ValueError(message)
    return fixed


def hours(value: str | int | Decimal) -> Hours:
    """Return `value` as 学时; see `amount` for what is refused."""
    return Hours(amount(value))


def credit_amount(value: str | int | Decimal) -> Credits:
    """Return `value` as 学分; see `amount` for what is refused."""
    return Credits(amount(value))


def plain(value: Decimal) -> str:
    """Write an amount as people do: `2`, `1.5`, never `2.0000` or `2E+1`."""
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text

"""The arithmetic of rings and pagers, kept out of templates."""

from dataclasses import dataclass
from decimal import Decimal
from math import pi

RADIUS = 42
CIRCUMFERENCE = Decimal(str(round(2 * pi * RADIUS, 2)))
FULL = 100
NEIGHBOURS = 1


@dataclass(frozen=True)
class Ring:
    """How much of a ring is drawn.

    Attributes:
        percent: whole per cent, rounded down so that 100 means done; above 100 when exceeded;
            None when there is nothing to reach.
        dash: length of the drawn arc, in the units of the picture, between 0 and the circumference.
    """

    percent: int | None
    dash: Decimal

    @property
    def text(self) -> str:
        """What stands in the middle."""
        return "—" if self.percent is None else f"{self.percent}%"


def ring_of(value: Decimal | float | None, total: Decimal | float | None) -> Ring:
    """Measure `value` against `total`; no negative or missing value can break the ring."""
    reached = max(Decimal(str(value or 0)), Decimal(0))
    goal = Decimal(str(total or 0))
    if goal <= 0:
        return Ring(percent=None, dash=Decimal(0))
    share = reached / goal
    dash = (min(share, Decimal(1)) * CIRCUMFERENCE).quantize(Decimal("0.01"))
    return Ring(percent=int(share * FULL), dash=dash)


def page_numbers_around(number: int, last: int) -> list[int | None]:
    """Return the page numbers worth showing: first, last and the neighbours; None is a gap."""
    shown = sorted(
        {1, last, *range(max(1, number - NEIGHBOURS), min(last, number + NEIGHBOURS) + 1)},
    )
    numbers: list[int | None] = []
    for page in shown:
        if numbers and numbers[-1] is not None and page - numbers[-1] == NEIGHBOURS + 1:
            numbers.append(page - 1)
        elif numbers and numbers[-1] is not None and page - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(page)
    return numbers

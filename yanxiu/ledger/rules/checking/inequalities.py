"""Are there numbers, none below zero, that keep some linear bounds? In exact fractions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

_NOTHING: Final = Fraction(0)
_ONE: Final = Fraction(1)
_STEEP: Final = 400
"""After so many steps the smallest column is taken, which cannot run in a ring."""

_MOST: Final = 4000


@dataclass(frozen=True, slots=True)
class Bound:
    """The numbers, each times its weight, are at least (or at most) `number`, never below zero.

    `where` is the id of the part of the scheme that says so.
    """

    where: str
    title: str
    weights: Mapping[int, Fraction]
    number: Fraction
    is_least: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Either `numbers`, as small as may be; or `against`, the bounds that none can keep at once."""

    numbers: tuple[Fraction, ...] | None
    against: tuple[Bound, ...] = ()


def solve(count: int, bounds: Sequence[Bound]) -> Found | None:
    """Return numbers that keep all `bounds`; None if it takes too long to tell."""
    table = _Table(count, bounds)
    if not table.run():
        return None
    if any(table.end[row] for row, base in enumerate(table.base) if base < 0):
        slacks = table.costs[count : count + len(bounds)]
        return Found(None, tuple(b for b, cost in zip(bounds, slacks, strict=True) if cost))
    table.minimise()
    if not table.run():
        return None
    numbers = [_NOTHING] * count
    for row, base in enumerate(table.base):
        if 0 <= base < count:
            numbers[base] = table.end[row]
    return Found(tuple(numbers))


def least_against(count: int, against: Sequence[Bound]) -> tuple[Bound, ...]:
    """Return bounds out of `against` that cannot be kept at once, none of them needless."""
    kept = list(against)
    for each in against:
        rest = [one for one in kept if one is not each]
        found = solve(count, rest)
        if found is not None and found.numbers is None:
            kept = rest
    return tuple(kept)


@dataclass
class _Table:
    """A simplex table: first the numbers, then what each bound leaves over.

    `base` holds the column of each row, below zero for a bound that is not kept yet.
    """

    count: int
    bounds: Sequence[Bound]
    rows: list[list[Fraction]] = field(default_factory=list)
    end: list[Fraction] = field(default_factory=list)
    base: list[int] = field(default_factory=list)
    costs: list[Fraction] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with all numbers at zero."""
        width = self.count + len(self.bounds)
        self.costs = [_NOTHING] * width
        for number, bound in enumerate(self.bounds):
            turned = bound.is_least and not bound.number
            sign = -_ONE if turned else _ONE
            row = [_NOTHING] * width
            for column, weight in bound.weights.items():
                row[column] = weight * sign
            missing = bound.is_least and not turned
            row[self.count + number] = -_ONE if missing else _ONE
            self.rows.append(row)
            self.end.append(bound.number)
            self.base.append(-1 if missing else self.count + number)
            if missing:
                self.costs = [cost - own for cost, own in zip(self.costs, row, strict=True)]

    def minimise(self) -> None:
        """Ask for the smallest sum of the numbers, now that all bounds are kept."""
        for row, base in enumerate(self.base):
            column = next((c for c, value in enumerate(self.rows[row]) if value), None)
            if base < 0 and column is not None:
                self._pivot(row, column)
        self.costs = [_ONE] * self.count + [_NOTHING] * len(self.bounds)
        for row, base in enumerate(self.base):
            if 0 <= base < self.count:
                own = self.rows[row]
                self.costs = [cost - value for cost, value in zip(self.costs, own, strict=True)]

    def run(self) -> bool:
        """Step until nothing gets better; False if that takes too long."""
        for step in range(_MOST):
            column = self._column(smallest=step > _STEEP)
            if column is None:
                return True
            rows = [row for row, own in enumerate(self.rows) if own[column] > 0]
            if not rows:
                return True
            self._pivot(min(rows, key=lambda row: self._room(row, column)), column)
        return False

    def _room(self, row: int, column: int) -> tuple[Fraction, int]:
        return self.end[row] / self.rows[row][column], self.base[row]

    def _column(self, *, smallest: bool) -> int | None:
        better = [column for column, cost in enumerate(self.costs) if cost < 0]
        if not better:
            return None
        return better[0] if smallest else min(better, key=lambda column: self.costs[column])

    def _pivot(self, row: int, column: int) -> None:
        own = self.rows[row]
        by = own[column]
        own = self.rows[row] = [value / by if value else value for value in own]
        self.end[row] /= by
        for other, values in enumerate(self.rows):
            times = values[column]
            if other != row and times:
                self.rows[other] = _less(values, own, times)
                self.end[other] -= times * self.end[row]
        if self.costs[column]:
            self.costs = _less(self.costs, own, self.costs[column])
        self.base[row] = column


def _less(values: list[Fraction], own: list[Fraction], times: Fraction) -> list[Fraction]:
    return [value - times * one if one else value for value, one in zip(values, own, strict=True)]

"""What numbers of a scheme are made of: they change on known days, differ by code, pass filters."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Generic, TypeVar

from yanxiu.ledger.rules.facts import Facts

Number = Decimal | Fraction
"""A number of a scheme: a Decimal, or a Fraction where the regulation says `1/3`."""

OTHER: Final = "other"
"""The cell of a table for every code that is not named."""

MEASURES: Final = ("hour", "day", "lesson", "item", "character")
"""The amounts of a record by which a filter may ask."""

T_co = TypeVar("T_co", covariant=True)
_HALF: Final = Fraction(1, 2)


def later(default: Any) -> Any:
    """Return a field that the language gained later: at its default it is not in the digest.

    So a scheme that does not use it keeps the digest under which its awards were made.
    """
    return field(default=default, metadata={"later": True})


@dataclass(frozen=True, slots=True)
class Dated(Generic[T_co]):
    """A value that changes on known days; sorted by day."""

    values: tuple[tuple[date, T_co], ...]

    def on(self, day: date) -> T_co | None:
        """Return the value in force on `day`, or None before the first."""
        current = None
        for start, value in self.values:
            if start > day:
                break
            current = value
        return current


@dataclass(frozen=True, slots=True)
class Table:
    """A number for each code; a plain number is a table with the cell `other` alone."""

    cells: tuple[tuple[str, Number], ...]

    def of(self, code: str) -> Number | None:
        """Return the number for `code`, else that for all others, else None."""
        found = None
        for name, number in self.cells:
            if name == code:
                return number
            if name == OTHER:
                found = number
        return found


@dataclass(frozen=True, slots=True)
class Time:
    """时间单位: how long a place's hour is, and how many of them make half a day and a day."""

    minutes_per_hour: Dated[Number]
    hours_per_half_day: Dated[Number] | None = None
    hours_per_day: Dated[Number] | None = None

    def hours(self, facts: Facts) -> Fraction | None:
        """Return the hours of a record: by its minutes, else as its paper states, else by days."""
        if facts.minutes is not None:
            length = self.minutes_per_hour.on(facts.on)
            return None if length is None else Fraction(facts.minutes) / Fraction(length)
        if facts.stated is not None:
            return Fraction(facts.stated)
        if facts.days is None:
            return None
        day, half = self.of_day(facts.on), self.of_half_day(facts.on)
        if day is None or half is None:
            return None
        whole, rest = divmod(Fraction(facts.days), 1)
        return whole * day + (half if rest == _HALF else rest * day)

    def days(self, facts: Facts) -> Fraction | None:
        """Return the days of a record: as its paper counts, else by its hours."""
        if facts.days is not None:
            return Fraction(facts.days)
        hours, day = self.hours(facts), self.of_day(facts.on)
        return None if hours is None or day is None else hours / day

    def half_days(self, facts: Facts) -> Fraction | None:
        """Return the half days of a record: two a day, else by its hours."""
        if facts.days is not None:
            return Fraction(facts.days) * 2
        hours, half = self.hours(facts), self.of_half_day(facts.on)
        return None if hours is None or half is None else hours / half

    def of_day(self, on: date) -> Fraction | None:
        """Return how many hours a day has, None if the place does not say."""
        number = self.hours_per_day.on(on) if self.hours_per_day else None
        return None if number is None else Fraction(number)

    def of_half_day(self, on: date) -> Fraction | None:
        """Return how many hours half a day has; half of a day where only that is said."""
        number = self.hours_per_half_day.on(on) if self.hours_per_half_day else None
        if number is not None:
            return Fraction(number)
        day = self.of_day(on)
        return None if day is None else day * _HALF


UNKNOWN_TIME: Final = Time(Dated(()))


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on a record's own amount: at least `number`, or less than it."""

    measure: str
    number: Dated[Number]
    is_least: bool
    time: Time

    def holds(self, facts: Facts) -> bool:
        """Say whether `facts` keeps it; what has no such amount does not."""
        number, own = self.number.on(facts.on), measured(facts, self.measure, self.time)
        if number is None or own is None:
            return False
        return own >= number if self.is_least else own < number


def measured(facts: Facts, what: str, time: Time) -> Fraction | None:
    """Return the amount of a record in one of `MEASURES`, None if it has none."""
    if what == "hour":
        return time.hours(facts)
    if what == "day":
        # Twelve hours spread over weeks are not two days of training.
        return None if facts.days is None else Fraction(facts.days)
    if what == "character":
        return None if facts.characters is None else Fraction(facts.characters)
    own = facts.lessons if what == "lesson" else facts.items
    return Fraction(1) if own is None else Fraction(own)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records something is for, and which teachers.

    Attributes:
        parts: each dimension named must have one of its codes.
        bounds: bounds on the record's own amount.
        others: alternatives; one of them, or the filter's own parts and bounds, must pass.
        excluding: what passes one of these does not pass.
        who: tiers of which the teacher must have one; none asks for nothing.
        not_who: tiers of which the teacher must have none.
    """

    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bounds: tuple[Bound, ...] = later(())
    others: tuple["Filter", ...] = later(())
    excluding: tuple["Filter", ...] = later(())
    who: tuple[str, ...] = later(())
    not_who: tuple[str, ...] = later(())

    def matches(self, facts: Facts) -> bool:
        """Say whether the record passes; an empty filter lets everything pass."""
        return (
            self._own(facts) or (bool(self.others) and any(o.matches(facts) for o in self.others))
        ) and not (self.excluding and any(each.matches(facts) for each in self.excluding))

    def _own(self, facts: Facts) -> bool:
        for dimension, codes in self.parts:
            if facts.code(dimension) not in codes:
                return False
        return not self.bounds or all(bound.holds(facts) for bound in self.bounds)

    def concerns(self, tiers: Collection[str]) -> bool:
        """Say whether it is for a teacher of these tiers; one of no tier is among `not_who`."""
        if self.who and not any(tier in tiers for tier in self.who):
            return False
        return not any(tier in tiers for tier in self.not_who)

    @property
    def everything(self) -> bool:
        """Whether every record passes; `parts` alone does not tell."""
        return not (self.parts or self.bounds or self.others or self.excluding)

    @property
    def alternatives(self) -> tuple["Filter", ...]:
        """The filters of which one must pass, each without alternatives of its own."""
        return (Filter(self.parts, self.bounds), *self.others)

    def codes(self, dimension: str) -> tuple[str, ...] | None:
        """Return the codes allowed in `dimension`, None if one alternative does not ask for it."""
        found: dict[str, None] = {}
        for each in self.alternatives:
            own = dict(each.parts).get(dimension)
            if own is None:
                return None
            found |= dict.fromkeys(own)
        return tuple(found)

    def within(self) -> Iterator["Filter"]:
        """Give the filter and all that it is made of."""
        yield self
        for each in (*self.others, *self.excluding):
            yield from each.within()

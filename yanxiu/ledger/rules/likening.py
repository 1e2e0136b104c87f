"""In what two schemes can be set side by side: over which days, and in which unit."""

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from yanxiu.ledger.rules.amounts import exact, fixed
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.schemes import Conversion, Dated, Scheme


@dataclass(frozen=True)
class Likeness:
    """How what `old` gives is compared with what `new` would give, until the day `on`."""

    old: Scheme
    new: Scheme
    on: date

    @cached_property
    def unit(self) -> str:
        """The unit in which both are told; `""` where neither says how it becomes the other's."""
        if self.old.unit == self.new.unit or _conversion(self.old, self.on):
            return self.new.unit
        return self.old.unit if _conversion(self.new, self.on) else ""

    @cached_property
    def conversion(self) -> Conversion | None:
        """By what amounts are converted, None where both schemes have one unit or nothing is said.

        What a scheme gives is converted as that scheme says itself.
        """
        if self.old.unit == self.new.unit:
            return None
        return _conversion(self.old, self.on) or _conversion(self.new, self.on)

    @cached_property
    def first(self) -> date:
        """The first day that lies in the year of both schemes."""
        return max(_year_start(one, self.on) for one in (self.old, self.new))

    @property
    def is_tried_early(self) -> bool:
        """Whether the new scheme begins only later, and is looked at as if it had begun."""
        return self.new.effective_from > self.on

    @cached_property
    def new_from(self) -> date:
        """From which day on records are reckoned by the new scheme; earlier ones by the old."""
        return self.first if self.is_tried_early else self.new.effective_from

    @cached_property
    def tried(self) -> Scheme:
        """The new scheme as it is reckoned by."""
        return begun_by(self.new, self.first) if self.is_tried_early else self.new

    def carried(self, earned: Earned) -> Earned:
        """Return what `old` gave, as it would stand beside what `new` gives."""
        return in_unit(self.old, earned, self.new.unit) or earned

    def differ(self, one: Earned | None, other: Earned | None) -> bool:
        """Tell whether a record earns something else; not where the units cannot be compared."""
        if not (one and one.amount and other and other.amount):
            return bool(one and one.amount) != bool(other and other.amount)
        told = in_unit(self.old, one, other.unit)
        if told:
            return told.amount != other.amount
        told = in_unit(self.new, other, one.unit)
        return told is not None and told.amount != one.amount


def in_unit(scheme: Scheme, earned: Earned, unit: str) -> Earned | None:
    """Return what a record earned in another unit, as `scheme` converts it; None if it does not."""
    if earned.unit == unit:
        return earned
    rate = scheme.hours_per_credit(earned.facts, earned.earned_on)
    if not rate:
        return None
    value = exact(earned.amount)
    value = value * exact(rate) if unit == "hour" else value / exact(rate)
    return replace(earned, amount=fixed(value), unit=unit)


def begun_by(scheme: Scheme, day: date) -> Scheme:
    """Return a scheme as it would be if it, and each number in it, had begun on `day` at last."""
    found: Scheme = replace(_earlier(scheme, day), effective_from=day)
    return found


def _earlier(value: Any, day: date) -> Any:
    if isinstance(value, Dated):
        begins, first = value.values[0] if value.values else (day, None)
        if begins <= day:
            return value
        return Dated(((day, first), *(each for each in value.values[1:] if each[0] > day)))
    if isinstance(value, tuple):
        return tuple(_earlier(each, day) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _earlier(getattr(value, each.name), day) for each in fields(value)}
        )
    return value


def _conversion(scheme: Scheme, on: date) -> Conversion | None:
    """Return how all amounts of a scheme are converted, whatever was done."""
    found = (one for one in scheme.conversions if one.applies_to.everything)
    return next((one for one in found if one.hours_per_credit.on(on)), None)


def _year_start(scheme: Scheme, on: date) -> date:
    return Calendar(scheme.cycle).span("year", on).start

"""The sorts of record that a scheme tells apart: what a teacher can do, and what some rule pays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from yanxiu.ledger.rules.amounts import exact
from yanxiu.ledger.rules.checking.probes import Probes
from yanxiu.ledger.rules.dependence import amount_of
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.plan import mask_of, plan_of
from yanxiu.ledger.rules.schemes import AwardRule, Number, Scheme

_GRAIN: Final = Decimal("0.0001")
_FINE: Final = 4096
"""Of so many parts a record is made, to find the fewest that earn as much as all."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of record.

    Attributes:
        mask: the bits of the filters that it passes; see `Plan`.
        worth: what `facts` earns, 0 if that was not asked.
    """

    mask: int
    unit: str
    factor: Number | None
    facts: Facts
    worth: Fraction

    def in_unit(self, unit: str) -> Fraction:
        """Return what one of its own unit is in `unit`; 0 where no conversion is known."""
        if self.unit == unit:
            return Fraction(1)
        if self.factor is None:
            return Fraction(0)
        factor = exact(self.factor)
        return factor if unit == "hour" else 1 / factor


def paid(scheme: Scheme, person: Person) -> Iterator[Sort]:
    """Give what this teacher can do, each sort with a record that is worth much."""
    plan, probes = plan_of(scheme), Probes(scheme)
    known: dict[tuple[int, str, Number | None], Sort] = {}
    for kind in probes.kinds:
        for facts in probes.of(kind):
            rule = scheme.rule_for(facts, person.tiers)
            if rule is None:
                continue
            mask, factor = mask_of(plan.uses, facts), scheme.hours_per_credit(facts, facts.on)
            key = (mask, rule.unit, factor)
            if key in known:
                continue
            more = _much(scheme, rule, facts, person, mask)
            found = amount_of(scheme, more, person)
            if found and found[0]:
                enough = _no_more_than_counts(scheme, more, person, mask, found[0])
                known[key] = Sort(mask, rule.unit, factor, enough, exact(found[0]))
    yield from known.values()


def _much(scheme: Scheme, rule: AwardRule, facts: Facts, person: Person, mask: int) -> Facts:
    """Return the record with much in it, unless that would make it another sort of record."""
    more = replace(
        facts, stated=Decimal(40), minutes=None, lessons=Decimal(5), items=Decimal(4),
        characters=Decimal(8000),
    )  # fmt: skip
    if rule.per in ("day", "half_day") and not more.days:
        more = replace(more, days=Decimal(5))
    same = scheme.rule_for(more, person.tiers) is rule
    return more if same and mask_of(plan_of(scheme).uses, more) == mask else facts


def _no_more_than_counts(
    scheme: Scheme, facts: Facts, person: Person, mask: int, worth: Decimal
) -> Facts:
    """Return the least of the record that earns as much: what a cap cuts off is left out.

    What remains earns in proportion, so that a part of it is worth that part.
    """

    def earns(parts: int) -> bool:
        less = scaled(facts, Fraction(parts, _FINE))
        found = amount_of(scheme, less, person)
        return bool(found and found[0] >= worth and mask_of(plan_of(scheme).uses, less) == mask)

    few, enough = 0, _FINE
    if not earns(_FINE - _FINE // 64):
        return facts
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if earns(middle) else (middle, enough)
    return scaled(facts, Fraction(enough, _FINE))


def scaled(facts: Facts, by: Fraction) -> Facts:
    """Return the record with a part of its amounts; pieces and days stay whole or half."""

    def times(value: Decimal | None, grain: Decimal) -> Decimal | None:
        if value is None:
            return None
        exactly = exact(value) * by / exact(grain)
        return Decimal(ceil(exactly)) * grain

    return replace(
        facts,
        stated=times(facts.stated, _GRAIN),
        minutes=None if facts.minutes is None else ceil(facts.minutes * by),
        lessons=times(facts.lessons, Decimal(1)),
        items=times(facts.items, Decimal(1)),
        characters=times(facts.characters, Decimal(1)),
        days=times(facts.days, Decimal("0.5")),
    )


def payable(scheme: Scheme) -> Iterator[Sort]:
    """Give every sort for which some rule pays, whoever the teacher is."""
    plan, probes = plan_of(scheme), Probes(scheme)
    known: set[tuple[int, str, Number | None]] = set()
    for kind in probes.kinds:
        rules = [
            rule
            for rule in scheme.rules_for_kind(kind)
            if any(number for _, table in rule.rates.values for _, number in table.cells)
        ]
        for facts in probes.of(kind):
            for unit in {rule.unit for rule in rules if rule.applies_to.matches(facts)}:
                factor = scheme.hours_per_credit(facts, facts.on)
                key = (mask_of(plan.uses, facts), unit, factor)
                if key not in known:
                    known.add(key)
                    yield Sort(*key, facts, Fraction(0))

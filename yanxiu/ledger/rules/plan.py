"""A scheme made ready for many records: which of its rules concern a record is asked once a kind.

Most records of a county have the same few hundred combinations of codes. For each combination the
filters are matched once and kept as bits of one number; only filters by a record's own amount are
asked again for each record.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from yanxiu.ledger.rules.amounts import exact, fixed
from yanxiu.ledger.rules.facts import DIMENSIONS, Facts
from yanxiu.ledger.rules.schemes import AwardRule, Requirement, Scheme
from yanxiu.ledger.rules.values import Dated, Filter, Number

_MOST_KEPT: Final = 20_000
_KEPT_AS: Final = "_plan"
_codes_of: Callable[[Facts], tuple[Any, ...]] = attrgetter(*DIMENSIONS)

Use = tuple[Filter, ...]
"""Filters that must all match."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What holds for all records of the same codes.

    Attributes:
        mask: a bit for each use of a filter that matches; see `Plan`.
        rule: the award rule, None if none applies.
        factor: hours per credit, None if nothing is said.
        asking: the bits with their filters that depend on the record's own amount.
        is_sure: whether `rule` and `factor` do not depend on it.
    """

    mask: int
    rule: AwardRule | None
    factor: Dated[Number] | None
    asking: tuple[tuple[int, Use], ...]
    is_sure: bool


class Plan:
    """A scheme with a bit for each use of a filter.

    Attributes:
        requirements, bases: bit of each requirement, and of the whole of which it is a share.
        limits, shares: bit of each limit, and of the whole of which it is a share.
        crosses, gates: bit of each cross credit and gate.
        bundles: bits of the parts of each bundle.
        attendance: bit of what attendance rules concern, 0 if there are none.
        gated: the bits of all gates.
        makes: whether something counts that is no record, under codes of its own.
        sums_same, caps_bases: whether a rule holds the same content under a sum, or an event under
            a cap before multipliers.
        asked_by_id: number and requirement by id.
        group_of: the numbers of requirements that are settled together.
        event_caps, duties, maxima: the numbers of event caps and thresholds by the id of their
            rule, and of limits, with four places.
    """

    def __init__(self, scheme: Scheme) -> None:
        """Number the uses of filters."""
        self.scheme = scheme
        self._uses: list[tuple[int, Use]] = []
        self.requirements = [self._bit(e.applies_to, *e.within) for e in scheme.requirements]
        self.bases = [self._bit(each.of, *each.within) for each in scheme.requirements]
        self.limits = [self._bit(each.applies_to) for each in scheme.limits]
        self.shares = [self._bit(each.share_of or Filter()) for each in scheme.limits]
        self.crosses = [self._bit(each.applies_to) for each in scheme.cross_credits]
        self.gates = [self._bit(each.applies_to) for each in scheme.gates]
        self.bundles = [[self._bit(p.applies_to) for p in each.parts] for each in scheme.bundles]
        self.attendance = self._bit(scheme.attendance.applies_to) if scheme.attendance else 0
        self.gated = sum(set(self.gates))
        self.makes = bool(scheme.bundles or scheme.cross_credits or _spills(scheme))
        self.asked_by_id = {
            each.id: (number, each) for number, each in enumerate(scheme.requirements)
        }
        self.group_of = _groups(scheme, self.asked_by_id)
        self.event_caps = {e.id: four_places(e.event_cap) for e in scheme.award_rules}
        self.duties = {
            e.id: four_places(e.threshold.count) for e in scheme.award_rules if e.threshold
        }
        self.maxima = [four_places(each.maximum) for each in scheme.limits]
        dedupes = [rule.dedupe for rule in scheme.award_rules if rule.dedupe]
        self.sums_same = any(each.policy == "sum_capped" for each in dedupes)
        self.caps_bases = any(rule.base_cap for rule in scheme.award_rules)
        self._open_rules = any(_is_open(each.applies_to) for each in scheme.award_rules)
        self._open_factors = any(_is_open(each.applies_to) for each in scheme.conversions)
        self._by_tier = any(e.applies_to.who or e.applies_to.not_who for e in scheme.award_rules)
        self._profiles: dict[tuple[Any, ...], Profile] = {}

    @property
    def uses(self) -> Sequence[tuple[int, Use]]:
        """All bits with their filters."""
        return self._uses

    def _bit(self, *filters: Filter) -> int:
        """Return the bit of a use; equal uses share one."""
        use = tuple(filters)
        for bit, known in self._uses:
            if known == use:
                return bit
        self._uses.append((1 << len(self._uses), use))
        return self._uses[-1][0]

    def profile(self, facts: Facts, tiers: frozenset[str]) -> Profile:
        """Return what holds for `facts`, by its codes alone."""
        key = (tiers, *_codes_of(facts)) if self._by_tier else _codes_of(facts)
        found = self._profiles.get(key)
        if found is None:
            if len(self._profiles) >= _MOST_KEPT:
                self._profiles.clear()
            found = self._profiles[key] = self._profile(facts, tiers)
        return found

    def _profile(self, facts: Facts, tiers: frozenset[str]) -> Profile:
        asking = tuple((bit, use) for bit, use in self._uses if any(map(_is_open, use)))
        waiting = {bit for bit, _ in asking}
        sure = [use for use in self._uses if use[0] not in waiting]
        return Profile(
            mask=mask_of(sure, facts),
            rule=self.scheme.rule_for(facts, tiers),
            factor=self.factor(facts),
            asking=asking,
            is_sure=not (self._open_rules or self._open_factors),
        )

    def factor(self, facts: Facts) -> Dated[Number] | None:
        """Return how many hours make one credit for this record, as it changes."""
        for conversion in self.scheme.conversions:
            if conversion.applies_to.matches(facts):
                return conversion.hours_per_credit
        return None


def _groups(
    scheme: Scheme, asked: dict[str, tuple[int, Requirement]]
) -> dict[int, tuple[int, ...]]:
    """Return for each requirement those with which it exchanges surplus, itself among them."""
    groups = {number: {number} for number in range(len(scheme.requirements))}
    for each in scheme.substitutions:
        giver, taker = asked[each.giver][0], asked[each.taker][0]
        whole = groups[giver] | groups[taker]
        groups.update(dict.fromkeys(whole, whole))
    return {number: tuple(sorted(group)) for number, group in groups.items()}


def _spills(scheme: Scheme) -> bool:
    return any(each.spill for each in scheme.limits)


def mask_of(uses: Iterable[tuple[int, Use]], facts: Facts) -> int:
    """Return the bits of the uses that match."""
    mask = 0
    for bit, use in uses:
        if all(each.matches(facts) for each in use):
            mask |= bit
    return mask


def _is_open(applies_to: Filter) -> bool:
    return any(each.bounds for each in applies_to.within())


def plan_of(scheme: Scheme) -> Plan:
    """Return the plan of `scheme`, made once and kept with it."""
    found: Plan | None = scheme.__dict__.get(_KEPT_AS)
    if found is None:
        found = Plan(scheme)
        object.__setattr__(scheme, _KEPT_AS, found)
    return found


def four_places(value: Dated[Number] | None) -> Dated[Decimal]:
    """Return dated numbers with four places, cut; none at all if nothing is said."""
    values = value.values if value else ()
    return Dated(tuple((day, fixed(exact(number))) for day, number in values))

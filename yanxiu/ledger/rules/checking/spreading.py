"""A teacher who does no more than is asked, spread so that caps let it count; or why none can.

What a scheme asks of an average year are linear bounds on how much of each sort of record counts.
If numbers keep them, records are made of them, and the engine is asked whether they do. If none
can, and nothing but the bounds matters in this scheme, that proves that nobody can meet it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice
from math import ceil, floor
from typing import Final
from uuid import UUID

from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import exact
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.checking.caps import runs
from yanxiu.ledger.rules.checking.inequalities import Bound, least_against, solve
from yanxiu.ledger.rules.checking.probes import Probes
from yanxiu.ledger.rules.checking.sorts import Sort, paid, payable, scaled
from yanxiu.ledger.rules.dependence import amount_of
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import OUTSIDE_OF
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.plan import mask_of, plan_of
from yanxiu.ledger.rules.schemes import Limit, Requirement, Scheme
from yanxiu.ledger.rules.settling import for_tiers

_AMOUNTS: Final = ("hour", "credit")
_FEW: Final = 20
"""So many ways to choose among requirements are tried."""

_TURN: Final = Fraction(618, 1000)
"""So much later of a step each further sort is rounded up, so that not all are in one year."""

_PART: Final = Fraction(3, 5)
"""She works in this first part of each period, which lies in one year and one cycle."""


@dataclass(frozen=True)
class Spread:
    """What bounds say of one teacher: ways that should meet them, or what is `against` it.

    Each of `ways` is the records of one cycle: in the first each period gets what it needs rounded
    up, in the second what is rounded up in one year is left out in another.
    """

    ways: tuple[tuple[Facts, ...], ...] = ()
    against: tuple[Bound, ...] = ()


def spread(scheme: Scheme, person: Person, whole: Span) -> Spread:
    """Return records of one cycle `whole` that keep all bounds, or the bounds that none can keep.

    `against` is only told if nothing but the bounds matters in this scheme: else there may be a
    way that they do not see. If nothing could be found out, both are empty.
    """
    asking = _Asking(scheme, person, whole)
    sorts = list(paid(scheme, person))
    for chosen in asking.choices():
        found = solve(len(sorts), list(asking.bounds(sorts, chosen)))
        if found is not None and found.numbers is not None:
            both = (_Making(asking, sorts, found.numbers, is_even=even) for even in (True, False))
            return Spread(tuple(tuple(making.records()) for making in both))
    if not is_plain(scheme, whole):
        return Spread()
    every = list(payable(scheme))
    bounds = list(asking.bounds(every, (), sure=True))
    found = solve(len(every), bounds)
    if found is None or found.numbers is not None:
        return Spread()
    return Spread(against=least_against(len(every), found.against))


def is_plain(scheme: Scheme, whole: Span) -> bool:
    """Say whether the bounds tell all: nothing adds to what records earn, no number changes."""
    adding = (
        scheme.bundles, scheme.cross_credits, scheme.substitutions, scheme.carry_over,
        scheme.make_up and scheme.make_up.until,
        [each for each in scheme.limits if each.overflow != "drop"],
        [each for each in scheme.requirements if each.outside_cycle],
        scheme.round_credits and scheme.round_credits.mode != "floor",
        [each for each in scheme.limits if each.applies_to.who or each.applies_to.not_who],
    )  # fmt: skip
    numbers = [each.minimum for each in scheme.requirements]
    changing = [each for each in numbers if len(each.values) > 1]
    shares = [each.least_share for each in scheme.requirements]
    caps = [each for limit in scheme.limits for each in (limit.maximum, limit.share)]
    factors = [each.hours_per_credit for each in scheme.conversions]
    changes = any(each and len(each.values) > 1 for each in (*shares, *caps, *factors))
    periods = _scopes(scheme)
    aligned = scheme.cycle.year_start in scheme.cycle.semester_starts
    probes = Probes(scheme)
    return (
        not any(adding)
        and not (changing or changes)
        and (aligned or "semester" not in periods)
        and scheme.effective_from <= whole.start
        and probes.is_complete
    )


def _scopes(scheme: Scheme) -> set[str]:
    """Return the periods in which something is asked or held."""
    return {each.scope for each in scheme.requirements} | {each.scope for each in scheme.limits}


@dataclass(frozen=True)
class _Asking:
    """The bounds that a scheme sets to what one teacher has in an average year."""

    scheme: Scheme
    person: Person
    whole: Span

    @property
    def tiers(self) -> frozenset[str]:
        return self.person.tiers

    @property
    def years(self) -> dict[str, Fraction]:
        """How many years each period has."""
        years = Fraction(self.scheme.cycle.years)
        semester = Fraction(1, len(self.scheme.cycle.semester_starts))
        return {"semester": semester, "year": Fraction(1), "cycle": years, "career": years}

    def asked(self) -> Iterator[tuple[int, Requirement]]:
        """Give the requirements that this teacher must meet in a cycle, by their number."""
        for number, each in enumerate(self.scheme.requirements):
            blocks = each.severity == "block" and each.scope in self.years
            if blocks and each.applies_to.concerns(self.tiers):
                yield number, each

    def choices(self) -> Iterator[tuple[str, ...]]:
        """Give what may be met where one chooses among requirements: all, then some."""
        asked = [each for _, each in self.asked() if each.choices]
        every = tuple(name for each in asked for name in each.choices)
        yield every
        for each in asked:
            others = tuple(n for one in asked if one is not each for n in one.choices[: one.needed])
            for some in islice(combinations(each.choices, each.needed), _FEW):
                yield (*some, *others)

    def bounds(
        self, sorts: Sequence[Sort], chosen: Collection[str], *, sure: bool = False
    ) -> Iterator[Bound]:
        """Give the bounds; those that hold in any case if `sure`, else all that help to spread."""
        asked = dict(self.asked())
        for number, each in enumerate(self.scheme.requirements):
            if number in asked or each.id in chosen:
                if sure and (each.scope == "career" or each.count_from or each.count_to):
                    continue
                yield from self._floors(sorts, number, each, sure=sure)
        for number, limit in enumerate(self.scheme.limits):
            if (limit.scope in self.years or limit.years) and limit.applies_to.concerns(self.tiers):
                yield from self._caps(sorts, number, limit)

    def _floors(
        self, sorts: Sequence[Sort], number: int, each: Requirement, *, sure: bool
    ) -> Iterator[Bound]:
        plan, years = plan_of(self.scheme), self.years[each.scope]
        bit = plan.requirements[number]
        least = for_tiers(each.minimum, self.whole.last, self.tiers)
        if each.choices or not each.scope:
            return
        if each.unit not in _AMOUNTS:
            if least and not sure:
                yield from self._pieces(sorts, number, each, exact(least) / years)
            return
        inside = [one.mask & bit == bit for one in sorts]
        own = self._weights(sorts, inside, each.scope, each.unit, outside=each.outside_cycle)
        if least:
            yield Bound(each.id, each.title, own, exact(least) / years, is_least=True)
        share = each.least_share.on(self.whole.last) if each.least_share else None
        if share is not None:
            base = [one.mask & plan.bases[number] == plan.bases[number] for one in sorts]
            of = self._weights(sorts, base, each.scope, each.unit, outside=each.outside_cycle)
            yield Bound(each.id, each.title, _minus(own, of, exact(share)), Fraction(0), True)  # noqa: FBT003

    def _pieces(
        self, sorts: Sequence[Sort], number: int, each: Requirement, least: Fraction
    ) -> Iterator[Bound]:
        """So many pieces earn at least so much, whatever else is asked."""
        place = self.piece(sorts, number)
        if place is not None:
            one = _one_piece(sorts[place].facts)
            found = amount_of(self.scheme, one, self.person)
            worth = exact(found[0]) if found else Fraction(0)
            if worth:
                weights = {place: Fraction(1)}
                yield Bound(each.id, each.title, weights, least * worth, is_least=True)

    def piece(self, sorts: Sequence[Sort], number: int) -> int | None:
        """Return the sort of which pieces are made for a requirement that counts them."""
        bit, limits = plan_of(self.scheme).requirements[number], plan_of(self.scheme).limits
        fitting = [place for place, one in enumerate(sorts) if one.mask & bit == bit]
        return min(
            fitting,
            key=lambda place: (sum(bool(sorts[place].mask & each) for each in limits), place),
            default=None,
        )

    def _caps(self, sorts: Sequence[Sort], number: int, limit: Limit) -> Iterator[Bound]:
        plan, years = plan_of(self.scheme), self.years.get(limit.scope, self.years["cycle"])
        years /= runs(self.scheme, limit, "cycle") if limit.years else 1
        inside = [bool(one.mask & plan.limits[number]) for one in sorts]
        own = self._weights(sorts, inside, limit.scope, limit.unit)
        most = limit.maximum.on(self.whole.last) if limit.maximum else None
        if most is not None:
            yield Bound(limit.id, limit.title, own, exact(most) / years, is_least=False)
        share = limit.share.on(self.whole.last) if limit.share else None
        if share is not None:
            base = [bool(one.mask & plan.shares[number]) for one in sorts]
            of = self._weights(sorts, base, limit.scope, limit.unit)
            rest = _minus(own, of, exact(share))
            yield Bound(limit.id, limit.title, rest, Fraction(0), is_least=False)

    def _weights(
        self,
        sorts: Sequence[Sort],
        inside: Sequence[bool],
        scope: str,
        unit: str,
        *,
        outside: bool = False,
    ) -> dict[int, Fraction]:
        """Return what one hour or credit of each sort is in `unit`, where it counts."""
        plan = plan_of(self.scheme)
        out = 0
        if scope in OUTSIDE_OF and not outside:
            pairs = zip(plan.requirements, self.scheme.requirements, strict=True)
            out = sum({bit for bit, each in pairs if each.outside_cycle})
        weights = {}
        for place, (one, counts) in enumerate(zip(sorts, inside, strict=True)):
            if counts and not one.mask & out:
                weights[place] = one.in_unit(unit)
        return {place: weight for place, weight in weights.items() if weight}


def _minus(
    own: dict[int, Fraction], of: dict[int, Fraction], share: Fraction
) -> dict[int, Fraction]:
    both = own.keys() | of.keys()
    return {
        place: own.get(place, Fraction(0)) - share * of.get(place, Fraction(0)) for place in both
    }


def _one_piece(facts: Facts) -> Facts:
    return replace(facts, lessons=Decimal(1), items=Decimal(1))


@dataclass(frozen=True)
class _Making:
    """Records made of how much of each sort should count in an average year."""

    asking: _Asking
    sorts: Sequence[Sort]
    numbers: Sequence[Fraction]
    is_even: bool

    def records(self) -> list[Facts]:
        """Return the records of a whole cycle."""
        made: list[Facts] = []
        periods = list(self._periods())
        part = Fraction(self.asking.scheme.cycle.years, len(periods))
        for place, period in enumerate(periods):
            amounts = [
                self._amount(number, part, place, len(periods)) for number in range(len(self.sorts))
            ]
            own = [*self._pieces(part), *self._amounts(amounts)]
            days = max(1, int((period.end - period.start).days * _PART))
            for number, facts in enumerate(own):
                day = period.start + timedelta(days=number * days // len(own))
                made.append(self._dated(facts, len(made) + 1, day))
        return made

    def _dated(self, facts: Facts, number: int, day: date) -> Facts:
        return replace(
            facts, uid=UUID(int=number), on=day, content_key=str(number), event_key=str(number)
        )

    def _periods(self) -> Iterator[Span]:
        """Give the years, or the semesters where something is asked or held by semester."""
        scheme, whole = self.asking.scheme, self.asking.whole
        scope = "semester" if "semester" in _scopes(scheme) else "year"
        calendar = Calendar(scheme.cycle)
        period = calendar.span(scope, whole.start)
        while period.start < whole.end:
            if period.start >= whole.start:
                yield period
            period = calendar.following(scope, period.start)

    def _pieces(self, part: Fraction) -> Iterator[Facts]:
        """Give as many pieces as the requirements that count them ask for."""
        for number, each in self.asking.asked():
            if each.unit in _AMOUNTS or each.choices:
                continue
            least = for_tiers(each.minimum, self.asking.whole.last, self.asking.tiers)
            place = self.asking.piece(self.sorts, number)
            if least and place is not None:
                times = ceil(exact(least) / self.asking.years[each.scope] * part)
                yield from [_one_piece(self.sorts[place].facts)] * times

    def _amount(self, number: int, part: Fraction, place: int, periods: int) -> Fraction:
        """Return how much of a sort falls to one period, in whole steps unless it is even."""
        each = self.numbers[number] * part
        if self.is_even or not each:
            return each
        step = exact(self.asking.scheme.rounding.step)
        turn = number * _TURN % 1

        def until(periods_done: int) -> int:
            if periods_done in (0, periods):
                return ceil(each * periods_done / step)
            return floor(each * periods_done / step + turn)

        return (until(place + 1) - until(place)) * step

    def _amounts(self, amounts: Sequence[Fraction]) -> Iterator[Facts]:
        for one, amount in zip(self.sorts, amounts, strict=True):
            if amount > 0:
                times = ceil(amount / one.worth)
                yield from [self._worth(one, amount / times)] * times

    def _worth(self, one: Sort, wanted: Fraction) -> Facts:
        """Return a record that earns as little above `wanted` as its rule allows."""
        scheme, person = self.asking.scheme, self.asking.person
        step = exact(scheme.rounding.step)
        for asked in (wanted, ceil(wanted / step) * step, wanted + step):
            less = scaled(one.facts, asked / one.worth)
            found = amount_of(scheme, less, person)
            same = mask_of(plan_of(scheme).uses, less) == one.mask
            if same and found and exact(found[0]) >= wanted:
                return less
        return one.facts

"""One record on its way from what it earned by itself to what of it counts."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple, Self
from uuid import UUID

from yanxiu.kernel.amounts import PLACES, plain
from yanxiu.ledger.rules.amounts import NOTHING
from yanxiu.ledger.rules.awards import Award, Step
from yanxiu.ledger.rules.demands import Codes
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.plan import Plan, mask_of
from yanxiu.ledger.rules.schemes import AwardRule, Number

OUTSIDE_OF: Final = ("year", "cycle")
"""The scopes for which a line that is `outside` does not count."""

_NONE: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Earned:
    """What one record earned: an entry in force, or an award that is not posted yet.

    Reversed entries and their counter-entries are left out by the caller. A void award (`valid`
    False) may be given: an absence earns nothing but may void an item of the term.
    """

    facts: Facts
    amount: Decimal
    unit: str
    earned_on: date
    record_uid: UUID
    valid: bool = True

    @classmethod
    def of(cls, facts: Facts, award: Award) -> Self:
        """Return what `award` gave the record of `facts`."""
        return cls(facts, award.amount, award.unit, facts.on, facts.uid, award.valid)


class Cut(NamedTuple):
    """A change of what counts, by which rule; `said` tells it, `to` is what is left.

    What was held under a cap says nothing else than its title and amounts: few are ever read.
    """

    rule: str
    title: str
    removed: Decimal
    to: Decimal
    said: str
    source: str

    @property
    def text(self) -> str:
        """The change in words."""
        return self.said or f"{self.title}：{plain(self.to + self.removed)} → {plain(self.to)}"

    @property
    def step(self) -> Step:
        """The line of the explanation."""
        return Step(self.text, self.to, self.source, self.rule)


@dataclass(slots=True)
class Line:
    """One record on its way: what is left of it, and what was cut by which rule.

    Attributes:
        day: for which it counts; later than the deed only if it was held for the next period.
        mask: the uses of filters that it matches; see `Plan`.
        factor: hours per credit for it, None if nothing is said.
        is_last: its turn under a cap comes after all others, so that a bonus displaces nothing.
        virtual: the rule by which it came about, if no record stands behind it.
        is_bundle: what a bundle earned as a whole, so that it counts as one record.
        outside: it counts for no year and no cycle.
        notes: what else came of it, such as hours in another category.
    """

    earned: Earned
    rule: AwardRule | None
    day: date
    mask: int
    factor: Number | None
    left: Decimal
    counts: bool
    is_last: bool = False
    virtual: tuple[str, str, str] | None = None
    is_bundle: bool = False
    outside: bool = False
    cuts: list[Cut] = field(default_factory=list)
    notes: list[Step] = field(default_factory=list)

    def cut(self, to: Decimal, *, rule: str, title: str, text: str, source: str) -> None:
        """Leave only `to` of it and say why."""
        self.cuts.append(Cut(rule, title, self.left - to, to, text, source))
        self.left = to

    def drop(self, *, rule: str, title: str, text: str, source: str) -> None:
        """Let it count for nothing and say why."""
        if self.counts:
            self.cut(NOTHING, rule=rule, title=title, text=text, source=source)
            self.counts = False

    def counts_as(self, unit: str) -> bool:
        """Whether it is one of what `unit` (lesson, item, record) counts."""
        return self.virtual is None or (unit == "record" and self.is_bundle)

    def hold(self, room: Decimal, *, rule: str, title: str, source: str) -> Decimal:
        """Leave at most `room` of it; return what lies beyond."""
        if self.left <= room:
            return NOTHING
        beyond = self.left - room
        self.cut(room, rule=rule, title=title, text="", source=source)
        return beyond

    def converted(self, value: Decimal, unit: str, to: str) -> Decimal:
        """Return a value of this line in another unit, cut at four places."""
        if unit == to or not value:
            return value
        if self.factor is None:
            return NOTHING
        over, under = self.factor.as_integer_ratio()
        if to == "hour":
            return (value * over / under).quantize(PLACES, rounding=ROUND_DOWN)
        return (value * under / over).quantize(PLACES, rounding=ROUND_DOWN)

    @property
    def is_held(self) -> bool:
        """Whether it counts for a later period than that of the deed, whose cap was full."""
        return self.day != self.earned.earned_on

    @property
    def rule_id(self) -> str:
        """The id of the award rule, `""` if none applied."""
        return self.rule.id if self.rule else ""


def line_of(plan: Plan, earned: Earned, tiers: frozenset[str]) -> Line:
    """Return the line with which `earned` begins."""
    facts = earned.facts
    profile = plan.profile(facts, tiers)
    rule, factor, mask = profile.rule, profile.factor, profile.mask
    if not profile.is_sure:
        rule, factor = plan.scheme.rule_for(facts, tiers), plan.factor(facts)
    if profile.asking:
        mask |= mask_of(profile.asking, facts)
    day = earned.earned_on
    return Line(
        earned,
        rule,
        day,
        mask,
        factor.on(day) if factor else None,
        earned.amount,
        earned.valid,
        is_last=bool(mask & plan.gated),
    )


def under_codes(facts: Facts, codes: Codes) -> Facts:
    """Return `facts` with other codes in some dimensions."""
    changed: dict[str, Any] = dict(codes)
    return replace(facts, **changed)


def in_turn(line: Line) -> tuple[bool, date, int]:
    """Return the place of a line in the order in which caps are filled."""
    return line.is_last, line.day, line.earned.record_uid.int


def grouped(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[list[Line]]:
    """Return the lines of equal keys together, in order."""
    groups: defaultdict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return list(groups.values())


def drop(lines: Sequence[Line], *, rule: str, title: str, text: str, source: str) -> None:
    """Let all of `lines` count for nothing."""
    for line in lines:
        line.drop(rule=rule, title=title, text=text, source=source)


def sum_in(lines: Iterable[Line], unit: str) -> Fraction:
    """Add up in `unit`; each factor divides a whole sum once, so that no record loses a crumb."""
    return sum((value for _, _, value in by_factor(lines, unit)), Fraction(0))


def by_factor(lines: Iterable[Line], unit: str) -> list[tuple[Decimal, Fraction | None, Fraction]]:
    """Return (sum in its own unit, hours per credit or None, sum in `unit`) for each factor."""
    parts = []
    for factor, whole in _sums(lines, unit).items():
        value = Fraction(whole)
        if factor is not None:
            value = (value * factor if unit == "hour" else value / factor) if factor else _NONE
        parts.append((whole, factor, value))
    return parts


def _sums(lines: Iterable[Line], unit: str) -> dict[Fraction | None, Decimal]:
    """Add up by factor, None for what is in `unit` already; to hash each number would be slow."""
    same, sums, numbers = NOTHING, dict[int, Decimal](), dict[int, Number]()
    alone = True
    for line in lines:
        if line.earned.unit == unit:
            same += line.left
            alone = False
        else:
            number: Number = line.factor or _NONE
            key = id(number)
            if key in sums:
                sums[key] += line.left
            else:
                sums[key], numbers[key] = line.left, number
    found: dict[Fraction | None, Decimal] = {} if alone else {None: same}
    for key, value in sums.items():
        factor = Fraction(numbers[key])
        found[factor] = found.get(factor, NOTHING) + value
    return found


def measure(facts: Facts, what: str) -> Decimal:
    """Return how many `lesson`, `item` or `record` this record stands for."""
    stated = {"lesson": facts.lessons, "item": facts.items}.get(what)
    return Decimal(1) if stated is None else stated

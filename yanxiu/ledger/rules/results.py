"""What a standing consists of: requirements, totals of a period, and what counts of each record."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from yanxiu.kernel.amounts import Credits, Hours, plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import NOTHING
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Cut
from yanxiu.ledger.rules.values import Filter

HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of one record counts, and the steps that say why it is 3 and not 5.

    Attributes:
        rule: the award rule, its source and the word for the unit, for the first step.
        cuts: what changed it since.
        notes: what else came of it: hours in another category, a part held for the next period.
    """

    record_uid: UUID
    earned_on: date
    unit: str
    earned: Decimal
    counted: Decimal
    pending: bool
    rule: tuple[str, str, str]
    cuts: tuple[Cut, ...] = ()
    notes: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The explanation, in order."""
        rule, source, unit = self.rule
        first = Step(f"本记录单独计得 {plain(self.earned)} {unit}", self.earned, source, rule)
        return (first, *(cut.step for cut in self.cuts), *self.notes)


@dataclass(frozen=True, slots=True)
class RequirementStanding:
    """Where one requirement stands: 已认定 + 待认定 + 还差 ≥ required.

    Attributes:
        span: the period around the day asked for.
        unit: `hour`, `credit`, `lesson`, `item` or `record`; `unit_label` is the place's word.
        required: what is asked of this teacher in this period; for a share, what it comes to now.
        recognised: 已认定, from entries, with what was carried over, substituted and made up.
        pending: 待认定, what awards that are not posted would add.
        missing: 还差, what is lacking even if all pending ones are recognised; never below 0.
        record_uids: the records behind the numbers, in order.
        parent: id of the requirement it is a part of, `""` if of none.
        applies_to, within: the filters that a record must pass to fill it; see `fills`.
        excess: what lies beyond a maximum, 0 if nothing.
        borrowed: how much of `recognised` was carried over, substituted or made up.
        waived: why nothing is asked, `""` if something is.
        deadline: the last day whose records can still fill it.
        count_from: the first day whose records can, if it lies within `span`.
        choices: instead of `applies_to`, the filters of each requirement among which one chooses.
    """

    id: str
    title: str
    scope: str
    scope_label: str
    span: Span
    unit: str
    unit_label: str
    required: Decimal
    recognised: Decimal
    pending: Decimal
    missing: Decimal
    severity: str
    partition: str
    source: str
    steps: tuple[Step, ...]
    record_uids: tuple[UUID, ...]
    parent: str = ""
    applies_to: Filter = Filter()
    within: tuple[Filter, ...] = ()
    excess: Decimal = NOTHING
    borrowed: Decimal = NOTHING
    waived: str = ""
    deadline: date = date.max
    count_from: date = date.min
    choices: tuple[tuple[Filter, ...], ...] = ()

    @property
    def met(self) -> bool:
        """Whether what is recognised suffices; what goes too far is told and takes nothing."""
        return self.recognised >= self.required

    @property
    def recognised_percent(self) -> int:
        """Recognised part of what is required, 0 to 100, cut: 100 only if it is met."""
        return _percent(self.recognised, self.required)

    @property
    def pending_percent(self) -> int:
        """What pending ones would add to `recognised_percent`."""
        both = _percent(self.recognised + self.pending, self.required)
        return both - self.recognised_percent

    def fills(self, facts: Facts) -> bool:
        """Say whether a record like `facts` counts towards it, if it lies in the period."""
        if not max(self.span.start, self.count_from) <= facts.on <= self.deadline:
            return False
        among = self.choices or ((self.applies_to, *self.within),)
        return any(all(f.matches(facts) for f in filters) for filters in among)


@dataclass(frozen=True, slots=True)
class Totals:
    """All that counts in one period, in both units; credits are rounded only for display."""

    span: Span
    hours: Hours
    credits: Credits
    pending_hours: Hours
    pending_credits: Credits


@dataclass(frozen=True, slots=True)
class Standing:
    """达标情况 of one teacher under one scheme on one day."""

    scheme: str
    version: str
    digest: str
    title: str
    on: date
    requirements: tuple[RequirementStanding, ...]
    semester: Totals
    year: Totals
    cycle: Totals
    counted: dict[UUID, Counted]

    @property
    def met(self) -> bool:
        """Whether every requirement that blocks is met."""
        return all(each.met for each in self.requirements if each.severity == "block")

    @property
    def meets_the_year(self) -> bool:
        """Whether all that blocks and ends within the year is met, as a closing asks."""
        year = self.year.span
        due = (each for each in self.requirements if year.start < each.span.end <= year.end)
        return all(each.met for each in due if each.severity == "block")


def _percent(part: Decimal, whole: Decimal) -> int:
    if not whole:
        return HUNDRED
    return min(HUNDRED, int(part * HUNDRED / whole))

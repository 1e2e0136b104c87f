"""What requirements amount to in a period: own sums, then what is carried, substituted, made up.

All lines have been counted. A period is settled once; the ones before it as far as they matter.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yanxiu.kernel.amounts import amount, plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import MODE_WORDS, NOTHING, exact, fixed, rounded
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import ALWAYS, Calendar
from yanxiu.ledger.rules.counting import Begun
from yanxiu.ledger.rules.excusing import Asked, Whose, asked, first_year_of, probation_of
from yanxiu.ledger.rules.lines import OUTSIDE_OF, Line, measure, sum_in
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.plan import Plan
from yanxiu.ledger.rules.schemes import OTHER, CreditRounding, Number, Requirement, Table
from yanxiu.ledger.rules.values import Dated

AMOUNTS: Final = ("hour", "credit")
_DAY: Final = timedelta(days=1)
_HOLIDAYS: Final = timedelta(days=200)
_NONE: Final = timedelta(0)


@dataclass(frozen=True)
class Terms:
    """For whom, on which day and by which calendar requirements are settled."""

    plan: Plan
    calendar: Calendar
    person: Person
    tiers: Collection[str]
    on: date
    begun: dict[int, Begun] = field(default_factory=dict, compare=False)
    _asked: dict[tuple[str, Span, Decimal], Asked] = field(default_factory=dict, compare=False)

    def asked(self, requirement: Requirement, span: Span, amount: Decimal) -> Asked:
        """Return what is asked of this teacher in `span`, where the scheme says `amount`."""
        key = (requirement.id, span, amount)
        found = self._asked.get(key)
        if found is None:
            found = self._asked[key] = asked(self.whose, requirement, span, amount)
        return found

    @property
    def whose(self) -> Whose:
        """Of whom it is asked."""
        return Whose(self.plan.scheme, self.person, self.calendar)

    def span(self, requirement: Requirement, day: date) -> Span | None:
        """Return the period of `requirement` around `day`, None if there is none."""
        if requirement.scope == "probation":
            return probation_of(self.plan.scheme, self.person)
        if requirement.scope == "first_year":
            return first_year_of(requirement, self.person)
        return self.calendar.span(requirement.scope, day)

    def day_in(self, span: Span) -> date:
        """Return the day by whose rules a period is asked: the last one of a past period."""
        return min(self.on, span.last) if span.start <= self.on else span.start


@dataclass
class Settled:
    """One requirement in one period.

    Attributes:
        asked: what is required; for a share, what it comes to.
        own: what matching lines amount to, without what went to the year before.
        whole: for a share, what it is a share of.
        carried, substituted, made_up: what came from elsewhere to fill what is lacking.
        given: surplus that went to other requirements.
        steps: how what came from elsewhere came about.
    """

    asked: Asked
    own: Decimal
    whole: Decimal = NOTHING
    carried: Decimal = NOTHING
    substituted: Decimal = NOTHING
    made_up: Decimal = NOTHING
    given: Decimal = NOTHING
    steps: list[Step] = field(default_factory=list)

    @property
    def reached(self) -> Decimal:
        """All that counts towards it."""
        return self.own + self.carried + self.substituted + self.made_up

    @property
    def lack(self) -> Decimal:
        """What is missing, 0 if nothing."""
        return max(NOTHING, self.asked.amount - self.reached)

    @property
    def surplus(self) -> Decimal:
        """What of its own lies beyond what is required and was not given away."""
        return max(NOTHING, self.own - self.asked.amount - self.given)


@dataclass
class Tally:
    """Counted lines, sorted by day, with the sums that were asked of them.

    `days` are those of all that the teacher has done, also of what this tally leaves out: a year
    in which somebody worked can be made up, though what was done waits behind a gate.
    """

    terms: Terms
    lines: list[Line]
    days: list[date] = field(default_factory=list)
    _days: list[date] = field(default_factory=list)
    _within: dict[tuple[str, Span], list[Line]] = field(default_factory=dict)
    _lines_of: dict[tuple[int, Span, bool], list[Line]] = field(default_factory=dict)
    _settled: dict[tuple[tuple[int, ...], Span], dict[int, Settled]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out what counts only later; remember the days, to find the lines of a period."""
        on = self.terms.on
        if self.lines and self.lines[-1].day > on:
            self.lines = [line for line in self.lines if line.day <= on]
        self._days = [line.day for line in self.lines]
        self.days = [day for day in self.days if day <= on] or self._days

    def within(self, span: Span, scope: str = "") -> list[Line]:
        """Return the lines of a period; those of a semester with the holidays after it."""
        found = self._within.get((scope, span))
        if found is None:
            around = _HOLIDAYS if scope == "semester" else _NONE
            first = bisect_left(self._days, span.start - around)
            last = bisect_left(self._days, span.end + around)
            found = self.lines[first:last]
            if around:
                calendar = self.terms.calendar
                found = [line for line in found if calendar.span(scope, line.day) == span]
            self._within[scope, span] = found
        return found

    def inside(self, span: Span, scope: str) -> list[Line]:
        """Return the lines of a period without those that count for no year and no cycle."""
        lines = self.within(span, scope)
        if scope not in OUTSIDE_OF:
            return lines
        return [line for line in lines if not line.outside]

    def lines_of(self, number: int, span: Span, *, base: bool = False) -> list[Line]:
        """Return what counts towards a requirement, or (`base`) towards what it is a share of."""
        key = (number, span, base)
        found = self._lines_of.get(key)
        if found is None:
            found = self._lines_of[key] = self._sought(number, span, base=base)
        return found

    def _sought(self, number: int, span: Span, *, base: bool) -> list[Line]:
        plan = self.terms.plan
        requirement = plan.scheme.requirements[number]
        if requirement.choices:
            among = (self.lines_of(each, span) for each in self._members(requirement))
            found = {id(line): line for lines in among for line in lines}
            return sorted(found.values(), key=lambda line: (line.day, line.earned.record_uid.int))
        bit = plan.bases[number] if base else plan.requirements[number]
        lines = [line for line in self.within(span, requirement.scope) if line.mask & bit]
        first, last = requirement.count_from, requirement.count_to
        if first:
            lines = [line for line in lines if line.day >= first]
        if last:
            lines = [line for line in lines if line.day <= last]
        if requirement.scope in OUTSIDE_OF and not requirement.outside_cycle:
            lines = [line for line in lines if not line.outside]
        return lines

    def amount(self, lines: Iterable[Line], unit: str) -> Decimal:
        """Add up in `unit`."""
        if unit in AMOUNTS:
            return fixed(self._rounded(sum_in(lines, unit), unit))
        counted = [line for line in lines if line.counts and line.counts_as(unit)]
        return amount(sum((measure(each.earned.facts, unit) for each in counted), Decimal(0)))

    # ---- requirements ----
    def settle(self, number: int, span: Span) -> dict[int, Settled]:
        """Return a requirement in `span` with those it exchanges surplus with, by their number."""
        group = self.terms.plan.group_of[number]
        key = (group, span)
        if key not in self._settled:
            found = self._settled[key] = self._own(group, span)
            scope = self.terms.plan.scheme.requirements[number].scope
            self._give_back(scope, span, found)
            self._carry(scope, span, found)
            self._substitute(span, found)
            self._make_up(scope, span, found)
        return self._settled[key]

    def _rounded(self, value: Fraction, unit: str) -> Fraction:
        """Return a sum as the place rounds credits."""
        rounding = self.terms.plan.scheme.round_credits
        if rounding is None or unit != "credit":
            return value
        return rounded(value, rounding.step, rounding.mode)

    def _own(self, group: tuple[int, ...], span: Span) -> dict[int, Settled]:
        found: dict[int, Settled] = {}
        scheme, tiers = self.terms.plan.scheme, self.terms.tiers
        if scheme.eligibility and not scheme.eligibility.teachers.concerns(tiers):
            return found
        for number in group:
            requirement = scheme.requirements[number]
            if not requirement.applies_to.concerns(tiers):
                continue
            required = self._asked(requirement, span)
            if required is None:
                continue
            if requirement.choices:
                settled = self._chosen(requirement, span, required)
            else:
                settled = self._summed(number, span, required)
            if settled is not None:
                found[number] = settled
        return found

    def _summed(self, number: int, span: Span, required: Asked) -> Settled:
        """Return what the lines of a requirement amount to."""
        scheme = self.terms.plan.scheme
        lines, unit = self.lines_of(number, span), scheme.requirements[number].unit
        settled = Settled(required, self.amount(lines, unit))
        if scheme.round_credits and unit == "credit":
            told = credits_rounded(scheme.round_credits, fixed(sum_in(lines, unit)), settled.own)
            settled.steps += told
        return self._shared(number, span, settled)

    def _members(self, requirement: Requirement) -> list[int]:
        """Return the numbers of the requirements among which one chooses."""
        return [self.terms.plan.asked_by_id[name][0] for name in requirement.choices]

    def _chosen(self, requirement: Requirement, span: Span, required: Asked) -> Settled | None:
        """Count which of its members are met; none of them may be for this teacher."""
        scheme = self.terms.plan.scheme
        among = {
            number: settled
            for number in self._members(requirement)
            if (settled := self.settle(number, span).get(number)) is not None
        }
        if not among:
            return None
        met = sum(not settled.lack for settled in among.values())
        asked = replace(required, amount=min(required.amount, Decimal(len(among))))
        steps = [
            member_step(scheme.requirements[number], requirement, settled.lack)
            for number, settled in among.items()
        ]
        return Settled(asked, amount(Decimal(met)), steps=steps)

    def _asked(self, requirement: Requirement, span: Span) -> Asked | None:
        terms = self.terms
        number = for_tiers(requirement.minimum, terms.day_in(span), terms.tiers)
        if number is None:
            return None
        return terms.asked(requirement, span, number)

    def _shared(self, number: int, span: Span, settled: Settled) -> Settled:
        """Where a share is asked, say what it comes to."""
        requirement = self.terms.plan.scheme.requirements[number]
        if not requirement.is_share:
            return settled
        settled.whole = self.amount(self.lines_of(number, span, base=True), requirement.unit)
        share = requirement.least_share
        least = share.on(self.terms.day_in(span)) if share else None
        if least is not None and not settled.asked.waived:
            required = fixed(exact(settled.whole) * exact(least))
            settled.asked = Asked(max(settled.asked.amount, required))
        return settled

    def _before(self, scope: str, span: Span) -> Span | None:
        """Return the period before, None if there is no record before this one."""
        if not self.days or self.days[0] >= span.start or span == ALWAYS:
            return None
        return self.terms.calendar.span(scope, span.start - _DAY)

    def _carry(self, scope: str, span: Span, found: dict[int, Settled]) -> None:
        scheme = self.terms.plan.scheme
        by_id = {scheme.requirements[number].id: number for number in found}
        for rule in scheme.carry_over:
            number = by_id.get(rule.requirement)
            before = None if number is None else self._before(scope, span)
            if number is None or before is None:
                continue
            if before.start < self.terms.calendar.span(rule.within, span.start).start:
                continue
            last = self.settle(number, before).get(number)
            most = rule.maximum.on(self.terms.day_in(span)) if rule.maximum else None
            value = min(found[number].lack, last.surplus if last else NOTHING)
            value = value if most is None else min(value, fixed(exact(most)))
            if value:
                found[number].carried = value
                text = f"上一期（{before.start:%Y-%m-%d} 起）超出部分结转 {plain(value)}"
                found[number].steps.append(Step(text, value, rule.source, "carry_over"))

    def _substitute(self, span: Span, found: dict[int, Settled]) -> None:
        scheme = self.terms.plan.scheme
        by_id = {scheme.requirements[number].id: number for number in found}
        for rule in scheme.substitutions:
            giver, taker = by_id.get(rule.giver), by_id.get(rule.taker)
            if giver is None or taker is None:
                continue
            most = rule.maximum.on(self.terms.day_in(span)) if rule.maximum else None
            value = min(found[giver].surplus, found[taker].lack)
            value = value if most is None else min(value, fixed(exact(most)))
            if value:
                found[giver].given += value
                found[taker].substituted += value
                text = f"“{scheme.requirements[giver].title}”超出部分抵 {plain(value)}"
                found[taker].steps.append(Step(text, value, rule.source, "substitution"))

    def _give_back(self, scope: str, span: Span, found: dict[int, Settled]) -> None:
        """Take from a year what went to the one before, which lacked it."""
        rule = self.terms.plan.scheme.make_up
        if scope != "year" or rule is None or rule.until is None:
            return
        before = self._before(scope, span) if found else None
        last_year = self.settle(next(iter(found)), before) if before else {}
        for number, last in last_year.items():
            if number in found and last.made_up:
                found[number].own = max(NOTHING, found[number].own - last.made_up)
                text = f"其中 {plain(last.made_up)} 已补上一年"
                step = Step(text, found[number].own, rule.source, "make_up")
                found[number].steps.append(step)

    def _make_up(self, scope: str, span: Span, found: dict[int, Settled]) -> None:
        """Fill what a year lacks with what was done soon after it."""
        rule, window = self.terms.plan.scheme.make_up, self.make_up_window(span)
        worked = bisect_left(self.days, span.start) < bisect_left(self.days, span.end)
        if scope != "year" or rule is None or window is None or not worked:
            return
        for number, settled in found.items():
            requirement = self.terms.plan.scheme.requirements[number]
            if requirement.choices:
                continue
            done = [line for line in self.lines_of(number, window) if not line.is_held]
            late = self.amount(done, requirement.unit)
            settled.made_up = min(settled.lack, late)
            if settled.made_up:
                text = f"至 {window.last:%Y-%m-%d} 补修 {plain(settled.made_up)}"
                settled.steps.append(Step(text, settled.made_up, rule.source, "make_up"))

    def make_up_window(self, span: Span) -> Span | None:
        """Return the days after a year in which its lack may still be filled."""
        rule = self.terms.plan.scheme.make_up
        if rule is None or rule.until is None or span == ALWAYS:
            return None
        last = date(span.end.year, *rule.until)
        if last < span.end:
            last = date(span.end.year + 1, *rule.until)
        return Span(span.end, last + _DAY)


def credits_rounded(rounding: CreditRounding, whole: Decimal, to: Decimal) -> list[Step]:
    """Say how the credits of a requirement were rounded, if it changes them."""
    if whole == to:
        return []
    mode = MODE_WORDS[rounding.mode]
    text = f"学分合计 {plain(whole)} 按 {plain(rounding.step)} 取整（{mode}）→ {plain(to)}"
    return [Step(text, to, rounding.source, "round_credits")]


def member_step(member: Requirement, whole: Requirement, lack: Decimal) -> Step:
    """Say whether one of the requirements among which one chooses is met."""
    text = f"“{member.title}”还差 {plain(lack)}" if lack else f"“{member.title}”已达到"
    return Step(text, None, member.source or whole.source, whole.id)


def for_tiers(table: Dated[Table], day: date, tiers: Collection[str]) -> Decimal | None:
    """Return the highest number of the teacher's tiers, else that for all others."""
    found = table.on(day)
    if found is None:
        return None
    named: list[Number] = [number for code, number in found.cells if code in tiers]
    numbers = named or [number for code, number in found.cells if code == OTHER]
    return max(fixed(exact(number)) for number in numbers) if numbers else None

"""达标情况: what all records of one teacher amount to on a day, requirement by requirement."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from yanxiu.kernel.amounts import Credits, Hours, amount, credit_amount, hours, plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import NOTHING, exact, fixed, shown
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.ledger.rules.counting import Earned, Line, count, measure
from yanxiu.ledger.rules.evaluating import Step
from yanxiu.ledger.rules.schemes import Number, Requirement, Scheme

_SCOPES: Final = ("semester", "year", "cycle")
_SCOPE_WORDS: Final = {"semester": "本学期", "year": "本学年", "cycle": "本周期"}
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of one record counts, and the steps that say why it is 3 and not 5."""

    record_uid: UUID
    earned_on: date
    unit: str
    earned: Decimal
    counted: Decimal
    pending: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RequirementStanding:
    """Where one requirement stands: 已认定 + 待认定 + 还差 ≥ required.

    Attributes:
        span: the semester, year or cycle around the day asked for.
        unit: `hour`, `credit`, `lesson`, `item` or `record`; `unit_label` is the place's word.
        recognised: 已认定, from entries.
        pending: 待认定, what awards that are not posted would add.
        missing: 还差, what is lacking even if all pending ones are recognised; never below 0.
        record_uids: the records behind the numbers, in order.
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

    @property
    def met(self) -> bool:
        """Whether what is recognised suffices."""
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


@dataclass(frozen=True)
class _Question:
    """What is asked, with the lines of each scope, once without and once with the pending ones."""

    scheme: Scheme
    on: date
    calendar: Calendar
    tiers: Collection[str]
    posted: dict[str, list[Line]]
    together: dict[str, list[Line]]


def standing(
    scheme: Scheme,
    posted: Iterable[Earned],
    pending: Iterable[Earned] = (),
    *,
    on: date,
    semester: Span | None = None,
    semesters: Sequence[Span] = (),
    tiers: Collection[str] = (),
) -> Standing:
    """Return where a teacher stands on the day `on`.

    Args:
        scheme: the rules; amounts already earned are taken as they are.
        posted: entries in force; a reversed entry and its counter-entry are both left out.
        pending: awards that no final step has posted; the order of either makes no difference.
        on: the day; what was earned later is not looked at.
        semester: the school's own term around `on`; without it the scheme's usual one.
        semesters: further terms of the school, so that its past thresholds fall as it lived them.
        tiers: the teacher's tiers on that day, for requirements that differ by tier.
    """
    known = [*semesters, *([semester] if semester and semester not in semesters else [])]
    calendar = Calendar(scheme.cycle, tuple(known))
    entered = [each for each in posted if each.earned_on <= on]
    waiting = [each for each in pending if each.earned_on <= on]
    lines = count(scheme, entered, calendar)
    together = count(scheme, [*entered, *waiting], calendar) if waiting else lines
    now, then = (_in_period(calendar, on, each) for each in (lines, together))
    question = _Question(scheme, on, calendar, tiers, now, then)
    asked = (_requirement(question, each) for each in scheme.requirements)
    semester_totals, year_totals, cycle_totals = (_totals(question, scope) for scope in _SCOPES)
    return Standing(
        scheme=scheme.id,
        version=scheme.version,
        digest=scheme.digest,
        title=scheme.title,
        on=on,
        requirements=tuple(each for each in asked if each is not None),
        semester=semester_totals,
        year=year_totals,
        cycle=cycle_totals,
        counted=_counted(lines, together),
    )


def _counted(posted: list[Line], together: list[Line]) -> dict[UUID, Counted]:
    """Return posted records as they count now, and pending ones as they would."""
    entered = {line.earned.record_uid for line in posted}
    waiting = [line for line in together if line.earned.record_uid not in entered]
    return {
        line.earned.record_uid: Counted(
            record_uid=line.earned.record_uid,
            earned_on=line.earned.earned_on,
            unit=line.earned.unit,
            earned=line.earned.amount,
            counted=line.left,
            pending=line.earned.record_uid not in entered,
            steps=tuple(line.steps),
        )
        for line in [*posted, *waiting]
    }


def _in_period(calendar: Calendar, on: date, lines: list[Line]) -> dict[str, list[Line]]:
    """Return for each scope the lines of the period that contains `on`."""
    periods = {scope: calendar.span(scope, on) for scope in _SCOPES}
    return {
        scope: [line for line in lines if calendar.span(scope, line.earned.earned_on) == period]
        for scope, period in periods.items()
    }


def _requirement(question: _Question, requirement: Requirement) -> RequirementStanding | None:
    table = requirement.minimum.on(question.on)
    required = _for_tiers(table.cells, question.tiers) if table else None
    if required is None:
        return None
    scheme = question.scheme
    own, both = (
        [
            line
            for line in lines[requirement.scope]
            if requirement.applies_to.matches(line.earned.facts)
        ]
        for lines in (question.posted, question.together)
    )
    recognised = _sum(scheme, own, requirement.unit)
    pending = max(NOTHING, _sum(scheme, both, requirement.unit) - recognised)
    missing = max(NOTHING, required - recognised - pending)
    return RequirementStanding(
        id=requirement.id,
        title=requirement.title,
        scope=requirement.scope,
        scope_label=_SCOPE_WORDS[requirement.scope],
        span=question.calendar.span(requirement.scope, question.on),
        unit=requirement.unit,
        unit_label=scheme.unit_label(requirement.unit),
        required=required,
        recognised=recognised,
        pending=pending,
        missing=missing,
        severity=requirement.severity,
        partition=requirement.partition,
        source=requirement.source,
        steps=(
            *_trace(scheme, own, requirement),
            _last_step(scheme, requirement, (required, recognised, pending, missing)),
        ),
        record_uids=tuple(line.earned.record_uid for line in both),
    )


def _for_tiers(
    cells: tuple[tuple[str, Decimal | Fraction], ...], tiers: Collection[str]
) -> Decimal | None:
    """Return the highest minimum of the teacher's tiers, else that for all others."""
    named = [number for code, number in cells if code in tiers]
    found = named or [number for code, number in cells if code == "other"]
    return max(fixed(exact(number)) for number in found) if found else None


def _sum(scheme: Scheme, lines: list[Line], unit: str) -> Decimal:
    """Add up in `unit`; each factor divides a whole sum once, so that no record loses a crumb."""
    if unit not in ("hour", "credit"):
        whole = sum((measure(each.earned.facts, unit) for each in lines if each.counts), Decimal(0))
        return amount(whole)
    return fixed(sum((value for _, _, value in _by_factor(scheme, lines, unit)), Fraction(0)))


def _by_factor(
    scheme: Scheme, lines: list[Line], unit: str
) -> list[tuple[Decimal, Fraction | None, Fraction]]:
    """Return (sum in its own unit, hours per credit or None, sum in `unit`) for each factor."""
    sums: dict[tuple[str, Number | None], Decimal] = {}
    for line in lines:
        own, factor = line.earned.unit, None
        if own != unit:
            factor = scheme.hours_per_credit(line.earned.facts, line.earned.earned_on) or Decimal(0)
        sums[own, factor] = sums.get((own, factor), NOTHING) + line.left
    parts = []
    for (_, factor), whole in sums.items():
        value = exact(whole)
        ratio = None if factor is None else exact(factor)
        if ratio is not None:
            value = (value * ratio if unit == "hour" else value / ratio) if ratio else Fraction(0)
        parts.append((whole, ratio, value))
    return parts


def _trace(scheme: Scheme, lines: list[Line], requirement: Requirement) -> list[Step]:
    """Say what the entries earned, what was cut by which rule, and how it was converted."""
    scope, unit = _SCOPE_WORDS[requirement.scope], requirement.unit
    if unit not in ("hour", "credit"):
        number = _sum(scheme, lines, unit)
        text = f"{scope}已认定记录中计 {plain(number)} {scheme.unit_label(unit)}"
        return [Step(text, number, requirement.source, requirement.id)]
    steps = []
    for own in dict.fromkeys(line.earned.unit for line in lines):
        earned = sum((each.earned.amount for each in lines if each.earned.unit == own), NOTHING)
        text = (
            f"{scope} {len(lines)} 条已认定记录，单独计得 {plain(earned)} {scheme.unit_label(own)}"
        )
        steps.append(Step(text, earned, requirement.source, requirement.id))
    steps.extend(_cut_steps(lines))
    for whole, ratio, value in _by_factor(scheme, lines, unit):
        if ratio and ratio != 1:
            sign = "×" if unit == "hour" else "÷"
            result = fixed(value)
            label = scheme.unit_label(unit)
            text = f"{plain(whole)} {sign} {shown(ratio)} = {plain(result)} {label}"
            steps.append(Step(text, result, _conversion_source(scheme, ratio), "conversion"))
    return steps


def _cut_steps(lines: list[Line]) -> list[Step]:
    cuts: dict[tuple[str, str], tuple[Decimal, str]] = {}
    for line in lines:
        sources = {step.rule: step.source for step in line.steps}
        for rule, title, removed in line.cuts:
            before, _ = cuts.get((rule, title), (NOTHING, ""))
            cuts[rule, title] = (before + removed, sources.get(rule, ""))
    return [
        Step(f"{title}，减去 {plain(removed)}", None, source, rule)
        for (rule, title), (removed, source) in cuts.items()
        if removed
    ]


def _conversion_source(scheme: Scheme, ratio: Fraction) -> str:
    for conversion in scheme.conversions:
        if any(exact(number) == ratio for _, number in conversion.hours_per_credit.values):
            return conversion.source
    return ""


def _last_step(
    scheme: Scheme, requirement: Requirement, amounts: tuple[Decimal, Decimal, Decimal, Decimal]
) -> Step:
    required, recognised, pending, missing = (plain(each) for each in amounts)
    unit = scheme.unit_label(requirement.unit)
    text = f"已认定 {recognised}，待认定 {pending}，要求 {required}，还差 {missing} {unit}"
    return Step(text, amounts[3], requirement.source, requirement.id)


def _totals(question: _Question, scope: str) -> Totals:
    scheme = question.scheme
    own, both = question.posted[scope], question.together[scope]
    in_hours, in_credits = _sum(scheme, own, "hour"), _sum(scheme, own, "credit")
    return Totals(
        span=question.calendar.span(scope, question.on),
        hours=hours(in_hours),
        credits=credit_amount(in_credits),
        pending_hours=hours(max(NOTHING, _sum(scheme, both, "hour") - in_hours)),
        pending_credits=credit_amount(max(NOTHING, _sum(scheme, both, "credit") - in_credits)),
    )


def _percent(part: Decimal, whole: Decimal) -> int:
    if not whole:
        return _HUNDRED
    return min(_HUNDRED, int(part * _HUNDRED / whole))

"""减免: what approved reasons, probation and retirement change of what is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from yanxiu.kernel.amounts import PLACES, plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import NOTHING
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import (
    ALWAYS,
    Calendar,
    days_within,
    months_later,
    months_of,
    months_within,
)
from yanxiu.ledger.rules.demands import Exemption, Requirement
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import Scheme

_YEAR = 12


@dataclass(frozen=True)
class Asked:
    """要求 as it is for one teacher in one period.

    Attributes:
        amount: what is required, 0 where nothing is.
        waived: why nothing is asked, `""` if something is.
        steps: how the amount came about, if it is not that of the scheme.
    """

    amount: Decimal
    waived: str = ""
    steps: tuple[Step, ...] = ()


def probation_of(scheme: Scheme, person: Person) -> Span | None:
    """Return the probation of this teacher, None if there is none or its beginning is unknown."""
    if scheme.probation is None or person.joined_on is None:
        return None
    return Span(person.joined_on, months_later(person.joined_on, scheme.probation.months))


def first_year_of(requirement: Requirement, person: Person) -> Span | None:
    """Return the first year in the posts the requirement is for, else the first of all."""
    start = person.since_when(requirement.applies_to.who)
    return Span(start, months_later(start, _YEAR)) if start else None


def extending(scheme: Scheme, person: Person) -> tuple[Span, ...]:
    """Return the days by whose months this teacher's cycle ends later."""
    reasons = {e.reason: e for e in scheme.exemptions if e.effect == "extend_cycle"}
    return tuple(
        each.span
        for each in person.exemptions
        if each.reason in reasons
        and (each.span.end - each.span.start).days >= reasons[each.reason].least_days
    )


@dataclass(frozen=True)
class Whose:
    """Of whom something is asked: by which scheme, of which teacher, in which calendar."""

    scheme: Scheme
    person: Person
    calendar: Calendar


def asked(whose: Whose, requirement: Requirement, span: Span, amount: Decimal) -> Asked:
    """Return what is asked of this teacher in `span`, where the scheme says `amount`."""
    scheme, person = whose.scheme, whose.person
    if not amount or (not person.exemptions and person.retires_on is None and not scheme.probation):
        return Asked(amount)
    away: list[Span] = []
    reasons: dict[str, Exemption] = {}
    for exemption in scheme.exemptions:
        if not _concerns(scheme, exemption, requirement):
            continue
        spans = _spans(exemption, whose, span)
        if not spans or days_within(span, spans) < exemption.least_days:
            continue
        by_years = exemption.effect == "waive_year" and requirement.scope == "cycle"
        if exemption.effect in ("waive", "waive_year") and not by_years:
            text = f"{exemption.title}：本期不作要求（原要求 {plain(amount)}）"
            step = Step(text, NOTHING, exemption.source, exemption.reason)
            return Asked(NOTHING, exemption.title, (step,))
        if by_years:
            spans = _whole_years(whose.calendar, span, spans, exemption.least_days)
        if spans and (by_years or exemption.effect == "pro_rate"):
            away += spans
            reasons[exemption.reason] = exemption
    if _skips_probation(scheme, requirement) and (probation := probation_of(scheme, person)):
        away.append(probation)
    if requirement.choices:  # what it chooses among is less already
        return Asked(amount)
    return _less(scheme, requirement, span, amount, (away, reasons))


def _skips_probation(scheme: Scheme, requirement: Requirement) -> bool:
    is_outside = scheme.probation is not None and scheme.probation.outside_cycle
    return is_outside and requirement.scope == "year" and not requirement.outside_cycle


def _whole_years(calendar: Calendar, span: Span, spans: list[Span], least_days: int) -> list[Span]:
    """Return the years of a cycle that are waived; a cycle of one's own has years of its own."""
    return [year for year in _years(calendar, span) if days_within(year, spans) >= least_days]


def _years(calendar: Calendar, span: Span) -> Iterator[Span]:
    if calendar.is_own_cycle:
        for number in range(calendar.cycle.years):
            first, after = (months_later(span.start, _YEAR * each) for each in (number, number + 1))
            yield Span(first, after)
        return
    year = calendar.span("year", span.start)
    while year.start < span.end:
        yield year
        year = calendar.following("year", year.start)


def _less(
    scheme: Scheme,
    requirement: Requirement,
    span: Span,
    amount: Decimal,
    without: tuple[list[Span], dict[str, Exemption]],
) -> Asked:
    """Take off the months of some spans, for the reasons that are given."""
    away, reasons = without
    months = len(months_within(span, away)) if away else 0
    if not months:
        return Asked(amount)
    all_months = len(months_of(span))
    title = "、".join(each.title for each in reasons.values()) or "试用期"
    rest = _part(amount, requirement.unit, all_months - months, all_months)
    is_exact = rest * all_months == amount * (all_months - months)
    text = (
        f"{title}：减去 {months} 个月，{plain(amount)} × {all_months - months}/{all_months} "
        f"{'=' if is_exact else '≈'} {plain(rest)}"
    )
    first = next(iter(reasons.values()), None)
    source = first.source if first else (scheme.probation.source if scheme.probation else "")
    step = Step(text, rest, source, first.reason if first else "probation")
    return Asked(rest, "" if rest else title, (step,))


def _concerns(scheme: Scheme, exemption: Exemption, requirement: Requirement) -> bool:
    """What is said of a whole is said of its parts, too."""
    if requirement.scope not in exemption.scopes:
        return False
    names = exemption.requirements
    return not names or any(name in names for name in scheme.lineage(requirement))


def _spans(exemption: Exemption, whose: Whose, span: Span) -> list[Span]:
    person = whose.person
    spans = [each.span for each in person.exemptions if each.reason == exemption.reason]
    if exemption.at_retirement and person.retires_on:
        first = max(person.retires_on, span.start)
        within = exemption.retiring_in_cycle and span != ALWAYS
        if within and person.retires_on < whose.calendar.span("cycle", span.last).end:
            first = span.start
        spans.append(Span(first, ALWAYS.end))
    return spans


def _part(amount: Decimal, unit: str, months: int, of: int) -> Decimal:
    """Return the part of some months; what is counted is cut to wholes."""
    places = PLACES if unit in ("hour", "credit") else Decimal(1)
    return (amount * months / of).quantize(places, rounding=ROUND_DOWN).quantize(PLACES)

"""减免: what approved reasons, probation and retirement change of what is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.absences import freed, joined, long_enough
from yanxiu.ledger.rules.amounts import NOTHING, fixed, rounded
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
    return tuple(
        each
        for exemption in scheme.exemptions
        if exemption.effect == "extend_cycle"
        for each in joined(one.span for one in person.exemptions if one.reason == exemption.reason)
        if (each.end - each.start).days >= exemption.least_days
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
    if not amount or not _may_be_less(scheme, person, span):
        return Asked(amount)
    away: list[Span] = []
    reasons: dict[str, Exemption] = {}
    for exemption in scheme.exemptions:
        if not _concerns(scheme, exemption, requirement):
            continue
        spans = _excused(exemption, whose, requirement, span)
        if not spans or not days_within(span, spans):
            continue
        if _frees_all(exemption, requirement):
            text = f"{exemption.title}：本期不作要求（原要求 {plain(amount)}）"
            step = Step(text, NOTHING, exemption.source, exemption.reason)
            return Asked(NOTHING, exemption.title, (step,))
        if exemption.effect != "extend_cycle":
            away += spans
            reasons[exemption.reason] = exemption
    if _skips_probation(scheme, requirement) and (probation := probation_of(scheme, person)):
        away.append(probation)
    if requirement.choices:  # what it chooses among is less already
        return Asked(amount)
    return _less(scheme, requirement, span, amount, (away, reasons))


def _may_be_less(scheme: Scheme, person: Person, span: Span) -> bool:
    """Whether anything is known by which somebody might be asked for less in `span`."""
    if person.exemptions or person.retires_on is not None or scheme.probation:
        return True
    joins_late = person.joined_on is not None and person.joined_on > span.start
    return joins_late and any(each.before_joining for each in scheme.exemptions)


def _skips_probation(scheme: Scheme, requirement: Requirement) -> bool:
    is_outside = scheme.probation is not None and scheme.probation.outside_cycle
    return is_outside and requirement.scope == "year" and not requirement.outside_cycle


def _frees_all(exemption: Exemption, requirement: Requirement) -> bool:
    """Whether a period that is excused is excused wholly; of a cycle only years are waived."""
    by_years = exemption.effect == "waive_year" and requirement.scope == "cycle"
    return exemption.effect in ("waive", "waive_year") and not by_years


def _excused(
    exemption: Exemption, whose: Whose, requirement: Requirement, span: Span
) -> list[Span]:
    """Return the days of which `exemption` takes something off, some of them outside `span`."""
    own = [each.span for each in whose.person.exemptions if each.reason == exemption.reason]
    if exemption.before_joining and whose.person.joined_on:
        own.append(Span(ALWAYS.start, whose.person.joined_on))
    leaves = joined(own)
    retired = _retired(exemption, whose, span)
    if exemption.effect != "waive_year":
        return [*long_enough(leaves, exemption.least_days, span), *retired]

    def row(near: Span) -> list[Span]:
        return list(_periods(whose.calendar, requirement.scope, span, near))

    free = freed(leaves, exemption.least_of_a_year, span, row)
    return [*free, *(each for each in row(span) if retired and days_within(each, retired))]


def _periods(calendar: Calendar, scope: str, span: Span, near: Span) -> Iterator[Span]:
    """Yield the semesters or years that `near` touches; of a cycle, years: one's own has its own.

    What has neither, such as a probation, is one period.
    """
    if scope == "cycle" and calendar.is_own_cycle:
        first = (near.start.year - span.start.year - 1) * _YEAR
        period = Span(months_later(span.start, first), months_later(span.start, first + _YEAR))
        while period.start < near.end:
            if period.end > near.start:
                yield period
            period = Span(period.end, months_later(period.end, _YEAR))
    elif scope in ("semester", "year", "cycle"):
        name = "semester" if scope == "semester" else "year"
        period = calendar.span(name, near.start)
        while period.start < near.end:
            yield period
            period = calendar.following(name, period.start)
    else:
        yield span


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
    first = next(iter(reasons.values()), None)
    left = Fraction(all_months - months, all_months)
    rest = _part(amount, requirement.unit, left, first.rounding if first else None)
    is_exact = Fraction(rest) == Fraction(amount) * left
    text = (
        f"{title}：减去 {months} 个月，{plain(amount)} × {all_months - months}/{all_months} "
        f"{'=' if is_exact else '≈'} {plain(rest)}"
    )
    source = first.source if first else (scheme.probation.source if scheme.probation else "")
    step = Step(text, rest, source, first.reason if first else "probation")
    return Asked(rest, "" if rest else title, (step,))


def _concerns(scheme: Scheme, exemption: Exemption, requirement: Requirement) -> bool:
    """What is said of a whole is said of its parts, too."""
    if requirement.scope not in exemption.scopes:
        return False
    names = exemption.requirements
    return not names or any(name in names for name in scheme.lineage(requirement))


def _retired(exemption: Exemption, whose: Whose, span: Span) -> list[Span]:
    """Return the days after retirement, where `exemption` holds for them without being asked."""
    retires_on = whose.person.retires_on
    if not exemption.at_retirement or not retires_on:
        return []
    first = max(retires_on, span.start)
    within = exemption.retiring_in_cycle and span != ALWAYS
    if within and retires_on < whose.calendar.span("cycle", span.last).end:
        first = span.start
    return [Span(first, ALWAYS.end)]


def _part(
    amount: Decimal, unit: str, part: Fraction, rounding: tuple[Decimal, str] | None
) -> Decimal:
    """Return the part of what is asked, rounded as said; what is counted is never cut to nothing.

    Where nothing is said, hours and credits are cut to four places, and what is counted goes up
    to the next whole: eleven months of twelve do not turn one course into none.
    """
    counted = unit not in ("hour", "credit")
    if rounding is None and counted:
        rounding = (Decimal(1), "ceiling")
    exactly = Fraction(amount) * part
    return fixed(rounded(exactly, *rounding) if rounding else exactly)

"""减免: what approved reasons, probation and retirement change of what is asked."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from yanxiu.kernel.amounts import PLACES, plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.rules.amounts import NOTHING
from yanxiu.ledger.rules.awards import Step
from yanxiu.ledger.rules.calendars import (
    ALWAYS,
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


def asked(
    scheme: Scheme, person: Person, requirement: Requirement, span: Span, amount: Decimal
) -> Asked:
    """Return what is asked of this teacher in `span`, where the scheme says `amount`."""
    if not amount or (not person.exemptions and person.retires_on is None and not scheme.probation):
        return Asked(amount)
    away: list[Span] = []
    reasons: dict[str, Exemption] = {}
    for exemption in scheme.exemptions:
        if not _concerns(exemption, requirement):
            continue
        spans = _spans(exemption, person, span)
        if not spans or days_within(span, spans) < exemption.least_days:
            continue
        if exemption.effect in ("waive", "waive_year"):
            text = f"{exemption.title}：本期不作要求（原要求 {plain(amount)}）"
            step = Step(text, NOTHING, exemption.source, exemption.reason)
            return Asked(NOTHING, exemption.title, (step,))
        if exemption.effect == "pro_rate":
            away += spans
            reasons[exemption.reason] = exemption
    probation = probation_of(scheme, person)
    is_outside = scheme.probation is not None and scheme.probation.outside_cycle
    if probation and is_outside and requirement.scope == "year" and not requirement.outside_cycle:
        away.append(probation)
    months = len(months_within(span, away)) if away else 0
    if not months:
        return Asked(amount)
    all_months = len(months_of(span))
    title = "、".join(each.title for each in reasons.values()) or "试用期"
    rest = _part(amount, requirement.unit, all_months - months, all_months)
    text = (
        f"{title}：减去 {months} 个月，"
        f"{plain(amount)} × {all_months - months}/{all_months} = {plain(rest)}"
    )
    first = next(iter(reasons.values()), None)
    source = first.source if first else (scheme.probation.source if scheme.probation else "")
    step = Step(text, rest, source, first.reason if first else "probation")
    return Asked(rest, "" if rest else title, (step,))


def _concerns(exemption: Exemption, requirement: Requirement) -> bool:
    if requirement.scope not in exemption.scopes:
        return False
    return not exemption.requirements or requirement.id in exemption.requirements


def _spans(exemption: Exemption, person: Person, span: Span) -> list[Span]:
    spans = [each.span for each in person.exemptions if each.reason == exemption.reason]
    if exemption.at_retirement and person.retires_on:
        spans.append(Span(max(person.retires_on, span.start), ALWAYS.end))
    return spans


def _part(amount: Decimal, unit: str, months: int, of: int) -> Decimal:
    """Return the part of some months; what is counted is cut to wholes."""
    places = PLACES if unit in ("hour", "credit") else Decimal(1)
    return (amount * months / of).quantize(places, rounding=ROUND_DOWN).quantize(PLACES)

"""Who asks how much of the teachers of an organisation in a term, in minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from yanxiu.people.models import Organisation
from yanxiu.planning.burden import (
    MINUTES_AN_HOUR,
    Burden,
    Length,
    burden_of_quota,
    estimate,
    known_by_kind,
    lengths_of,
    people_asked,
)
from yanxiu.planning.demands import units_below
from yanxiu.planning.models import Plan, PlanDemand, Quota
from yanxiu.terms.models import Term


@dataclass(frozen=True)
class Asked:
    """What one body asks for in a term."""

    by: str
    burdens: list[Burden]

    @property
    def each_minutes(self) -> Decimal:
        """Minutes for one of those concerned, if all were meant."""
        return sum((each.each_minutes for each in self.burdens), Decimal(0))

    @property
    def total_minutes(self) -> Decimal:
        """Minutes for all together."""
        return sum((each.total_minutes for each in self.burdens), Decimal(0))

    @property
    def total_hours(self) -> Decimal:
        """The same in hours."""
        return (self.total_minutes / MINUTES_AN_HOUR).quantize(Decimal(1))

    @property
    def writing_hours(self) -> Decimal:
        """Hours of writing for all together."""
        minutes = sum((each.writing_minutes for each in self.burdens), Decimal(0))
        return (minutes / MINUTES_AN_HOUR).quantize(Decimal(1))


def asked_in(organisation: Organisation, term: Term, on: date) -> list[Asked]:
    """Return what the plans in force and the demands of a term ask of an organisation, by asker.

    The organisation itself, its units and the bodies above it ask; the heaviest comes first.
    """
    above = organisation.lineage
    plans = (
        Plan.objects.filter(
            organisation__in=above,
            teacher=None,
            state=Plan.State.CONFIRMED,
            term__school_year=term.school_year,
            term__half=term.half,
        )
        .filter(Q(organisation=organisation) | Q(unit=None))
        .exclude(kind=Plan.Kind.GUIDELINE)
        .select_related("organisation", "unit", "term")
    )
    found: dict[str, list[Burden]] = {}
    lengths = lengths_of(organisation, on)
    known = known_by_kind(organisation, term.span)
    quotas = Quota.objects.filter(plan__in=plans).select_related(
        "plan__organisation", "plan__unit", "plan__term"
    )
    for quota in quotas:
        plan = quota.plan
        by = str(plan.unit or plan.organisation)
        plan.organisation = organisation  # what it costs here, whoever asks
        burden = burden_of_quota(quota, plan, on, lengths=lengths, known=known)
        found.setdefault(by, []).append(burden)
    _add_demands(found, organisation, above, term, lengths, on)
    asked = [Asked(by, burdens) for by, burdens in found.items()]
    return sorted(asked, key=lambda each: each.total_minutes, reverse=True)


def _add_demands(  # noqa: PLR0917 - one place, the parts of one sum
    found: dict[str, list[Burden]],
    organisation: Organisation,
    above: Iterable[int],
    term: Term,
    lengths: Mapping[str, Length],
    on: date,
) -> None:
    rows = PlanDemand.objects.filter(
        organisation__in=above,
        term__school_year=term.school_year,
        term__half=term.half,
        ended_at=None,
    ).select_related("organisation", "term")
    for demand in rows:
        people = _writers_here(demand, organisation, on)
        burden = estimate(
            organisation, "plan", people=people, times=Decimal(1), span=term.span, on=on,
            name=demand.title, lengths=lengths, known=0,
        )  # fmt: skip
        found.setdefault(demand.organisation.name, []).append(burden)


def _writers_here(demand: PlanDemand, organisation: Organisation, on: date) -> int:
    if demand.whom == PlanDemand.Whom.SCHOOLS:
        return 1
    if demand.whom == PlanDemand.Whom.UNITS:
        return units_below(organisation).count()
    return people_asked(organisation, on, tier=demand.tier_id)

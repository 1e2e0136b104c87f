"""负担: what a quota, a form or a task costs all who must do it, before it is published.

    estimate(organisation, "observation", people=86, times=Decimal(15), span=term.span, on=today())

`{% include "planning/_burden.html" with burden=burden %}` shows what comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Exists, OuterRef

from yanxiu.agenda.models import Occasion
from yanxiu.kernel.shipped import shipped
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.people.models import Membership, Organisation, Post, Teacher, Unit
from yanxiu.people.models.tier import TierHolding
from yanxiu.planning.demands import units_below
from yanxiu.planning.models import ActMinutes, Plan, PlanDemand, Quota

HERE = Path(__file__).resolve().parent
DAYS_A_WEEK = 7
OTHER = "other"
MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class Act:
    """One kind of thing people are asked for, with the dated minutes it usually takes."""

    code: str
    name: str
    words: tuple[str, ...]
    minutes: Mapping[date, Mapping[str, int]]
    records: tuple[str, ...]
    source: str
    assumption: str


@dataclass(frozen=True)
class Length:
    """How long one act takes on a day, in minutes, and whence that is known."""

    doing: int
    writing: int
    source: str
    is_own: bool


@dataclass(frozen=True)
class Burden:
    """What is asked of how many people in a period, in minutes, and what is known already.

    `times` is how often each does it; `known` how many of the people × times stand in the system
    as records, written by themselves. What groups do together has their number in `groups`: it
    is done groups × times, takes the time of all their `people`, and is written once.
    """

    name: str
    act: Act
    people: int
    times: Decimal
    length: Length
    known: int
    groups: int | None = None

    @property
    def acts(self) -> Decimal:
        """How often it is done by all together."""
        return self.times * (self.people if self.groups is None else self.groups)

    @property
    def each_minutes(self) -> Decimal:
        """Minutes for one person in the period; of a group, for one who writes nothing."""
        together = self.groups is not None
        return self.times * (self.length.doing + (0 if together else self.length.writing))

    @property
    def total_minutes(self) -> Decimal:
        """Minutes for all together."""
        if self.groups is None:
            return self.each_minutes * self.people
        return self.each_minutes * self.people + self.acts * self.length.writing

    @property
    def total_hours(self) -> Decimal:
        """The same in hours, to the nearest."""
        return (self.total_minutes / MINUTES_AN_HOUR).quantize(Decimal(1))

    @property
    def writing_minutes(self) -> Decimal:
        """Minutes of writing for all together, without what the system writes itself."""
        return max(self.acts - self.known, Decimal(0)) * self.length.writing

    @property
    def is_automatic(self) -> bool:
        """Whether the system keeps records of such acts by itself."""
        return bool(self.act.records)


# ---- acts ----
@cache
def acts() -> Mapping[str, Act]:
    """Return the acts by code, as shipped."""
    rows = shipped(HERE / "acts.yaml")
    return {
        row["code"]: Act(
            row["code"],
            row["name"],
            tuple(row["words"]),
            row["minutes"],
            tuple(row["records"]),
            row["source"],
            row["assumption"],
        )
        for row in rows
    }


def act_named(name: str) -> Act:
    """Return the act that a quota or a task called `name` asks for: by the word furthest right.

    读书心得 is a note, not a book: in Chinese the last noun says what the thing is.
    """
    found = [
        (name.rfind(word) + len(word), len(word), act)
        for act in acts().values()
        for word in act.words
        if word in name
    ]
    return max(found, key=lambda each: each[:2])[2] if found else acts()[OTHER]


def lengths_of(organisation: Organisation, on: date) -> dict[str, Length]:
    """Return how long each act takes on a day: the nearest body's own figure, else the usual one.

    One statement.
    """
    found = {}
    for act in acts().values():
        days = [day for day in act.minutes if day <= on] or [min(act.minutes)]
        usual = act.minutes[max(days)]
        found[act.code] = Length(usual["doing"], usual["writing"], act.source, is_own=False)
    above = organisation.lineage
    rows = ActMinutes.objects.filter(organisation__in=above, starts_on__lte=on)
    for row in rows.order_by("organisation__path", "starts_on"):
        found[row.act] = Length(row.doing, row.writing, row.source, is_own=True)
    return found


# ---- people and times ----
def people_asked(
    organisation: Organisation, on: date, *, tier: Any = None, role: Any = None, unit: Any = None
) -> int:
    """Return how many teachers of an organisation and all below it are meant; one statement."""
    posts = Post.objects.on(on).filter(organisation__path__startswith=organisation.path)
    if role is not None:
        posts = posts.filter(role=role)
    rows = Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)
    if tier is not None:
        rows = rows.filter(pk__in=TierHolding.objects.on(on).filter(tier=tier).values("teacher"))
    if unit is not None:
        rows = rows.filter(pk__in=Membership.objects.on(on).filter(unit=unit).values("teacher"))
    return rows.count()


def times_in(period: str, span: Span) -> int:
    """Return how often something asked for every `period` comes in `span`, counted generously."""
    days = (span.end - span.start).days
    weeks = max(1, -(-days // DAYS_A_WEEK))
    if period == Quota.Period.WEEK:
        return weeks
    if period == Quota.Period.TWO_WEEKS:
        return -(-weeks // 2)
    if period == Quota.Period.MONTH:
        last = span.last
        return (last.year - span.start.year) * 12 + last.month - span.start.month + 1
    return 1


# ---- estimates ----
def estimate(
    organisation: Organisation,
    act: str,
    *,
    people: int,
    times: Decimal,
    span: Span,
    on: date,
    name: str = "",
    lengths: Mapping[str, Length] | None = None,
    known: int | None = None,
) -> Burden:
    """Return what `people` doing an act `times` each in `span` costs.

    Args:
        organisation: who asks; its people are meant.
        act: the code of the act; see `acts`.
        people: how many.
        times: how often each, in `span`.
        span: the days, usually of the term.
        on: the day whose minutes hold.
        name: what it is called there; the act's name if empty.
        lengths: as `lengths_of`, asked for if None.
        known: how many records stand already, counted if None.
    """
    found = acts().get(act, acts()[OTHER])
    lengths = lengths if lengths is not None else lengths_of(organisation, on)
    if known is None:
        known = known_by_kind(organisation, span).get(found.code, 0)
    most = int(times * people)
    return Burden(name or found.name, found, people, times, lengths[found.code], min(known, most))


def known_by_kind(organisation: Organisation, span: Span) -> dict[str, int]:
    """Return how many records stand for each act in `span`; one statement."""
    rows = (
        Record.objects.filter(
            organisation__path__startswith=organisation.path,
            happened_on__gte=span.start,
            happened_on__lt=span.end,
            withdrawn_at=None,
        )
        .order_by()
        .values("kind")
        .annotate(number=Count("pk"))
    )
    kinds = {row["kind"]: row["number"] for row in rows}
    return {act.code: sum(kinds.get(kind, 0) for kind in act.records) for act in acts().values()}


def burden_of_quota(
    quota: Quota,
    plan: Plan,
    on: date,
    *,
    lengths: Mapping[str, Length] | None = None,
    known: Mapping[str, int] | None = None,
) -> Burden:
    """Return what a quota of `plan` costs in the plan's term; it need not be saved."""
    act = acts().get(quota.act) or act_named(quota.name)
    organisation, span = plan.organisation, plan.term.span
    people = 1
    times = quota.amount * times_in(quota.period, span)
    if quota.per == Quota.Per.UNIT:
        return _burden_of_groups(quota, plan, on, act, times, lengths)
    if quota.per == Quota.Per.TEACHER:
        unit = quota.unit_id or plan.unit_id
        people = people_asked(organisation, on, tier=quota.tier_id, role=quota.role_id, unit=unit)
    return estimate(
        organisation,
        act.code,
        people=people,
        times=times,
        span=span,
        on=on,
        name=quota.name,
        lengths=lengths,
        known=known.get(act.code, 0) if known is not None else None,
    )


def _burden_of_groups(  # noqa: PLR0917 - one place, the parts of one sum
    quota: Quota,
    plan: Plan,
    on: date,
    act: Act,
    times: Decimal,
    lengths: Mapping[str, Length] | None,
) -> Burden:
    """Return what every 教研组 doing something together costs all its members."""
    organisation = plan.organisation
    units = Unit.objects.filter(organisation__path__startswith=organisation.path, ends_on=None)
    one = quota.unit_id or plan.unit_id
    meant = units.filter(pk=one) if one else units_below(organisation)
    groups = list(meant.values_list("pk", flat=True))
    people = (
        Membership.objects.on(on)
        .filter(unit__in=groups, teacher__is_active=True)
        .aggregate(number=Count("teacher", distinct=True))["number"]
    )
    lengths = lengths if lengths is not None else lengths_of(organisation, on)
    known = _held_by(groups, act, plan.term.span, int(times)) if act.records and groups else 0
    name = quota.name or act.name
    return Burden(name, act, people, times, lengths[act.code], known, groups=len(groups))


def _held_by(groups: list[int], act: Act, span: Span, most: int) -> int:
    """Return how many of a group's own occasions have records, at most `most` of each group.

    Many take part in one occasion: records are of persons, and so cannot be counted here.
    """
    start, end = span.moments()
    recorded = Record.objects.filter(
        kind__in=act.records, withdrawn_at=None, source_id=OuterRef("source_id")
    )
    rows = (
        Occasion.objects.filter(Exists(recorded), unit__in=groups)
        .filter(starts_at__gte=start, starts_at__lt=end)
        .order_by()
        .values("unit")
        .annotate(number=Count("pk"))
    )
    return sum(min(row["number"], most) for row in rows)


def burdens_of_quotas(plan: Plan, on: date) -> list[tuple[Quota, Burden]]:
    """Return each quota of `plan` with what it costs; some statements each."""
    lengths = lengths_of(plan.organisation, on)
    known = known_by_kind(plan.organisation, plan.term.span)
    rows = plan.quotas.select_related("tier", "role", "unit")
    return [(each, burden_of_quota(each, plan, on, lengths=lengths, known=known)) for each in rows]


def burden_of_demand(demand: PlanDemand, writers: int, on: date) -> Burden:
    """Return what handing in a plan costs those who write it."""
    return estimate(
        demand.organisation,
        "plan",
        people=writers,
        times=Decimal(1),
        span=demand.term.span,
        on=on,
        name=demand.title,
        known=0,
    )

"""Reading plans: what was planned, and what became of it."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)

from yanxiu.kernel.spans import Span
from yanxiu.planning.models import ItemEvent, Plan, PlanItem, Proposal, month_after
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of

State = PlanItem.State
FIRST_MONTH_OF_SCHOOL_YEAR = 8
SECOND_HALF = 7
MUCH_ALIKE = 50
"""From this share on, in percent, a document is likely another version of the same."""


@dataclass(frozen=True)
class ItemState:
    """One item with the state that follows from what happened, and the events behind it."""

    item: PlanItem
    state: str
    events: list[ItemEvent]

    @property
    def label(self) -> str:
        """The state in words."""
        return str(State(self.state).label)


# ---- periods ----
def last_day_of(month: date) -> date:
    """Return the last day of the calendar month of `month`."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def span_of_period(period: str, term: Term) -> Span:
    """Return the days of a plan of `period` that is written for, or begins with, `term`."""
    year = date(term.school_year, FIRST_MONTH_OF_SCHOOL_YEAR, 1)
    begins = term.starts_on
    years = {"school_year": 1, "three_years": 3, "five_years": 5}
    if period in years:
        return Span(year, year.replace(year=year.year + years[period]))
    if period == Plan.Period.YEAR:
        return Span(date(begins.year, 1, 1), date(begins.year + 1, 1, 1))
    if period == Plan.Period.HALF_YEAR:
        if begins.month >= SECOND_HALF:
            return Span(date(begins.year, SECOND_HALF, 1), date(begins.year + 1, 1, 1))
        return Span(date(begins.year, 1, 1), date(begins.year, SECOND_HALF, 1))
    return term.span


THREE_YEARS = 3


def period_of(proposal: Proposal) -> str:
    """Return the period of the plan that a document is, as far as it says so."""
    kind = str(proposal.period.get("kind") or "")
    if kind == "multi_year":
        years = sum(each.kind == "theme" for each in proposal.findings.all())
        return "three_years" if 0 < years <= THREE_YEARS else "five_years"
    return kind if kind in {"school_year", "year", "half_year"} else "term"


def touches(span: Span, prefix: str = "") -> Q:
    """Return the condition that the period of a plan, reached by `prefix`, touches `span`."""
    own = Q(
        **{
            f"{prefix}starts_on__isnull": False,
            f"{prefix}starts_on__lt": span.end,
            f"{prefix}ends_on__gt": span.start,
        }
    )
    by_term = Q(
        **{
            f"{prefix}starts_on__isnull": True,
            f"{prefix}term__starts_on__lt": span.end,
            f"{prefix}term__ends_on__gt": span.start,
        }
    )
    return own | by_term


# ---- states ----
def state_of(item: PlanItem, events: list[ItemEvent], today: date) -> str:
    """Return the state of `item` on `today`.

    Dropped and done by hand go before all; then anything held makes it done; a set session makes
    it scheduled; only missed ones make it missed; without any event its days decide.
    """
    states = {event.state for event in events}
    if item.dropped_because:
        return State.DROPPED
    if item.done_on or ItemEvent.State.HELD in states:
        return State.DONE
    if ItemEvent.State.SCHEDULED in states:
        return State.SCHEDULED
    if ItemEvent.State.MISSED in states:
        return State.MISSED
    if today >= month_after(item.month) if item.last_on is None else today > item.last_on:
        return State.OVERDUE
    return State.DUE if today >= item.month else State.PLANNED


def _told(state: str) -> Q:
    return Q(Exists(ItemEvent.objects.filter(item=OuterRef("pk"), state=state)))


def in_state(state: str, today: date) -> Q:
    """Return the condition that `state_of` an item is `state` on `today`."""
    living = Q(dropped_because="")
    open_ = living & Q(done_on=None) & ~_told(ItemEvent.State.HELD)
    unset = open_ & ~_told(ItemEvent.State.SCHEDULED)
    bare = unset & ~_told(ItemEvent.State.MISSED)
    this_month = today.replace(day=1)
    late = Q(last_on=None, month__lt=this_month) | Q(last_on__lt=today)
    conditions = {
        State.DROPPED: ~living,
        State.DONE: living & (~Q(done_on=None) | _told(ItemEvent.State.HELD)),
        State.SCHEDULED: open_ & _told(ItemEvent.State.SCHEDULED),
        State.MISSED: unset & _told(ItemEvent.State.MISSED),
        State.OVERDUE: bare & late,
        State.DUE: bare
        & (Q(last_on=None, month=this_month) | Q(last_on__gte=today, month__lte=today)),
        State.PLANNED: bare
        & (Q(last_on=None, month__gt=this_month) | Q(last_on__gte=today, month__gt=today)),
    }
    return conditions[State(state)]


@dataclass(frozen=True)
class Progress:
    """How many items of a plan are done, of those that were not dropped."""

    done: int = 0
    total: int = 0


def progress_of(plans: Iterable[Plan]) -> dict[int, Progress]:
    """Return the progress of each of `plans` by primary key; one statement."""
    return _progress(Q(plan__in=[plan.pk for plan in plans]), "plan")


def progress_of_goals(plan: Plan) -> dict[int, Progress]:
    """Return the progress of the items that serve each goal of `plan`, lower plans included."""
    serving = Q(goal__plan=plan, plan__state=Plan.State.CONFIRMED) | Q(goal__plan=plan, plan=plan)
    return _progress(serving, "goal")


def _progress(wanted: Q, by: str) -> dict[int, Progress]:
    rows = (
        PlanItem.objects.filter(wanted, dropped_because="")
        .annotate(held=_told(ItemEvent.State.HELD))
        .order_by()
        .values(by)
        .annotate(
            done=Count("pk", filter=~Q(done_on=None) | Q(held=True)),
            total=Count("pk"),
        )
    )
    return {row[by]: Progress(row["done"], row["total"]) for row in rows}


def item_states(plan: Plan, today: date) -> list[ItemState]:
    """Return the items of `plan` in order with their states; three statements."""
    return states_of(plan.planitems.order_by("month", "on", "order", "id"), today)


def with_events(items: "QuerySet[PlanItem]") -> "QuerySet[PlanItem]":
    """Return `items` with what their states follow from; two statements."""
    events = Prefetch("events", ItemEvent.objects.order_by("happens_on"), to_attr="known_events")
    return items.prefetch_related(events)


def known_state(item: PlanItem, today: date) -> ItemState:
    """Return the state of an item that was read `with_events`."""
    events: list[ItemEvent] = item.known_events  # type: ignore[attr-defined]
    return ItemState(item, state_of(item, events, today), events)


def states_of(items: "QuerySet[PlanItem]", today: date) -> list[ItemState]:
    """Return `items` with their states; three statements."""
    joined = items.select_related("owner", "tier", "role", "goal").prefetch_related("steps")
    return [known_state(item, today) for item in with_events(joined)]


def during(span: Span) -> Q:
    """Return the condition that an item may be done on a day of `span`, counted by months."""
    begun = Q(month__lt=span.end)
    alone = Q(last_on=None, month__gte=span.start.replace(day=1))
    return begun & (alone | Q(last_on__gte=span.start.replace(day=1)))


def confirmed_plan(organisation: int, term: int) -> Plan | None:
    """Return the school's own plan in force in a term: the term's own, else that of its year.

    The newest, if there are several; one statement.
    """
    begins = Term.objects.filter(pk=term).values("starts_on")
    longer = [Plan.Period.HALF_YEAR, Plan.Period.SCHOOL_YEAR, Plan.Period.YEAR]
    covers = Q(starts_on__lte=Subquery(begins), ends_on__gt=Subquery(begins), period__in=longer)
    return (
        Plan.objects.filter(
            Q(term=term, period=Plan.Period.TERM) | covers,
            organisation=organisation,
            unit=None,
            teacher=None,
            kind=Plan.Kind.WORK,
            state=Plan.State.CONFIRMED,
        )
        .annotate(rank=Case(When(period=Plan.Period.TERM, then=0), default=1))
        .order_by("rank", "-confirmed_at")
        .first()
    )


def standing_plan(plan: Plan) -> Plan | None:
    """Return another confirmed plan that stands for the same, if there is one.

    Of the schemes under a plan, guidelines and plans with own dates there may be any number.
    """
    several = {Plan.Kind.SCHEME, Plan.Kind.GUIDELINE}
    if plan.kind in several or plan.period == Plan.Period.OTHER:
        return None
    return (
        Plan.objects.filter(
            organisation=plan.organisation_id,
            unit=plan.unit_id,
            teacher=plan.teacher_id,
            term=plan.term_id,
            kind=plan.kind,
            period=plan.period,
            project=plan.project,
            state=Plan.State.CONFIRMED,
        )
        .exclude(pk=plan.pk)
        .first()
    )


def plans_beside(proposal: Proposal, terms: list[Term]) -> list[Plan]:
    """Return the plans of the same school or unit that begin in `terms`.

    First what was made of a document much like this one, then what is in force; newest first.
    """
    rows = Plan.objects.filter(
        organisation=proposal.organisation_id, unit=proposal.unit_id, teacher=None, term__in=terms
    )
    alike = [each["uid"] for each in proposal.alike if each["share"] >= MUCH_ALIKE]
    rank = Case(
        When(proposal__uid__in=alike, then=0), When(state=Plan.State.CONFIRMED, then=1), default=2
    )
    return list(
        rows.exclude(kind=Plan.Kind.SCHEME).order_by(
            rank, "-term__starts_on", "-confirmed_at", "-made_at"
        )
    )


def in_the_way(proposal: Proposal, beside: Iterable[Plan]) -> dict[int, Plan]:
    """Return of `beside` by term what keeps `proposal` from becoming another plan."""
    period = period_of(proposal)
    if period == Plan.Period.OTHER:
        return {}
    wanted = (Plan.State.CONFIRMED, Plan.Kind.WORK, period, "")
    return {
        plan.term_id: plan
        for plan in beside
        if (plan.state, plan.kind, plan.period, plan.project) == wanted
    }


def terms_covered(plan: Plan) -> list[Term]:
    """Return the terms that `plan` reaches into, in their order; its own one at least."""
    span = plan.span
    found = [
        term
        for term in terms_of(plan.organisation)
        if term.starts_on < span.end and span.start < term.ends_on
    ]
    others = [term for term in found if term.pk != plan.term_id]
    return sorted([plan.term, *others], key=lambda term: term.starts_on)

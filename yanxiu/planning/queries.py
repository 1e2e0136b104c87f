"""Reading plans: what was planned, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from yanxiu.planning.models import ItemEvent, Plan, PlanItem

State = PlanItem.State


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


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def state_of(item: PlanItem, events: list[ItemEvent], today: date) -> str:
    """Return the state of `item` on `today`.

    Dropped and done by hand go before all; then anything held makes it done; a set session makes
    it scheduled; only missed ones make it missed; without any event the month decides.
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
    if today >= _after(item.month):
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
    conditions = {
        State.DROPPED: ~living,
        State.DONE: living & (~Q(done_on=None) | _told(ItemEvent.State.HELD)),
        State.SCHEDULED: open_ & _told(ItemEvent.State.SCHEDULED),
        State.MISSED: unset & _told(ItemEvent.State.MISSED),
        State.OVERDUE: bare & Q(month__lt=this_month),
        State.DUE: bare & Q(month=this_month),
        State.PLANNED: bare & Q(month__gt=this_month),
    }
    return conditions[State(state)]


@dataclass(frozen=True)
class Progress:
    """How many items of a plan are done, of those that were not dropped."""

    done: int = 0
    total: int = 0


def progress_of(plans: Iterable[Plan]) -> dict[int, Progress]:
    """Return the progress of each of `plans` by primary key; one statement."""
    rows = (
        PlanItem.objects.filter(plan__in=[plan.pk for plan in plans], dropped_because="")
        .annotate(held=_told(ItemEvent.State.HELD))
        .order_by()
        .values("plan")
        .annotate(
            done=Count("pk", filter=~Q(done_on=None) | Q(held=True)),
            total=Count("pk"),
        )
    )
    return {row["plan"]: Progress(row["done"], row["total"]) for row in rows}


def item_states(plan: Plan, today: date) -> list[ItemState]:
    """Return the items of `plan` in order with their states; two statements."""
    events = Prefetch("events", ItemEvent.objects.order_by("happens_on"), to_attr="known_events")
    items = plan.planitems.select_related("owner").prefetch_related(events)
    return [
        ItemState(item, state_of(item, item.known_events, today), item.known_events)
        for item in items.order_by("month", "order", "id")
    ]


def confirmed_plan(organisation: int, term: int) -> Plan | None:
    """Return the school's own confirmed plan of a term, the newest if there are several."""
    return (
        Plan.objects.filter(
            organisation=organisation, term=term, unit=None, state=Plan.State.CONFIRMED
        )
        .order_by("-confirmed_at")
        .first()
    )

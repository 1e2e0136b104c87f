"""What the first page tells each reader, asked of the waist of the house alone."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain

from django.db.models import Count, Q
from django.urls import reverse

from yanxiu.agenda.models import Occasion, Task
from yanxiu.agenda.queries import occasions_of, open_tasks, overdue_days
from yanxiu.figures.table import Figure, Scope, figure
from yanxiu.figures.together import values_together
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.queries import TeacherStanding, schemes_on, standings
from yanxiu.ledger.rules.standing import RequirementStanding
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below
from yanxiu.people.queries import first_steps
from yanxiu.places.table import Link, links
from yanxiu.planning.models import PlanItem
from yanxiu.planning.queries import ItemState, confirmed_plan, item_states
from yanxiu.terms.models import Term

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=10)
"""So long a session that was held is offered for a correction."""
SHOWN = 6
SHOWN_HELD = 3


@dataclass(frozen=True)
class Due:
    """An occasion or a task with the page it leads to; `url` is "" where there is none.

    `of_day` is the day of the occasion that a task is about: a weekly series has many of one title.
    `late_days` says for how many days a task is overdue. `door` leads a participant of an occasion
    straight to signing in while that is open, and is "" before and after; `has_door` says whether
    one signs in to such a thing at all: to a lesson one does not.
    """

    thing: Occasion | Task
    url: str
    of_day: date | None = None
    late_days: int = 0
    door: str = ""
    has_door: bool = True

    @property
    def is_over(self) -> bool:
        """Whether an occasion's time has passed."""
        return isinstance(self.thing, Occasion) and self.thing.state == Occasion.State.HELD


def _with_links(things: list[Occasion] | list[Task], reader: Teacher) -> list[Due]:
    sources = {thing.pk: Source(thing.source_kind, thing.source_id) for thing in things}
    found: dict[Source, Link] = links(sources.values(), reader)
    empty = Link("", "", "")
    opened = {thing.pk: found.get(sources[thing.pk], empty) for thing in things}
    return [
        Due(thing, link.url, door=link.door, has_door=link.has_door)
        for thing in things
        for link in [opened[thing.pk]]
    ]


@dataclass(frozen=True)
class Mine:
    """What concerns the reader in person."""

    today: list[Due]
    coming: list[Due]
    tasks: list[Due]
    more_tasks: int
    unclosed: list[Due]
    held: list[Due]


def mine(teacher: Teacher, now: datetime) -> Mine:
    """Return what is on today and soon, and what is owed; the first few of each."""
    day = day_of(now)
    rows = list(occasions_of(teacher, Span(day, day + AHEAD))[: SHOWN * 2])
    tasks = list(open_tasks(teacher)[: SHOWN + 1])
    dues = _with_links(rows, teacher)
    past = _past(teacher, now)
    return Mine(
        today=[due for due in dues if _day(due) == day],
        coming=[due for due in dues if _day(due) != day][:SHOWN],
        tasks=_with_days(_with_links(tasks[:SHOWN], teacher), day),
        more_tasks=open_tasks(teacher).count() - SHOWN if len(tasks) > SHOWN else 0,
        unclosed=[due for due in past if not due.is_over][:SHOWN],
        held=[due for due in past if due.is_over][:SHOWN_HELD],
    )


def _with_days(dues: list[Due], today: date) -> list[Due]:
    """Add to each task the day of the occasion it is about and how late it is; one statement."""
    if not dues:
        return dues
    rows = Occasion.objects.filter(source_id__in=[due.thing.source_id for due in dues])
    days = {
        Source(kind, uid): day_of(start)
        for kind, uid, start in rows.values_list("source_kind", "source_id", "starts_at")
    }
    return [
        replace(
            due,
            of_day=days.get(Source(due.thing.source_kind, due.thing.source_id)),
            late_days=overdue_days(due.thing, today) if isinstance(due.thing, Task) else 0,
        )
        for due in dues
    ]


def _past(teacher: Teacher, now: datetime) -> list[Due]:
    """Return what is over of the reader's own units, and of the whole school: not closed, or just.

    The whole school's are the reader's to close only with the right to manage sessions.
    """
    if not teacher.leads and not teacher.holds("manage_sessions"):
        return []
    rows = Occasion.objects.announced().filter(
        Q(unit__in=teacher.leads) | Q(unit=None, organisation__in=teacher.reach("manage_sessions")),
        Q(state=Occasion.State.PLANNED) | Q(state=Occasion.State.HELD, ends_at__gte=now - BEHIND),
        ends_at__lt=now,
    )
    newest = rows.select_related("unit").order_by("-state", "-starts_at")[: SHOWN * 2]
    return _with_links(list(newest), teacher)


def _day(due: Due) -> date:
    return day_of(due.thing.starts_at) if isinstance(due.thing, Occasion) else date.max


@dataclass(frozen=True)
class Hours:
    """The first requirement of one scheme that a ring can show."""

    title: str
    requirement: RequirementStanding

    @property
    def reached(self) -> Decimal:
        """What is recognised, for the ring."""
        return self.requirement.recognised


def hours_of(
    teacher: Teacher, organisation: Organisation, term: Term | None, day: date
) -> list[Hours]:
    """Return for each scheme in force where the teacher stands in the year around `day`."""
    semester = term.span if term else None
    found = []
    for each in standings(teacher, organisation, day, semester=semester):
        requirement = _yearly(each)
        if requirement:
            found.append(Hours(each.scheme.title, requirement))
    return found


def _yearly(each: TeacherStanding) -> RequirementStanding | None:
    asked = each.standing.requirements
    yearly = [one for one in asked if one.scope == "year" and one.unit in {"hour", "credit"}]
    return next(iter(yearly or asked), None)


@dataclass(frozen=True)
class Office:
    """What the research office looks at first."""

    items: list[ItemState]
    counts: dict[str, int]
    has_plan: bool
    plan_url: str
    unclosed_count: int
    without_minutes: int

    @property
    def done(self) -> int:
        """How many items of the plan are done."""
        return self.counts.get(PlanItem.State.DONE, 0)

    @property
    def behind(self) -> list[ItemState]:
        """The items that are due, overdue or missed."""
        late = {PlanItem.State.OVERDUE, PlanItem.State.MISSED, PlanItem.State.DUE}
        return [item for item in self.items if item.state in late]


def office(
    teacher: Teacher, organisation: Organisation, term: Term | None, now: datetime
) -> Office:
    """Return plan against what happened, and what waits for somebody to finish it."""
    plan = confirmed_plan(organisation.pk, term.pk) if term else None
    items = item_states(plan, day_of(now)) if plan else []
    unclosed = Occasion.objects.announced().filter(
        below([organisation.path], "organisation__"),
        state=Occasion.State.PLANNED,
        ends_at__lt=now,
    )
    return Office(
        items=items,
        counts=dict(Counter(item.state for item in items)),
        has_plan=plan is not None,
        plan_url=_plan_url(plan, teacher),
        unclosed_count=unclosed.count(),
        without_minutes=_without_minutes(organisation, term),
    )


def _without_minutes(organisation: Organisation, term: Term | None) -> int:
    """Return how many sessions of the term lack minutes, as the figure does that it links to."""
    if term is None:
        return 0
    scope = Scope(organisation.pk, organisation.path, term.span)
    return int(figure("activities.minutes_missing").value(scope))


def _plan_url(plan: object, reader: Teacher) -> str:
    if plan is None:
        return ""
    source = Source("planning.plan", plan.uid)  # type: ignore[attr-defined]
    return links([source], reader).get(source, Link("", "", "")).url


@dataclass(frozen=True)
class ShownStep:
    """One step of setting a school up, with its page."""

    label: str
    note: str
    url: str
    done: bool


def steps(organisation: Organisation, term: Term | None, day: date) -> list[ShownStep]:
    """Return the steps that set a school up; none once all of them are done."""
    found = first_steps(
        organisation,
        term_set=term is not None,
        scheme_adopted=bool(schemes_on(organisation, day)),
    )
    if all(step.done for step in found):
        return []
    return [
        ShownStep(str(step.label), str(step.hint), reverse(step.url_name), step.done)
        for step in found
    ]


@dataclass(frozen=True)
class Tile:
    """One number of the first page, with the figure that opens it."""

    figure: Figure
    value: Decimal
    total: Decimal | None
    total_name: str


@dataclass(frozen=True)
class UnitTurn:
    """How many sessions of one unit were planned for the term up to now, and how many held."""

    name: str
    planned: int
    held: int


def unit_turns(organisation: Organisation, term: Term, now: datetime) -> list[UnitTurn]:
    """Return planned and held sessions by unit, in the order of the units; one statement."""
    start, _end = term.span.moments()
    rows = (
        Occasion.objects.filter(
            below([organisation.path], "organisation__"),
            unit__isnull=False,
            starts_at__gte=start,
            ends_at__lte=now,
        )
        .values("unit__name", "unit__kind__order", "unit_id")
        .annotate(planned=Count("pk"), held=Count("pk", filter=Q(state=Occasion.State.HELD)))
        .order_by("unit__kind__order", "unit_id")
    )
    return [UnitTurn(row["unit__name"], row["planned"], row["held"]) for row in rows]


TILES = (
    ("activities.sessions_held", "activities.sessions_planned"),
    ("activities.attendances", "activities.expected"),
    ("planning.items_done", "planning.items"),
    ("lessons.recorded", "lessons.given"),
    ("observation.observers", "people.teachers"),
    ("ledger.teachers_with_records", "people.teachers"),
)
"""The numbers of the principal's page: what is reached, and of how much."""


def tiles(scope: Scope) -> list[Tile]:
    """Return the numbers of the principal's page; one statement, however many there are."""
    pairs = [(figure(part), figure(of)) for part, of in TILES]
    here = Organisation.objects.filter(path=scope.path)
    values = values_together(dict.fromkeys(chain(*pairs)), scope, here)
    return [Tile(part, values[part.code], values[of.code], of.name) for part, of in pairs]

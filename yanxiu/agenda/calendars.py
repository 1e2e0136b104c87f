"""Months, weeks and days as pages show them: a few statements, whatever the size of the county."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from yanxiu.agenda.feeds import day_off_text
from yanxiu.agenda.models import Occasion, Task
from yanxiu.agenda.permissions import may_see_occasion, mine
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import SCHOOL_ZONE, Span
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below
from yanxiu.places.table import links
from yanxiu.terms.models import DayOff
from yanxiu.terms.queries import above

MINE, GROUPS, SCHOOL, COUNTY = "mine", "groups", "school", "county"
WEEK = 7
IN_A_WEEK, IN_A_MONTH = 16, 4
"""How many occasions a day shows before it says how many more there are."""


def week_of(day: date) -> Span:
    """Return the week of `day`, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=WEEK))


def month_of(day: date) -> Span:
    """Return the whole weeks that the month of `day` touches."""
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Span(week_of(first).start, week_of(last).end)


def choices(teacher: Teacher) -> list[str]:
    """Return whose calendars `teacher` may look at."""
    found = [MINE]
    if teacher.units:
        found.append(GROUPS)
    if teacher.organisation:
        found.append(SCHOOL)
    if any(not post.organisation.is_school for post in teacher.posts_today) and teacher.holds(
        "see_sessions"
    ):
        found.append(COUNTY)
    return found


def rows_for(teacher: Teacher, whose: str) -> "QuerySet[Occasion]":
    """Return the occasions of one choice; of each only those that `teacher` may see."""
    rows = Occasion.objects.exclude(state=Occasion.State.CANCELLED)
    if whose == GROUPS:
        return allowed(mine, teacher, rows).filter(unit__in=teacher.units)
    if whose == SCHOOL:
        return allowed(may_see_occasion, teacher, rows).filter(organisation=teacher.organisation)
    if whose == COUNTY:
        # The right reaches down from the office, so its reach is the condition.
        paths = teacher.reach_paths("see_sessions")
        reach = Organisation.objects.filter(below(paths)).values("pk")
        return rows.announced().filter(organisation__in=reach)
    return allowed(mine, teacher, rows)


@dataclass(frozen=True)
class Entry:
    """One occasion or task as a calendar shows it."""

    thing: Occasion | Task
    url: str
    is_task: bool = False


@dataclass
class Day:
    """One day of a calendar; `more` occasions are not shown."""

    day: date
    entries: list[Entry] = field(default_factory=list)
    more: int = 0
    notes: list[str] = field(default_factory=list)
    is_off: bool = False
    is_made_up: bool = False


def days(teacher: Teacher, whose: str, span: Span, *, most: int) -> list[Day]:
    """Return each day of `span` with its first `most` occasions, days off and own tasks."""
    found = {day: Day(day) for day in span.days()}
    _mark_days_off(found, teacher.organisation, span)
    occasions = list(_first_of_each_day(rows_for(teacher, whose), span, most))
    tasks = list(_tasks(teacher, span)) if whose == MINE else []
    rows: list[Occasion | Task] = [*tasks, *occasions]
    shown = links((Source(row.source_kind, row.source_id) for row in rows), teacher)
    for row in rows:
        source = Source(row.source_kind, row.source_id)
        url = shown[source].url if source in shown else ""
        if isinstance(row, Task):
            found[row.due_on].entries.append(Entry(row, url, is_task=True))  # type: ignore[index]
        else:
            day = found[row.on]  # type: ignore[attr-defined]
            day.entries.append(Entry(row, url))
            day.more = max(0, row.of_day - most)  # type: ignore[attr-defined]
    return list(found.values())


def _first_of_each_day(rows: "QuerySet[Occasion]", span: Span, most: int) -> "QuerySet[Occasion]":
    start, end = span.moments()
    on = TruncDate("starts_at", tzinfo=SCHOOL_ZONE)
    return (
        rows.filter(starts_at__gte=start, starts_at__lt=end)
        .annotate(on=on)
        .annotate(
            number=Window(
                RowNumber(), partition_by=F("on"), order_by=[F("starts_at").asc(), F("pk").asc()]
            ),
            of_day=Window(Count("pk"), partition_by=F("on")),
        )
        .filter(number__lte=most)
        .select_related("unit", "organisation")
        .order_by("starts_at", "pk")
    )


def on_day(teacher: Teacher, whose: str, day: date) -> "QuerySet[Occasion]":
    """Return all occasions of one day, in their order."""
    start, end = Span(day, day + timedelta(days=1)).moments()
    rows = rows_for(teacher, whose).filter(starts_at__gte=start, starts_at__lt=end)
    return rows.select_related("unit", "organisation").order_by("starts_at", "pk")


def _tasks(teacher: Teacher, span: Span) -> "QuerySet[Task]":
    rows = Task.objects.filter(teacher=teacher, state=Task.State.OPEN)
    return rows.filter(due_on__gte=span.start, due_on__lt=span.end)[:100]


def _mark_days_off(found: dict[date, Day], organisation: Organisation | None, span: Span) -> None:
    if organisation is None:
        return
    rows = DayOff.objects.filter(above(organisation)).filter(
        Q(starts_on__lt=span.end), ends_on__gt=span.start
    )
    notes: dict[date, list[str]] = defaultdict(list)
    for row in rows:
        for day in row.span.days():
            if day in found:
                notes[day].append(day_off_text(row))
                made_up = row.kind == DayOff.Kind.MAKE_UP
                found[day].is_off = found[day].is_off or not made_up
                found[day].is_made_up = found[day].is_made_up or made_up
    for day, texts in notes.items():
        found[day].notes = list(dict.fromkeys(texts))

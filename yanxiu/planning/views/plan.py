"""A plan as a readable document, and its calendar month by month."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.places.table import Link, links
from yanxiu.planning import actions
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.models import ItemEvent, Plan, PlanNote, Rhythm
from yanxiu.planning.permissions import (
    may_manage_plan,
    may_see_proposal,
    may_set_rhythm,
)
from yanxiu.planning.queries import ItemState, item_states
from yanxiu.planning.reading.findings import LABELS
from yanxiu.planning.views.proposal import original_of
from yanxiu.planning.views.shown import managed_plan, seen_plan
from yanxiu.planning.wording import WEEKDAYS, when_words
from yanxiu.terms.queries import SchoolDays, school_days
from yanxiu.ui.pages import show


# ---- lines ----
@dataclass(frozen=True)
class EventLine:
    """One thing that was scheduled, held or missed, with a link where the reader may go."""

    event: ItemEvent
    link: Link | None


@dataclass(frozen=True)
class ItemLine:
    """One item with its state, and what is behind it."""

    known: ItemState
    events: list[EventLine]

    @property
    def item(self) -> Any:
        """The item itself."""
        return self.known.item


@dataclass(frozen=True)
class RhythmLine:
    """When a unit meets; where it is open, who has to settle it."""

    rhythm: Rhythm
    when: str
    may_set: bool
    leaders: str


def event_links(states: Iterable[ItemState], teacher: Teacher) -> dict[Source, Link]:
    """Return where the events of `states` open for `teacher`; one statement per kind."""
    return links(
        (Source(event.source_kind, event.source_id) for each in states for event in each.events),
        teacher,
    )


def item_line(known: ItemState, found: dict[Source, Link]) -> ItemLine:
    """Return an item with its events linked."""
    return ItemLine(
        known,
        [
            EventLine(event, found.get(Source(event.source_kind, event.source_id)))
            for event in known.events
        ],
    )


def _months(plan: Plan, teacher: Teacher) -> tuple[list[tuple[date, list[ItemLine]]], int]:
    """Return the items by month, and how many of those not dropped are done."""
    states = item_states(plan, today())
    found = event_links(states, teacher)
    lines = [item_line(each, found) for each in states]
    months = [(month, list(some)) for month, some in groupby(lines, lambda line: line.item.month)]
    return months, sum(each.state == "done" for each in states)


def _rhythms(plan: Plan, teacher: Teacher) -> list[RhythmLine]:
    rhythms = list(plan.rhythms.select_related("unit"))
    mine = set(allowed(may_set_rhythm, teacher, plan.rhythms.all()).values_list("pk", flat=True))
    open_units = [each.unit_id for each in rhythms if each.unit_id and not each.weekday]
    leaders: dict[int, list[str]] = {}
    if open_units:
        leading = Membership.objects.on(today()).filter(
            unit__in=open_units, duty=Membership.Duty.LEADER
        )
        for unit, name in leading.values_list("unit_id", "teacher__name"):
            leaders.setdefault(unit, []).append(name)
    return [
        RhythmLine(
            each,
            when_words(each.weekday, each.half_day, each.starts_at, each.every_weeks),
            each.pk in mine,
            "、".join(leaders.get(each.unit_id or 0, [])),
        )
        for each in rhythms
    ]


def _notes(plan: Plan) -> list[tuple[str, list[PlanNote]]]:
    """Return the other texts by kind, in the order in which the kinds first come."""
    by_kind: dict[str, list[PlanNote]] = {}
    for note in plan.plannotes.all():
        by_kind.setdefault(note.kind, []).append(note)
    return [(LABELS.get(kind, kind), notes) for kind, notes in by_kind.items()]


# ---- pages ----
@login_required
@require_safe
def plan(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a plan as a document."""
    found, teacher = seen_plan(request.teacher, uid), request.teacher
    may_manage = allowed(may_manage_plan, teacher, Plan.objects.filter(pk=found.pk)).exists()
    months, done = _months(found, teacher)
    living = [line for _month, lines in months for line in lines if line.known.state != "dropped"]
    goals = list(found.goals.all())
    context = {
        "plan": found,
        "may_manage": may_manage,
        "is_draft": found.state == Plan.State.DRAFT,
        "goals": goals,
        "unmeasured": sum(not goal.indicator for goal in goals),
        "quotas": list(found.quotas.all()),
        "rhythms": _rhythms(found, teacher),
        "months": months,
        "total": len(living),
        "done": done,
        "notes": _notes(found),
        "original": _original(found, teacher),
        "schedule_url": _schedule_url(found, teacher),
        "first_month": months_of(found.term.span)[0],
    }
    return show(request, "planning/plan.html", context)


def _original(found: Plan, teacher: Teacher) -> Attachment | None:
    """Return the document behind the plan where this reader may open it."""
    if found.proposal is None:
        return None
    own = type(found.proposal).objects.filter(pk=found.proposal.pk)
    may_open = allowed(may_see_proposal, teacher, own).exists()
    return original_of(found.proposal) if may_open else None


def _schedule_url(found: Plan, teacher: Teacher) -> str:
    """Return where sessions are made of the plan; "" while there is no such page or right."""
    if found.state != Plan.State.CONFIRMED:
        return ""
    paths = teacher.reach_paths("manage_sessions")
    if not any(found.organisation.path.startswith(path) for path in paths):
        return ""
    try:
        return reverse("activities:schedule", args=[found.uid])
    except NoReverseMatch:
        return ""


@login_required
@require_POST
def confirm(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a plan written by hand into force."""
    found = managed_plan(request.teacher, uid)
    actions.confirm_plan(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("计划已确认，全校可见；接下来可以排期。"))
    return redirect("planning:plan", uid=found.uid)


# ---- a month ----
@dataclass(frozen=True)
class Cell:
    """One day of the calendar with what is set for it."""

    day: date
    inside: bool
    is_today: bool
    events: list[tuple[str, EventLine]] = field(default_factory=list)
    weekly: list[Rhythm] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        """The day of the week in words."""
        return f"周{WEEKDAYS[self.day.weekday()]}"


def _meets(rhythm: Rhythm, day: date, found: Plan, days: SchoolDays) -> bool:
    """Tell whether a unit meets on `day`; weeks count from the first of the term."""
    monday = found.term.starts_on - timedelta(days=found.term.starts_on.weekday())
    week = (day - monday).days // 7
    in_term = day in found.term.span
    return in_term and week % rhythm.every_weeks == 0 and days.weekday(day) == rhythm.weekday


def _cells(found: Plan, month: date, teacher: Teacher) -> list[list[Cell]]:
    states = item_states(found, today())
    where = event_links(states, teacher)
    events: dict[date, list[tuple[str, EventLine]]] = {}
    for each in states:
        for line in item_line(each, where).events:
            events.setdefault(line.event.happens_on, []).append((each.item.text, line))
    rhythms = list(found.rhythms.select_related("unit").exclude(weekday=None))
    days = school_days(found.organisation)
    return [
        [
            Cell(
                day,
                day.month == month.month,
                day == today(),
                events.get(day, []),
                [each for each in rhythms if _meets(each, day, found, days)],
            )
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def _month(text: str, months: list[date]) -> date:
    found = next((day for day in months if f"{day:%Y-%m}" == text), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def month(request: TeacherRequest, uid: UUID, text: str) -> HttpResponse:
    """Show one month of a plan as a calendar."""
    found = seen_plan(request.teacher, uid)
    months = months_of(found.term.span)
    chosen = _month(text, months)
    items = [each for each in item_states(found, today()) if each.item.month == chosen]
    context = {
        "plan": found,
        "months": months,
        "chosen": chosen,
        "items": items,
        "weeks": _cells(found, chosen, request.teacher),
        "weekdays": [f"周{name}" for name in WEEKDAYS],
    }
    return show(request, "planning/month.html", context)

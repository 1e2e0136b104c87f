"""A plan as a readable document, and its calendar month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest, allowed, holds_at
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.places.table import Link, links
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.demands import demand_for
from yanxiu.planning.models import ItemEvent, Plan, PlanNote, Proposal, Rhythm
from yanxiu.planning.permissions import (
    may_approve_plan,
    may_manage_plan,
    may_see_proposal,
    may_set_rhythm,
)
from yanxiu.planning.queries import ItemState, item_states
from yanxiu.planning.sections import FIRST, section_label
from yanxiu.planning.views.goals import tree_of, warnings_of
from yanxiu.planning.views.proposal import original_of
from yanxiu.planning.views.shown import seen_plan
from yanxiu.planning.wording import when_words
from yanxiu.ui.pages import show

MANY_YEARS = {Plan.Period.THREE_YEARS, Plan.Period.FIVE_YEARS}


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
            when_words(each),
            each.pk in mine,
            "、".join(leaders.get(each.unit_id or 0, [])),
        )
        for each in rhythms
    ]


def _notes(plan: Plan) -> list[tuple[str, str, list[PlanNote]]]:
    """Return the sections of text, those first that stand before the goals of a written plan."""
    by_kind: dict[str, list[PlanNote]] = {}
    for note in plan.plannotes.all():
        by_kind.setdefault(note.kind, []).append(note)
    order = [kind for kind in FIRST if kind in by_kind]
    order += [kind for kind in by_kind if kind not in FIRST]
    return [(kind, section_label(kind), by_kind[kind]) for kind in order]


# ---- pages ----
@login_required
@require_safe
def plan(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a plan as a document."""
    found, teacher = seen_plan(request.teacher, uid), request.teacher
    own = Plan.objects.filter(pk=found.pk)
    may_manage = allowed(may_manage_plan, teacher, own).exists()
    months, done = _months(found, teacher)
    living = [line for _month, lines in months for line in lines if line.known.state != "dropped"]
    goals = list(found.goals.select_related("tier", "parent", "upper__plan"))
    notes = _notes(found)
    years = list(found.yearrows.all())
    context = {
        "plan": found,
        "may_manage": may_manage and found.state != Plan.State.SUBMITTED,
        "may_decide": may_manage or allowed(may_approve_plan, teacher, own).exists(),
        "may_set_body": found.proposal_id is not None
        and (may_manage or holds_at(teacher, "manage_people", found.organisation)),
        "is_draft": found.is_in_hand,
        "demand": demand_for(found) if may_manage and found.is_in_hand else None,
        "goals": tree_of(goals),
        "unmeasured": sum(not goal.is_measured for goal in goals),
        "quotas": list(found.quotas.select_related("tier", "role", "unit")),
        "rhythms": _rhythms(found, teacher),
        "months": months,
        "total": len(living),
        "done": done,
        "first_notes": [each for each in notes if each[0] in FIRST],
        "notes": [each for each in notes if each[0] not in FIRST],
        "years": [(row, warnings_of(found, row)) for row in years],
        "has_years": found.period in MANY_YEARS or bool(years),
        "schemes": list(found.children.filter(kind=Plan.Kind.SCHEME)),
        "read_out": [each for each in found.events.all() if each.kind == "read_out"],
        **_documents(found, teacher),
        "schedule_url": _schedule_url(found, teacher),
        "first_month": _month_to_show(found),
    }
    return show(request, "planning/plan.html", context)


def _month_to_show(found: Plan) -> date:
    """Return the month at which the calendar opens: this one, if the plan has it."""
    months, now = months_of(found.span), today().replace(day=1)
    return now if now in months else months[0]


def _documents(found: Any, teacher: Teacher) -> dict[str, Any]:
    """Return the document behind the plan and those that came into it, as this reader may."""
    if found.proposal_id is None and not found.has_merged:
        return {"original": None, "merged": []}
    rows = Proposal.objects.filter(Q(pk=found.proposal_id) | Q(merged_into=found))
    seen = list(allowed(may_see_proposal, teacher, rows.defer("prints")))
    behind = [each for each in seen if each.pk == found.proposal_id]
    return {
        "original": original_of(behind[0]) if behind else None,
        "merged": [each for each in seen if each.merged_into_id == found.pk],
    }


def _schedule_url(found: Plan, teacher: Teacher) -> str:
    """Return where sessions are made of the plan; "" while there is no such page or right."""
    if found.state != Plan.State.CONFIRMED or found.teacher_id:
        return ""
    paths = teacher.reach_paths("manage_sessions")
    if not any(found.organisation.path.startswith(path) for path in paths):
        return ""
    try:
        return reverse("activities:schedule", args=[found.uid])
    except NoReverseMatch:
        return ""

"""How far the goals of a plan are reached, and the years of a plan over several years."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.figures.table import Figure, Scope, all_figures
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Goal, ItemEvent, Plan, PlanItem, YearRow
from yanxiu.planning.permissions import may_see_plan
from yanxiu.planning.queries import (
    FIRST_MONTH_OF_SCHOOL_YEAR,
    Progress,
    progress_of_goals,
)
from yanxiu.planning.views.shown import seen_plan
from yanxiu.ui.pages import show

CREDITS = "ledger.credits_posted"


@dataclass(frozen=True)
class GoalLine:
    """One goal with its current value, its items, and the goals of other plans that serve it."""

    goal: Goal
    depth: int
    figure: Figure | None
    value: Decimal | None
    progress: Progress
    served_by: list[Goal] = field(default_factory=list)

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached."""
        target = self.goal.target
        return target is not None and self.value is not None and self.value >= target

    @property
    def indent(self) -> str:
        """The class that indents it."""
        return f"goal-depth-{min(self.depth, 3)}"


def tree_of(goals: Iterable[Goal]) -> list[tuple[Goal, int]]:
    """Return goals with their depth, each after the one it belongs to; a circle stands flat."""
    rows = list(goals)
    known = {goal.pk for goal in rows}
    below: dict[int | None, list[Goal]] = {}
    for goal in rows:
        below.setdefault(goal.parent_id if goal.parent_id in known else None, []).append(goal)
    found: list[tuple[Goal, int]] = []

    def add(parent: int | None, depth: int) -> None:
        for goal in below.get(parent, []):
            found.append((goal, depth))
            add(goal.pk, depth + 1)

    add(None, 0)
    placed = {goal.pk for goal, _depth in found}
    return [*found, *((goal, 0) for goal in rows if goal.pk not in placed)]


def scope_of(plan: Plan, span: Span | None = None) -> Scope:
    """Return about whom and when the figures of a plan are asked."""
    organisation = plan.organisation
    days = span or plan.span
    return Scope(organisation.pk, organisation.path, days, plan.unit_id, plan.teacher_id)


def lines_of(plan: Plan, teacher: Teacher) -> list[GoalLine]:
    """Return the goals of `plan` as a tree; each figure is asked once."""
    table, values = all_figures(), {}
    goals = list(plan.goals.select_related("tier", "upper__plan"))
    for code in {goal.figure for goal in goals} & set(table):
        values[code] = table[code].value(scope_of(plan))
    progress = progress_of_goals(plan)
    seen = Plan.objects.filter(may_see_plan(teacher))
    serving: dict[int, list[Goal]] = {}
    for below in Goal.objects.filter(upper__plan=plan, plan__in=seen).select_related("plan"):
        serving.setdefault(below.upper_id or 0, []).append(below)
    return [
        GoalLine(
            goal,
            depth,
            table.get(goal.figure),
            values.get(goal.figure),
            progress.get(goal.pk, Progress()),
            serving.get(goal.pk, []),
        )
        for goal, depth in tree_of(goals)
    ]


def tags_of(plan: Plan, goals: Iterable[Goal]) -> list[tuple[str, int, int]]:
    """Return each tag of the goals with its goals and the activities held for them."""
    rows = list(goals)
    held: dict[int, int] = {}
    events = ItemEvent.objects.filter(item__goal__plan=plan, state=ItemEvent.State.HELD)
    for number in events.values_list("item__goal", flat=True):
        held[number or 0] = held.get(number or 0, 0) + 1
    tags: dict[str, list[Goal]] = {}
    for goal in rows:
        for tag in goal.tags:
            tags.setdefault(tag, []).append(goal)
    return [(tag, len(some), sum(held.get(g.pk, 0) for g in some)) for tag, some in tags.items()]


# ---- years ----
@dataclass(frozen=True)
class YearLine:
    """One year with what was earned in it, what its items came to, and what looks odd."""

    row: YearRow
    earned: Decimal | None
    items: int
    warnings: list[str]


def warnings_of(plan: Plan, row: YearRow) -> list[str]:
    """Return what in a year contradicts the plan's own rules; it is said, never refused."""
    found: list[str] = []
    if row.credits is None:
        return found
    least = plan.credits_least
    if least is not None and row.credits < least:
        found.append(
            _("%(credits)s 学分少于计划自己定的每年最低 %(least)s 学分")
            % {"credits": plain(row.credits), "least": plain(least)}
        )
    if plan.hours_yearly and plan.hours_per_credit:
        most = plan.hours_yearly / plan.hours_per_credit
        if row.credits > most:
            found.append(
                _("%(credits)s 学分多于每年 %(hours)s 学时能折合的 %(most)s 学分")
                % {
                    "credits": plain(row.credits),
                    "hours": plain(plan.hours_yearly),
                    "most": plain(most.quantize(Decimal("0.01"))),
                }
            )
    return found


def warnings_of_all(plan: Plan, rows: list[YearRow]) -> list[str]:
    """Return what the years together contradict."""
    credits_ = [row.credits for row in rows if row.credits is not None]
    total = sum(credits_, Decimal(0))
    if plan.credits_total is None or not credits_ or total == plan.credits_total:
        return []
    return [
        _("各年学分合计 %(sum)s，与计划写的总学分 %(total)s 不一致")
        % {"sum": plain(total), "total": plain(plan.credits_total)}
    ]


def year_span(row: YearRow) -> Span:
    """Return the days of the school year of a row."""
    begins = date(row.school_year, FIRST_MONTH_OF_SCHOOL_YEAR, 1)
    return Span(begins, begins.replace(year=begins.year + 1))


def years_of(plan: Plan) -> list[YearLine]:
    """Return the years of `plan`; two statements for each, of which there are a few."""
    figure = all_figures().get(CREDITS)
    lines = []
    for row in plan.yearrows.all():
        span = year_span(row)
        items = PlanItem.objects.filter(
            plan__parent=plan, month__gte=span.start, month__lt=span.end, dropped_because=""
        )
        earned = figure.value(scope_of(plan, span)) if figure else None
        lines.append(YearLine(row, earned, items.count(), warnings_of(plan, row)))
    return lines


@login_required
@require_safe
def goals(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show how far the goals of a plan are reached, and what serves them below."""
    found = seen_plan(request.teacher, uid)
    lines = lines_of(found, request.teacher)
    years = years_of(found)
    context = {
        "plan": found,
        "lines": lines,
        "tags": tags_of(found, [line.goal for line in lines]),
        "years": years,
        "warnings": warnings_of_all(found, [line.row for line in years]),
        "below": allowed(may_see_plan, request.teacher, found.children.all())
        .select_related("unit", "organisation")
        .order_by("kind", "id"),
    }
    return show(request, "planning/goals.html", context)

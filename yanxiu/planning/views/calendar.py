"""The calendar of a plan by month and by week, and the month across schools; to print or keep."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent, Value, write_workbook
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.models import Plan, PlanItem, Rhythm, month_after
from yanxiu.planning.permissions import may_see_plan
from yanxiu.planning.queries import (
    ItemState,
    during,
    item_states,
    known_state,
    last_day_of,
    with_events,
)
from yanxiu.planning.rhythms import rhythm_days
from yanxiu.planning.views.plan import EventLine, event_links, item_line
from yanxiu.planning.views.shown import seen_plan
from yanxiu.terms.queries import school_days, week_number
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.wording import weekday_text

A_PAGE = 50
A_WEEK = timedelta(days=7)
MOST_ROWS = 5000


@dataclass(frozen=True)
class Cell:
    """One day of the calendar with what is set for it."""

    day: date
    inside: bool
    is_today: bool
    events: list[tuple[str, EventLine]] = field(default_factory=list)
    weekly: list[Rhythm] = field(default_factory=list)
    items: list[ItemState] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        """The day of the week in words."""
        return weekday_text(self.day.isoweekday())

    @property
    def is_busy(self) -> bool:
        """Whether anything is set for it."""
        return bool(self.events or self.weekly or self.items)


def _cells(
    found: Plan, weeks: list[list[date]], inside: Span, states: list[ItemState], teacher: Teacher
) -> list[list[Cell]]:
    where = event_links(states, teacher)
    events: dict[date, list[tuple[str, EventLine]]] = {}
    fixed: dict[date, list[ItemState]] = {}
    for each in states:
        for line in item_line(each, where).events:
            events.setdefault(line.event.happens_on, []).append((each.item.text, line))
        if each.item.on and not each.events:
            fixed.setdefault(each.item.on, []).append(each)
    rhythms = list(found.rhythms.select_related("unit").exclude(weekday=None))
    days = school_days(found.organisation)
    meetings = [(each, set(rhythm_days(each, found.term.span, days))) for each in rhythms]
    return [
        [
            Cell(
                day,
                day in inside,
                day == today(),
                events.get(day, []),
                [each for each, met in meetings if day in met],
                fixed.get(day, []),
            )
            for day in week
        ]
        for week in weeks
    ]


def _within(each: ItemState, span: Span) -> bool:
    """Tell whether an item may be done on a day of `span`."""
    last = each.item.last_on or last_day_of(each.item.month)
    return each.item.month < span.end and last >= span.start


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
    months = months_of(found.span)
    chosen = _month(text, months)
    span = Span(chosen, month_after(chosen))
    states = item_states(found, today())
    weeks = calendar.Calendar().monthdatescalendar(chosen.year, chosen.month)
    place = months.index(chosen)
    context = {
        "plan": found,
        "months": months if len(months) <= A_YEAR else months[max(0, place - 2) : place + 3],
        "chosen": chosen,
        "items": [each for each in states if _within(each, span)],
        "weeks": _cells(found, weeks, span, states, request.teacher),
        "weekdays": [weekday_text(day) for day in range(1, 8)],
        "week_of": max(chosen, found.span.start),
    }
    return show(request, "planning/month.html", context)


A_YEAR = 12


@login_required
@require_safe
def week(request: TeacherRequest, uid: UUID, text: str) -> HttpResponse:
    """Show the week of one day of a plan."""
    found = seen_plan(request.teacher, uid)
    try:
        day = date.fromisoformat(text)
        monday = day - timedelta(days=day.weekday())
        span = Span(monday, monday + A_WEEK)
    except (ValueError, OverflowError):
        raise Http404 from None
    if span.end <= found.span.start or monday >= found.span.end:
        raise Http404
    states = item_states(found, today())
    days = [list(span.days())]
    before, after = monday - A_WEEK, span.end
    context = {
        "plan": found,
        "monday": monday,
        "sunday": span.last,
        "number": week_number(found.term, monday) if monday in found.term.span else None,
        "before": before if span.start > found.span.start else None,
        "after": after if after < found.span.end else None,
        "items": [each for each in states if not each.item.on and _within(each, span)],
        "cells": _cells(found, days, span, states, request.teacher)[0],
        "month": max(monday, found.span.start),
    }
    return show(request, "planning/week.html", context)


# ---- the month across schools ----
def _items_of_month(teacher: Teacher, chosen: date) -> Any:
    plans = allowed(may_see_plan, teacher, Plan.objects.filter(teacher=None))
    plans = plans.filter(state=Plan.State.CONFIRMED).exclude(kind=Plan.Kind.GUIDELINE)
    rows = PlanItem.objects.filter(during(Span(chosen, month_after(chosen))), plan__in=plans)
    joined = rows.select_related("plan__organisation", "plan__unit", "owner")
    return with_events(joined).order_by(
        "plan__organisation__path", "plan__unit", "month", "on", "order", "id"
    )


def _chosen_month(text: str) -> date:
    try:
        month = date.fromisoformat(f"{text}-01")
        month_after(month)
    except (ValueError, OverflowError):
        raise Http404 from None
    return month


@login_required
@require_safe
def schedule(request: TeacherRequest, text: str = "") -> HttpResponse:
    """Show what a month brings in every school this reader sees, school by school."""
    chosen = _chosen_month(text) if text else today().replace(day=1)
    rows = _items_of_month(request.teacher, chosen)
    school = request.GET.get("school", "")
    schools = list(
        Organisation.objects.filter(pk__in=rows.order_by().values("plan__organisation")).order_by(
            "path"
        )[:300]
    )
    if school:
        rows = rows.filter(plan__organisation__in=[s for s in schools if str(s.uid) == school])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "before": (chosen - timedelta(days=1)).replace(day=1),
        "after": month_after(chosen),
        "schools": schools,
        "school": school,
        "lines": [(item, known_state(item, today())) for item in page],
    }
    return show(request, "planning/schedule.html", context)


# ---- workbooks ----
def _row(each: ItemState) -> tuple[Value, ...]:
    item = each.item
    end = item.last_on if item.until else None
    return (
        item.plan.organisation.name,
        item.plan.unit.name if item.plan.unit else "",
        f"{item.month.year}年{item.month.month}月",
        item.on,
        f"{end.year}年{end.month}月" if end else "",
        item.text,
        item.owner.name if item.owner else item.owner_name,
        item.get_audience_display(),
        each.label,
        item.done_on,
        item.dropped_because,
    )


def _sheet(title: str, states: list[ItemState]) -> bytes:
    heads = (
        _("学校"), _("单位"), _("月份"), _("日期"), _("到"), _("事项"), _("负责人"), _("对象"),
        _("状态"), _("完成日期"), _("取消原因"),
    )  # fmt: skip
    columns = [SheetColumn(head, "day" if head in {_("日期"), _("完成日期")} else "text")
               for head in heads]  # fmt: skip
    content = SheetContent(
        name=_("事项"), title=title, columns=columns, rows=[_row(each) for each in states],
        landscape=True,
    )  # fmt: skip
    return write_workbook([content])


@login_required
@require_safe
def items_sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the items of a plan as a workbook."""
    found = seen_plan(request.teacher, uid)
    states = item_states(found, today())
    for each in states:
        each.item.plan = found
    return download(_sheet(found.title, states), f"{found.title}.xlsx")


@login_required
@require_safe
def schedule_sheet(request: TeacherRequest, text: str) -> HttpResponse:
    """Give the month across schools as a workbook."""
    chosen = _chosen_month(text)
    rows = _items_of_month(request.teacher, chosen)[:MOST_ROWS]
    states = [known_state(item, today()) for item in rows]
    title = _("%(year)s年%(month)s月计划事项") % {"year": chosen.year, "month": chosen.month}
    return download(_sheet(title, states), f"{title}.xlsx")

"""The calendar by month, week and day."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yanxiu.agenda import calendars
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models.teacher import today
from yanxiu.places.table import links
from yanxiu.terms.queries import term_on, week_number
from yanxiu.ui.pages import show
from yanxiu.ui.wording import days_text

PER_PAGE = 50
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def _day(text: str) -> date:
    """Return the day that was asked for, today where it makes no sense."""
    with suppress(ValueError):
        found = date.fromisoformat(text)
        if FIRST <= found <= LAST:
            return found
    return today()


def _names() -> dict[str, str]:
    return {
        calendars.MINE: _("我的"),
        calendars.GROUPS: _("我的组"),
        calendars.SCHOOL: _("全校"),
        calendars.COUNTY: _("所辖各校"),
    }


@login_required
def calendar(request: TeacherRequest) -> HttpResponse:
    """Show a month, a week or a day of one's own, of one's groups, the school or the county."""
    teacher = request.teacher
    offered = calendars.choices(teacher)
    whose = request.GET.get("who", "")
    whose = whose if whose in offered else calendars.MINE
    view = request.GET.get("view", "")
    view = view if view in {"month", "week", "day"} else "week"
    day = _day(request.GET.get("on", ""))
    names = _names()
    context: dict[str, Any] = {
        "whose": whose,
        "choices": [(one, names[one]) for one in offered],
        "view": view,
        "on": day,
        "today": today(),
        "week": _week(request, day),
        "names_school": whose == calendars.COUNTY,
    }
    if view == "day":
        return show(request, "agenda/day.html", {**context, **_one_day(request, whose, day)})
    return show(request, "agenda/calendar.html", {**context, **_days(request, whose, view, day)})


def _week(request: TeacherRequest, day: date) -> int | None:
    organisation = request.teacher.organisation
    term = term_on(organisation, day) if organisation else None
    return week_number(term, day) if term and day in term.span else None


def _days(request: TeacherRequest, whose: str, view: str, day: date) -> dict[str, Any]:
    if view == "month":
        span, most = calendars.month_of(day), calendars.IN_A_MONTH
        before = day.replace(day=1) - timedelta(days=1)
        after = day.replace(day=28) + timedelta(days=4)
        before, after = before.replace(day=1), after.replace(day=1)
    else:
        span, most = calendars.week_of(day), calendars.IN_A_WEEK
        before, after = day - timedelta(days=7), day + timedelta(days=7)
    found = calendars.days(request.teacher, whose, span, most=most)
    return {
        "days": found,
        "span": span,
        "week_days": days_text(span.start, span.last, year=span.start.year != today().year),
        "before": before,
        "after": after,
        "is_empty": not any(one.entries for one in found),
    }


def _one_day(request: TeacherRequest, whose: str, day: date) -> dict[str, Any]:
    rows = calendars.on_day(request.teacher, whose, day)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    occasions = list(page.object_list)
    sources = [Source(row.source_kind, row.source_id) for row in occasions]
    shown = links(sources, request.teacher)
    entries = [
        calendars.Entry(row, shown[source].url if source in shown else "")
        for row, source in zip(occasions, sources, strict=True)
    ]
    one = timedelta(days=1)
    return {
        "page": page,
        "entries": entries,
        "before": day - one,
        "after": day + one,
        "span": Span(day, day + one),
    }

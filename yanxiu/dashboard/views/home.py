"""The first page: one page for everybody, longer for those who carry more."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.dashboard import queries
from yanxiu.dashboard.scopes import asked_by
from yanxiu.kernel.spans import SCHOOL_ZONE, day_of
from yanxiu.people.access import TeacherRequest
from yanxiu.places.waiting import waiting_for
from yanxiu.terms.queries import term_on, week_number
from yanxiu.ui.pages import show

NOON, EVENING = 12, 18


def greeting(now: datetime) -> str:
    """Return the greeting of the hour in the school's zone."""
    hour = now.astimezone(SCHOOL_ZONE).hour
    if hour < NOON:
        return _("上午好")
    return _("下午好") if hour < EVENING else _("晚上好")


@login_required
def home(request: TeacherRequest) -> HttpResponse:
    """Show what is on today, what is owed and how the hours stand; then what the posts add."""
    teacher, now = request.teacher, timezone.now()
    organisation = teacher.organisation
    context: dict[str, Any] = {
        "greeting": greeting(now),
        "mine": queries.mine(teacher, now),
        "waiting": waiting_for(teacher),
        "today": day_of(now),
    }
    if organisation:
        term = term_on(organisation, day_of(now))
        context |= {
            "term": term,
            "week": week_number(term, day_of(now)) if term and day_of(now) in term.span else None,
            "hours": queries.hours_of(teacher, organisation, term, day_of(now)),
        }
        if teacher.holds("manage_people"):
            context["first_steps"] = queries.steps(organisation, term, day_of(now))
        if teacher.holds("see_plans") and teacher.holds("see_sessions"):
            context["manages_plans"] = teacher.holds("manage_plans")
            context["office"] = queries.office(teacher, organisation, term, now)
            if term:
                context["unit_turns"] = queries.unit_turns(organisation, term, now)
        asked = asked_by(teacher, request.GET)
        if asked and teacher.holds("see_hours"):
            context |= {"tiles": queries.tiles(asked.scope), "asked": asked}
    return show(request, "dashboard/home.html", context)

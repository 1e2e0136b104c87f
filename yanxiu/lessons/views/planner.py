"""Planning visits: a day of the school, with who could be heard when."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.lessons.queries.planner import (
    Chance,
    DayPlan,
    Period,
    next_school_day,
    plan_of,
)
from yanxiu.lessons.views.reader import school_of
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import term_on
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.pages import show

SHOWN = 40
CHANCES = 5
"""Lessons shown of each period until one is opened."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return next_school_day(today())


def _shown(plan: DayPlan, number: int | None) -> list[tuple[Period, list[Chance], int]]:
    """Return each period with the first lessons and how many more; one alone with all of them."""
    if number is not None:
        return [(one, one.chances, 0) for one in plan.periods if one.number == number]
    return [
        (one, one.chances[:CHANCES], max(0, len(one.chances) - CHANCES)) for one in plan.periods
    ]


@login_required
@require_safe
def planner(request: TeacherRequest) -> HttpResponse:
    """Show a day, lesson by lesson: who teaches, who has been visited how often, who is free."""
    teacher = request.teacher
    if not teacher.leads and not teacher.holds("manage_lessons"):
        raise Http404
    school = school_of(request, "manage_lessons")
    day = _day(request.GET.get("day", ""))
    term = term_on(school, day)
    subject = request.GET.get("subject", "")[:40]
    plan = plan_of(teacher, school, term, day, subject=subject) if term else None
    number = whole_number(request.GET.get("period", ""))
    unvisited = [one for one in plan.visited if not one.times and not one.away] if plan else []
    context = {
        "plan": plan,
        "periods": _shown(plan, number) if plan else [],
        "number": number,
        "term": term,
        "day": day,
        "before": next_school_day_back(day),
        "after": next_school_day(day + timedelta(days=1)),
        "subject": subject,
        "unvisited": unvisited[:SHOWN],
        "unvisited_count": len(unvisited),
        "school": school,
        "manages": teacher.holds("manage_lessons"),
    }
    return show(request, "lessons/planner.html", context)


def next_school_day_back(day: date) -> date:
    """Return the last day from Monday to Friday before `day`."""
    day -= timedelta(days=1)
    while day.isoweekday() > 5:  # noqa: PLR2004 (Friday)
        day -= timedelta(days=1)
    return day

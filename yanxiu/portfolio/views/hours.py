"""My hours: where I stand, what is missing, what comes next, and who looked."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.queries.looks import look_word, looks_at
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Teacher
from yanxiu.portfolio import queries
from yanxiu.ui.pages import show

LOOKS_SHOWN = 5
PAGE = 50


@login_required
@require_safe
def hours(request: TeacherRequest) -> HttpResponse:
    """Show the reader's own hours."""
    teacher, now = request.teacher, timezone.now()
    context = hours_context(teacher, teacher.organisation)
    found: queries.Hours = context["hours"]
    ahead = queries.ahead(teacher, found, now)
    told = [(one, ahead.forecasts.get(one.scheme.id)) for one in context["sections"]]
    context |= {"ahead": ahead, "told": told, "looks": found.ground.looks[:LOOKS_SHOWN]}
    return show(request, "portfolio/hours.html", context)


def hours_context(
    teacher: Teacher, organisation: Any, hidden: Collection[int] = ()
) -> dict[str, Any]:
    """Return what the pages of one's own and of another's hours both tell.

    The records `hidden`, by primary key, count but are not shown.
    """
    day = day_of(timezone.now())
    found = queries.hours_of(teacher, organisation, day)
    shown = replace(found, records=[row for row in found.records if row.pk not in hidden])
    term = found.ground.term
    return {
        "day": day,
        "term": term,
        "is_term_over": bool(term and day >= term.ends_on),
        "hours": found,
        "ground": found.ground,
        "sections": queries.sections(shown),
        "done": queries.done_in(found.records, term.span) if term else None,
    }


@login_required
@require_safe
def looks(request: TeacherRequest) -> HttpResponse:
    """Show who looked at the reader's hours, records, file and papers; to the reader alone."""
    page = Paginator(looks_at(request.teacher), PAGE).get_page(request.GET.get("page"))
    lines = [(line, look_word(line.verb)) for line in page.object_list]
    return show(request, "portfolio/looks.html", {"page": page, "lines": lines})

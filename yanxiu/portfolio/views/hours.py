"""My hours: where I stand, what is missing, and what comes next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Teacher
from yanxiu.portfolio import queries
from yanxiu.terms.queries import term_on
from yanxiu.ui.pages import show

VIEWS_SHOWN = 10


@login_required
@require_safe
def hours(request: TeacherRequest) -> HttpResponse:
    """Show the reader's own hours."""
    teacher, now = request.teacher, timezone.now()
    context = hours_context(teacher, teacher.organisation) | {
        "coming": queries.coming(teacher, now, day_of(now)),
        "views": queries.views_of(teacher)[:VIEWS_SHOWN],
    }
    return show(request, "portfolio/hours.html", context)


def hours_context(teacher: Teacher, organisation: Any) -> dict[str, Any]:
    """Return what the pages of one's own and of another's hours both tell."""
    day = day_of(timezone.now())
    if organisation is None:
        return {"day": day, "term": None, "sections": [], "done": None}
    term = term_on(organisation, day)
    start = term.starts_on if term else day
    return {
        "day": day,
        "term": term,
        "is_term_over": bool(term and day >= term.ends_on),
        "sections": queries.sections(teacher, organisation, term, day),
        "done": queries.done_in(teacher, Span(start, term.ends_on)) if term else None,
    }

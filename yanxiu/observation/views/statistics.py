"""What is seen in lessons, by item and group; and one's own lessons, for oneself alone."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.kernel.spans import Span
from yanxiu.observation.queries import statistics as seen
from yanxiu.observation.views.reader import own_school, this_term
from yanxiu.people.access import TeacherRequest
from yanxiu.terms.queries import terms_of
from yanxiu.ui.pages import show


@login_required
@require_safe
def statistics(request: TeacherRequest) -> HttpResponse:
    """Show how the items of a rubric came out in each group of the school, or in those led."""
    teacher, school = request.teacher, own_school(request)
    wide = any(school.path.startswith(path) for path in teacher.reach_paths("see_lessons"))
    if not wide and not teacher.leads:
        raise Http404
    terms = terms_of(school)
    chosen = next((each for each in terms if str(each.pk) == request.GET.get("term")), None)
    span = Span(chosen.starts_on, chosen.ends_on) if chosen else this_term(school)
    rows = seen.seen_in(school, span, None if wide else teacher.leads)
    versions = seen.rubrics_in(rows)
    wanted = request.GET.get("rubric", "")
    version = next((each for each in versions if str(each.rubric.uid) == wanted), None)
    version = version or next(iter(versions), None)
    context = {
        "versions": versions,
        "version": version,
        "table": seen.by_group(rows, version) if version else None,
        "fewest": seen.FEWEST,
        "span": span,
        "terms": terms,
        "chosen": chosen,
    }
    return show(request, "observation/statistics.html", context)


@login_required
@require_safe
def mine(request: TeacherRequest) -> HttpResponse:
    """Show the reader what others saw in the reader's own lessons of this term."""
    span = this_term(own_school(request))
    context = {"items": seen.own_items(request.teacher, span), "span": span}
    return show(request, "observation/mine.html", context)

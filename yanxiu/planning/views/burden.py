"""What a term asks of the teachers of a school, by who asks; and how long each act takes here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below, today
from yanxiu.planning import actions
from yanxiu.planning.asking import asked_in
from yanxiu.planning.burden import acts, lengths_of, people_asked
from yanxiu.planning.forms import MinutesForm
from yanxiu.planning.views.shown import read_or_post
from yanxiu.planning.views.starting import known_terms
from yanxiu.terms.queries import term_on
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE


def _looked_at(teacher: Teacher, uid: str = "") -> Organisation:
    """Return the organisation asked for, if it is the teacher's own or one whose plans are seen."""
    own = Q(pk__in=[post.organisation_id for post in teacher.posts_today])
    paths = teacher.reach_paths("see_plans")
    rows = Organisation.objects.filter(own | below(paths) if paths else own).order_by("path")
    for row in rows if uid else []:
        if str(row.uid) == uid:
            return row
    if teacher.organisation is None:
        raise Http404
    found: Organisation = teacher.organisation
    return found


@login_required
@require_safe
def burden(request: TeacherRequest) -> HttpResponse:
    """Show what a term asks, heaviest asker first; everybody may know what is asked of him."""
    organisation = _looked_at(request.teacher, request.GET.get("school", ""))
    terms = list(known_terms(organisation)[:8])
    wanted = request.GET.get("term", "")
    term = next((each for each in terms if str(each.uid) == wanted), None)
    term = term or term_on(organisation, today()) or (terms[0] if terms else None)
    asked = asked_in(organisation, term, today()) if term else []
    context = {
        "organisation": organisation,
        "terms": terms,
        "term": term,
        "asked": asked,
        "total_hours": sum(each.total_hours for each in asked),
        "people": people_asked(organisation, today()),
        "may_set": request.teacher.holds("manage_plans"),
    }
    return show(request, "planning/burden.html", context)


@login_required
@read_or_post
def minutes(request: TeacherRequest) -> HttpResponse:
    """Show how long each act takes, with its source; let the office set its own figures."""
    teacher = request.teacher
    organisation = _looked_at(teacher)
    may_set = any(organisation.path.startswith(p) for p in teacher.reach_paths("manage_plans"))
    if request.method == "POST" and not may_set:
        raise Http404
    choices = [(act.code, act.name) for act in acts().values()]
    form = MinutesForm(request.POST or None, choices=choices, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            actions.set_minutes(organisation, by=teacher, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("用时已改，从所填的日期起按它估算。"))
            return redirect("planning:minutes")
    lengths = lengths_of(organisation, today())
    context = {
        "organisation": organisation,
        "lines": [(act, lengths[act.code]) for act in acts().values()],
        "form": form if may_set else None,
    }
    return show(
        request, "planning/minutes.html", context, status=UNPROCESSABLE if form.errors else 200
    )

"""All plans, and beginning one: from a document or from nothing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.planning import actions
from yanxiu.planning.forms import ReadForm, StartForm
from yanxiu.planning.models import Plan, Proposal
from yanxiu.planning.permissions import may_see_plan, may_see_proposal
from yanxiu.planning.queries import progress_of
from yanxiu.planning.views.shown import Owners, read_or_post
from yanxiu.terms.models import Term
from yanxiu.terms.queries import term_on, terms_of
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

A_PAGE = 50
MOST_PROPOSALS = 20


@login_required
@require_safe
def plans(request: TeacherRequest) -> HttpResponse:
    """Show the plans, newest term first, under the proposals that wait to be confirmed."""
    teacher, search = request.teacher, request.GET.get("q", "").strip()
    rows = allowed(may_see_plan, teacher, Plan.objects.all())
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(unit__name__icontains=search))
    rows = rows.select_related("term", "unit", "organisation").order_by(
        "-term__starts_on", "organisation__path", "unit__id", "id"
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(page.object_list)
    context = {
        "page": page,
        "lines": [(plan, progress.get(plan.pk)) for plan in page],
        "search": search,
        "may_write": teacher.holds("manage_plans") or bool(teacher.leads),
        "proposals": list(_waiting(teacher)[:MOST_PROPOSALS]),
        "several": len({plan.organisation_id for plan in page}) > 1,
    }
    return show(request, "planning/plans.html", context)


def _waiting(teacher: Teacher) -> "QuerySet[Proposal]":
    """Return the proposals that `teacher` may confirm, with the number of their values."""
    rows = allowed(may_see_proposal, teacher, Proposal.objects.filter(state=Proposal.State.OPEN))
    values = Count("findings", filter=~Q(findings__kind="placeholder"))
    return rows.select_related("unit", "organisation").annotate(values_read=values)


def _owners(teacher: Teacher) -> Owners:
    owners = Owners(teacher)
    if not owners:
        raise Http404
    return owners


@login_required
@read_or_post
def read(request: TeacherRequest) -> HttpResponse:
    """Read a document as proposals."""
    owners = _owners(request.teacher)
    form = ReadForm(request.POST or None, request.FILES or None, owners=owners.choices)
    found: list[Proposal] = []
    if request.method == "POST" and form.is_valid():
        organisation, unit = owners.of(form.cleaned_data["owner"])
        with kept_in(form):
            found = actions.read_proposals(
                organisation,
                form.document(),
                name=form.name,
                unit=unit,
                by=request.teacher,
                at=timezone.now(),
            )
    if len(found) == 1:
        return _opened(found[0])
    context = {"form": form, "found": found, "known": [each.state for each in found]}
    return show(
        request, "planning/read.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _opened(proposal: Proposal) -> HttpResponse:
    """Lead to the one proposal, or to the plan that it became."""
    return redirect("planning:proposal", uid=proposal.uid)


@login_required
@read_or_post
def start(request: TeacherRequest) -> HttpResponse:
    """Begin an empty plan."""
    teacher = request.teacher
    owners = _owners(teacher)
    terms = Term.objects.filter(pk__in=[term.pk for term in terms_of(teacher.organisation)])
    current = term_on(teacher.organisation, today())
    form = StartForm(
        request.POST or None,
        owners=owners.choices,
        terms=terms.order_by("-starts_on"),
        initial={"term": current.pk if current else None},
    )
    if request.method == "POST" and form.is_valid():
        organisation, unit = owners.of(form.cleaned_data["owner"])
        term = _fitting(organisation, form.cleaned_data["term"])
        title = form.cleaned_data["title"].strip() or _("%(term)s%(unit)s研修计划") % {
            "term": term,
            "unit": unit or organisation.name,
        }
        with kept_in(form):
            plan = actions.start_plan(
                organisation, term, title, unit=unit, by=teacher, at=timezone.now()
            )
            messages.success(request, _("计划已新建，请添加目标、时间和每月安排，再确认。"))
            return redirect("planning:plan", uid=plan.uid)
    context: dict[str, Any] = {"form": form, "no_terms": not terms.exists()}
    return show(
        request, "planning/start.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _fitting(organisation: Organisation, chosen: Term) -> Term:
    """Return the term of the same half year that is in force for `organisation`."""
    half = (chosen.school_year, chosen.half)
    terms = terms_of(organisation)
    return next((term for term in terms if (term.school_year, term.half) == half), chosen)

"""Publishing a summary, handing it on as one web page, and carrying its next steps on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.planning.models import Plan
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.reports.actions.following import put_into_plan
from yanxiu.reports.actions.phrases import add_phrase, remove_phrase
from yanxiu.reports.actions.publishing import publish as publish_it
from yanxiu.reports.documents.term_summary.outline import NEXT
from yanxiu.reports.forms import NextStepForm, PhraseForm
from yanxiu.reports.models import EmptyPhrase
from yanxiu.reports.permissions import may_manage_phrase, may_return_summary, may_see_summary
from yanxiu.reports.queries import standing
from yanxiu.reports.shown import Shower
from yanxiu.reports.views import finding
from yanxiu.reports.views.finding import held_at
from yanxiu.ui.asking import kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

_MOST = 40


@login_required
@require_POST
def publish(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Tell the school that the summary can be read."""
    found = finding.found(request, uid, may_return_summary)
    publish_it(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已在校内发布，老师们会收到一条通知。"))
    return redirect("reports:summary", uid)


@login_required
@require_safe
def web_page(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send the summary as one web page that can be read anywhere."""
    found = finding.found(request, uid, may_see_summary)
    now = standing(found, timezone.now())
    context = {
        "summary": found,
        "document": now.document,
        "title": now.document.title.split("\n"),
        "sections": Shower(now, request.teacher, may_write=False).sections,
    }
    text = render_to_string("reports/web_page.html", context)
    return download(text, f"{found}.html")


@login_required
@require_http_methods(["GET", "POST"])
def next_steps(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Make next steps goals or items of a plan that is being written."""
    found = finding.found(request, uid, may_see_summary)
    rows = allowed(may_manage_plan, request.teacher, Plan.objects.select_related("term"))
    rows = rows.filter(state__in=[Plan.State.DRAFT, Plan.State.RETURNED])
    plans = {str(plan.uid): plan for plan in rows.order_by("-term__starts_on", "-id")[:_MOST]}
    choices = [(uid_, str(plan)) for uid_, plan in plans.items()]
    form = NextStepForm(request.POST if request.method == "POST" else None, plans=choices)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            _put(request, found, plans[form.cleaned_data["plan"]], form.cleaned_data)
            messages.success(request, _("已写进计划。"))
            return redirect("reports:next", uid)
    document = standing(found, timezone.now()).document
    steps = [
        str(line)
        for section in document.sections
        if section.role == NEXT
        for prose in section.proses
        for line in prose.paragraphs
    ]
    context = {"summary": found, "form": form, "steps": steps, "plans": choices}
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "reports/next.html", context, status=status)


def _put(request: TeacherRequest, found: Any, plan: Plan, given: dict[str, Any]) -> None:
    month = given["month"] if given["becomes"] == "item" else None
    if given["becomes"] == "item" and month is None:
        month = plan.span.start.month
    put_into_plan(found, plan, given["text"], month=month, by=request.teacher, at=timezone.now())


@login_required
@require_http_methods(["GET", "POST"])
def phrases(request: TeacherRequest) -> HttpResponse:
    """Keep the school's own list of empty phrases."""
    teacher = request.teacher
    if not held_at(teacher, "manage_summaries"):
        raise Http404
    own = allowed(may_manage_phrase, teacher, EmptyPhrase.objects.select_related("organisation"))
    form = PhraseForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and "remove" in request.POST:
        row = get_allowed(may_manage_phrase, teacher, EmptyPhrase.objects.all(), _uid(request))
        remove_phrase(row, by=teacher, at=timezone.now())
        messages.success(request, _("已去掉。"))
        return redirect("reports:phrases")
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            school = _school(request)
            add_phrase(school, form.cleaned_data["text"], by=teacher, at=timezone.now())
            messages.success(request, _("已添加，以后写到它会提醒。"))
            return redirect("reports:phrases")
    refused = request.method == "POST"
    context = {
        "form": form,
        "rows": own.order_by("text")[:200],
    }
    return show(request, "reports/phrases.html", context, status=UNPROCESSABLE if refused else 200)


def _uid(request: TeacherRequest) -> object:
    try:
        return UUID(request.POST.get("remove", ""))
    except ValueError:
        return None


def _school(request: TeacherRequest) -> Organisation:
    """Return the organisation in which the reader keeps the list."""
    return held_at(request.teacher, "manage_summaries")[0]

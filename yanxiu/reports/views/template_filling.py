"""Filling a template in use with true data."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from yanxiu.documents.word.template import Template
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Organisation, Unit
from yanxiu.people.models.teacher import today
from yanxiu.reports.actions import templates as actions
from yanxiu.reports.models import DocumentTemplate
from yanxiu.reports.permissions import may_see_template
from yanxiu.reports.refusals import TemplateNotInUse
from yanxiu.reports.template_batch import organisations_for, schools_below, start_zip
from yanxiu.reports.template_data import Asked
from yanxiu.reports.template_data import fill as filled
from yanxiu.reports.template_forms import FillForm
from yanxiu.terms.queries import terms_below, terms_of
from yanxiu.ui.asking import kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import days_text


def _chosen(request: TeacherRequest, offered: list[Organisation]) -> Organisation:
    """Return the organisation asked for, or the reader's own, or the first."""
    by_uid = {str(one.uid): one for one in offered}
    own = str(getattr(request.teacher.organisation, "uid", ""))
    asked = request.POST.get("organisation") or request.GET.get("organisation") or own
    return by_uid.get(asked) or offered[0]


def _form(request: TeacherRequest, organisation: Organisation, template: Template) -> FillForm:
    terms = terms_of(organisation) or terms_below(organisation)
    units = Unit.objects.filter(organisation=organisation, ends_on=None).order_by("kind__order")
    begun = [one for one in terms if one.starts_on <= today()]
    now = next(iter(begun or reversed(terms)), None)
    return FillForm(
        request.POST or None,
        terms=terms,
        units=units,
        asked=template.asked,
        initial={"term": str(now.uid) if now else ""},
    )


@login_required
def fill(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask for which school and days, and give the filled document."""
    rows = DocumentTemplate.objects.select_related("organisation")
    found = get_allowed(may_see_template, request.teacher, rows, uid)
    version = found.versions.filter(state="in_use").first()
    if version is None:
        raise TemplateNotInUse(found.name)
    offered = organisations_for(request.teacher, found)
    if not offered:
        raise Http404
    organisation = _chosen(request, offered)
    below = schools_below(offered, organisation)
    template = actions.read(version)
    form = _form(request, organisation, template)
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            unit = form.units.get(form.cleaned_data["unit"])
            asked = Asked(
                organisation,
                form.cleaned_data["span"],
                found.name,
                request.teacher,
                day_of(timezone.now()),
                unit,
                form.cleaned_data["term_found"],
                form.cleaned_data["words"],
            )
            if "all" in request.POST and len(below) > 1:
                job = start_zip(found, asked, at=timezone.now())
                return redirect("jobs:job", job.uid)
            return download(filled(template, asked), f"{_name_of(asked)}.docx")
    context = {
        "template": found,
        "version": version,
        "form": form,
        "organisation": organisation,
        "offered": offered,
        "below": len(below),
        "faults": template.faults,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "reports/template_fill.html", context, status=status)


def _name_of(asked: Asked) -> str:
    """Return what the file is called: whose, what, and of when; two of them are told apart."""
    whose = f"{asked.organisation.name}{asked.unit.name if asked.unit else ''}"
    return f"{whose}{asked.title}（{asked.term or days_text(asked.span.start, asked.span.last)}）"

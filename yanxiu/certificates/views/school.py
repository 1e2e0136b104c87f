"""Certificates of a school: whose there are, those issued, and batches."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.certificates.actions.issuing import require_certifiable
from yanxiu.certificates.forms import SpanForm
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import period_words
from yanxiu.certificates.permissions import may_see_certificate
from yanxiu.certificates.queries.choices import periods_at, schemes_at
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.queries.people import teachers_in
from yanxiu.certificates.views.certificates import PAGE, school_choices
from yanxiu.jobs import actions as jobs
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.queries import TeacherFilter, teachers
from yanxiu.terms.queries import terms_of
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_UNITS = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school(request: TeacherRequest) -> HttpResponse:
    """Show the teachers of one school with their last certificates; a POST starts a batch."""
    reader, day = request.teacher, day_of(timezone.now())
    if not reader.holds("recognise_hours"):
        raise Http404
    schools = school_choices(reader)
    given = request.POST if request.method == "POST" else request.GET
    found = chosen(schools, given.get("school", ""), reader)
    if found is None:
        return show(request, "certificates/school.html", {"schools": []})
    schemes = schemes_at(found, day)
    form = SpanForm(
        request.POST if request.method == "POST" else None,
        schemes=[(one.id, one.title) for one in schemes],
        periods=periods_at(terms_of(found), day, schemes),
    )
    unit = uid_text(given.get("unit"))
    if request.method == "POST" and form.is_valid():
        asked = Asked(found, form.cleaned_data["scheme"], form.cleaned_data["span"], day)
        with kept_in(form):
            return _start(request, asked, unit)
    context = {
        "form": form,
        "schools": schools,
        "school": found,
        "schemes": schemes,
        "unit": unit,
        "units": list(Unit.objects.filter(organisation=found, ends_on=None)[:MOST_UNITS]),
        **_people(request, found, unit),
    }
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "certificates/school.html", context, status=status)


def _start(request: TeacherRequest, asked: Asked, unit: str) -> HttpResponse:
    require_certifiable(asked)
    found = Unit.objects.filter(organisation=asked.organisation, uid=unit).first() if unit else None
    whose = found.name if found else asked.organisation.name
    detail = {
        "school": str(asked.organisation.uid),
        "unit": str(found.uid) if found else "",
        "scheme": asked.scheme,
        "start": asked.span.start.isoformat(),
        "end": asked.span.end.isoformat(),
        "on": asked.on.isoformat(),
    }
    job = jobs.start(
        "certificates.batch",
        title=_("%(whose)s %(period)s 学时证明")
        % {"whose": whose, "period": period_words(asked.span)},
        detail=detail,
        by=request.teacher,
        organisation=asked.organisation,
        at=timezone.now(),
    )
    return redirect("jobs:job", uid=job.uid)


def _people(request: TeacherRequest, found: Organisation, unit: str) -> dict[str, Any]:
    """Return a page of teachers, each with the last certificate; three statements."""
    text = request.GET.get("q", "")[:40]
    rows = teachers(teachers_in(found, request.teacher, unit=unit), TeacherFilter(text=text))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people: list[Teacher] = list(page.object_list)
    last: dict[int, Certificate] = {}
    issued = Certificate.objects.filter(teacher__in=people, organisation=found)
    for one in issued.select_related("replaced_by").defer("content").order_by("issued_at", "pk"):
        last[one.teacher_id] = one
    return {"page": page, "text": text, "lines": [(one, last.get(one.pk)) for one in people]}


@login_required
@require_safe
def issued(request: TeacherRequest) -> HttpResponse:
    """List the certificates that were issued, the newest first."""
    reader = request.teacher
    if not reader.holds("see_hours"):
        raise Http404
    text = request.GET.get("q", "")[:40].strip()
    state = request.GET.get("state", "")
    rows = allowed(may_see_certificate, reader, Certificate.objects.all())
    rows = rows.select_related("organisation", "teacher", "replaced_by").defer("content")
    if text:
        rows = rows.filter(teacher__name__contains=text)
    if state == "revoked":
        rows = rows.exclude(revoked_at=None)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "text": text,
        "state": state,
        "issues": reader.holds("recognise_hours"),
    }
    return show(request, "certificates/issued.html", context)


def chosen(schools: list[Organisation], uid: str, reader: Teacher) -> Organisation | None:
    """Return the school that is asked for, else the reader's own, else the first."""
    own = reader.organisation
    found = [one for one in schools if str(one.uid) == uid]
    found += [one for one in schools if own and one.pk == own.pk]
    return next(iter([*found, *schools]), None)


def uid_text(text: str | None) -> str:
    """Return `text` as a uid, or "" where it is none."""
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""

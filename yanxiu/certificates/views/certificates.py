"""My certificates, one certificate, and issuing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.refusals import FileGone
from yanxiu.certificates import actions, queries
from yanxiu.certificates.actions.issuing import address_of, certifiable
from yanxiu.certificates.forms import ReasonForm, SpanForm
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import file_name
from yanxiu.certificates.permissions import (
    may_revoke_certificate,
    may_see_certificate,
)
from yanxiu.certificates.queries.choices import of_late, periods_at
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.queries.people import at_school
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.queries.schemes import Adoptions
from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.career import read_career_day
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.queries import terms_of
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PAGE = 50
WHOLE = ("teacher", "organisation", "issuer", "replaces", "replaced_by")
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """List the reader's own certificates."""
    rows = Certificate.objects.filter(teacher=request.teacher)
    rows = rows.select_related("issuer", "replaced_by")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "issues": request.teacher.holds("recognise_hours"),
    }
    return show(request, "certificates/home.html", context)


@login_required
@require_safe
def certificate(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one certificate, what became of it, and what the ledger says now."""
    rows = Certificate.objects.select_related(*WHOLE)
    found: Certificate = get_allowed(may_see_certificate, request.teacher, rows, uid)
    actions.look_at(found, by=request.teacher, at=timezone.now())
    context = {
        "certificate": found,
        "told": found.content,
        "ledger": found.content["ledger"],
        "now": queries.now(found),
        "revoked": found.revoked_at is not None,
        "address": address_of(found.code),
        "is_own": found.teacher_id == request.teacher.pk,
        "revokes": holds_at(request.teacher, "recognise_hours", found.organisation),
    }
    return show(request, "certificates/certificate.html", context)


@login_required
@never_cache
@require_safe
def file(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the file as it was issued, byte for byte."""
    rows = Certificate.objects.select_related("teacher")
    found: Certificate = get_allowed(may_see_certificate, request.teacher, rows, uid)
    path, name = path_of(found.sha256), file_name(found)
    if not path.exists():
        raise FileGone(name)
    actions.take(found, by=request.teacher, at=timezone.now())
    return download(path.read_bytes(), name)


@login_required
@read_or_post
def issue(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Choose the days, see what the certificate would say, and issue it."""
    teacher, school = at_school(request.teacher, uid)
    is_own, day = teacher.pk == request.teacher.pk, day_of(timezone.now())
    adoptions, terms = Adoptions.of(school), terms_of(school)
    schemes = of_late(adoptions, day)
    own_from = read_career_day(teacher.cycle_from)
    periods = periods_at(terms, day, schemes, cycle_from=own_from)
    given = request.POST if request.method == "POST" else request.GET
    is_asked = request.method == "POST" or "period" in given
    offered = [(one.id, one.title) for one in schemes]
    form = SpanForm(given if is_asked else None, schemes=offered, periods=periods)
    context: dict[str, Any] = {
        "teacher_of": teacher,
        "school": school,
        "form": form,
        "is_own": is_own,
        "schemes": schemes,
    }
    if form.is_bound and form.is_valid():
        asked = Asked(
            school,
            form.cleaned_data["scheme"],
            form.cleaned_data["span"],
            day,
            tuple(one.span for one in terms),
            adoptions,
        )
        with kept_in(form):
            if request.method == "POST":
                made = actions.issue(teacher, asked, by=request.teacher, at=timezone.now())
                messages.success(request, _("证明已出具，可以下载。"))
                return redirect("certificates:certificate", uid=made.uid)
            context |= _preview(request, teacher, asked)
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "certificates/issue.html", context, status=status)


def _preview(request: TeacherRequest, teacher: Teacher, asked: Asked) -> dict[str, Any]:
    facts = certifiable(teacher, asked)
    actions.look_at_hours(teacher, by=request.teacher, at=timezone.now())
    return {"asked": asked, "ledger": facts.ledger}


@login_required
@read_or_post
def revoke(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Revoke a certificate for a reason."""
    return _end(request, uid, is_replaced=False)


@login_required
@read_or_post
def replace(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Revoke a certificate and issue one with what the ledger has now."""
    return _end(request, uid, is_replaced=True)


def _end(request: TeacherRequest, uid: UUID, *, is_replaced: bool) -> HttpResponse:
    rows = Certificate.objects.select_related(*WHOLE)
    found: Certificate = get_allowed(may_revoke_certificate, request.teacher, rows, uid)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    deed = actions.replace if is_replaced else actions.revoke

    def do(data: Any) -> str:
        made = deed(found, reason=data["reason"], by=request.teacher, at=timezone.now())
        return made.get_absolute_url()

    context = {
        "certificate": found,
        "is_replaced": is_replaced,
        "back_url": found.get_absolute_url(),
    }
    done = _("已换发，原证明作废。") if is_replaced else _("已撤销，核验页会显示原因。")
    return ask(request, form, do, done=done, page="certificates/end.html", context=context)


def school_choices(reader: Teacher) -> list[Organisation]:
    """Return the schools that `reader` certifies for, in the order of the tree."""
    return list(
        Organisation.objects.filter(
            pk__in=reader.reach("recognise_hours"), is_school=True
        ).order_by("path")[:MOST_SCHOOLS]
    )


MOST_SCHOOLS = 120

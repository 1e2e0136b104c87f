"""The texts that a school knows, and whether its schools are compared with each other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.originality import actions
from yanxiu.originality.forms import KnownTextForm
from yanxiu.originality.models import AreaComparison, KnownText
from yanxiu.originality.permissions import (
    may_allow_area,
    may_manage_known_text,
    may_see_known_text,
)
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Organisation
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _school(request: TeacherRequest) -> Organisation:
    organisation: Organisation | None = request.teacher.organisation
    if organisation is None:
        raise Http404
    return organisation


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """List the known texts that hold for the reader's school."""
    teacher, school = request.teacher, _school(request)
    rows = allowed(may_see_known_text, teacher, KnownText.objects.select_related("organisation"))
    sort = request.GET.get("sort", "")
    if sort in KnownText.Sort.values:
        rows = rows.filter(sort=sort)
    title = request.GET.get("q", "").strip()
    if title:
        rows = rows.filter(title__icontains=title)
    manages = holds_at(teacher, "manage_works", school)
    context = {
        "page": Paginator(rows.defer("text"), PER_PAGE).get_page(request.GET.get("page")),
        "sort": sort,
        "sorts": KnownText.Sort.choices,
        "title": title,
        "manages": manages,
        "school": school,
        "over_schools": manages and not school.is_school,
        "area": AreaComparison.objects.filter(organisation__in=school.lineage)
        .select_related("organisation")
        .order_by("organisation__path")
        .first(),
    }
    return show(request, "originality/home.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Load a text that is known."""
    school = _school(request)
    if not holds_at(request.teacher, "manage_works", school):
        raise Http404
    form = KnownTextForm(request.POST or None)

    def deed(data: Any) -> str:
        known = actions.add_known_text(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("originality:known_text", args=[known.uid])

    context = {
        "heading": _("添加范文或引文"),
        "back": reverse("originality:home"),
        "submit": _("添加"),
    }
    done = _("已保存，从现在起参加核对。")
    return ask(request, form, deed, done=done, page="originality/form.html", context=context)


@login_required
@require_safe
def known_text(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one known text."""
    rows = KnownText.objects.select_related("organisation", "by")
    known = get_allowed(may_see_known_text, request.teacher, rows, uid)
    manages = holds_at(request.teacher, "manage_works", known.organisation)
    return show(request, "originality/known_text.html", {"known": known, "manages": manages})


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a known text out again."""
    known = get_allowed(may_manage_known_text, request.teacher, KnownText.objects.all(), uid)
    actions.remove_known_text(known, by=request.teacher, at=timezone.now())
    messages.success(request, _("已移除，不再参加核对。"))
    return redirect("originality:home")


@login_required
@require_POST
def area(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Let the schools of an organisation be compared with each other, or stop that."""
    place = get_allowed(may_allow_area, request.teacher, Organisation.objects.all(), uid)
    deed = actions.stop_area if request.POST.get("do") == "stop" else actions.allow_area
    deed(place, by=request.teacher, at=timezone.now())
    messages.success(request, _("已改好，下一次核对起按新的范围。"))
    return redirect("originality:home")

"""Experts and own trainers: the registry, one expert with the visits, and those of a session."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.activities.actions.experts import (
    add_expert,
    change_expert,
    invite_expert,
    note_visit,
    uninvite_expert,
)
from yanxiu.activities.models import Expert, ExpertKind, ExpertVisit, Session
from yanxiu.activities.permissions import (
    may_manage_expert,
    may_manage_session,
    may_see_expert,
    may_see_session,
)
from yanxiu.activities.teaching_forms import ExpertForm, VisitForm
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])
HELD = Q(visits__came=True, visits__session__closed_at__isnull=False)


def _school(request: TeacherRequest) -> Organisation:
    organisation: Organisation | None = request.teacher.organisation
    paths = request.teacher.reach_paths("manage_sessions")
    if organisation is None or not any(organisation.path.startswith(path) for path in paths):
        raise Http404
    return organisation


def _kinds(organisations: list[int]) -> "QuerySet[ExpertKind]":
    return ExpertKind.objects.filter(Q(organisation=None) | Q(organisation__in=organisations))


def _counted(rows: "QuerySet[Expert]") -> "QuerySet[Any]":
    """Experts with how often they came, and how long altogether; only sessions that were held."""
    return (
        rows.select_related("kind")
        .annotate(times=Count("visits", filter=HELD), length=Sum("visits__minutes", filter=HELD))
        .order_by("kind__order", "name", "pk")
    )


@login_required
@require_safe
def experts(request: TeacherRequest) -> HttpResponse:
    """List who can be asked, by kind and name, with the visits of each."""
    text, kind = request.GET.get("q", "").strip()[:40], request.GET.get("kind", "")
    seen = allowed(may_see_expert, request.teacher, Expert.objects.filter(ends_on=None))
    if text:
        seen = seen.filter(
            Q(name__icontains=text) | Q(topics__icontains=text) | Q(workplace__icontains=text)
        )
    if kind:
        seen = seen.filter(kind__code=kind)
    by_kind = (
        allowed(may_see_expert, request.teacher, Expert.objects.all())
        .order_by()
        .values("kind__name")
        .annotate(times=Count("visits", filter=HELD))
        .order_by("kind__order")
    )
    context = {
        "page": Paginator(_counted(seen), PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "kind": kind,
        "kinds": _kinds([post.organisation_id for post in request.teacher.posts_today]),
        "by_kind": [row for row in by_kind if row["times"]],
        "manages": request.teacher.holds("manage_sessions"),
        "may_export": request.teacher.holds("see_sessions"),
    }
    return show(request, "activities/experts.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the visits with their fees, newest first, to whoever sees the sessions of a school."""
    if not request.teacher.holds("see_sessions"):
        raise Http404
    seen = allowed(may_see_session, request.teacher, Session.objects.all())
    visits = ExpertVisit.objects.filter(session__in=seen.values("pk")).select_related(
        "expert__kind", "session"
    )
    title = _("专家到校登记")
    content = SheetContent(
        name=title,
        title=title,
        columns=(
            SheetColumn(_("时间"), "moment"), SheetColumn(_("姓名")), SheetColumn(_("类别")),
            SheetColumn(_("单位")), SheetColumn(_("担任")), SheetColumn(_("题目")),
            SheetColumn(_("分钟"), "integer"), SheetColumn(_("费用（元）"), "decimal"),
            SheetColumn(_("到校")),
        ),
        rows=[
            (visit.session.starts_at, visit.expert.name, visit.expert.kind.name,
             visit.expert.workplace, visit.get_role_display(), visit.topic, visit.minutes,
             visit.fee, visit.came and visit.session.closed_at is not None)
            for visit in visits.order_by("-session__starts_at")
        ],
        landscape=True,
    )  # fmt: skip
    return workbook(title, content)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Register an expert, or a teacher as a trainer."""
    school = _school(request)
    posts = Post.objects.filter(held_on(today()), organisation__path__startswith=school.path)
    form = ExpertForm(
        request.POST or None,
        kinds=_kinds([school.pk]),
        teachers=Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher")),
    )

    def deed(data: Any) -> str:
        expert = add_expert(school, by=request.teacher, at=timezone.now(), **data)
        return reverse("activities:expert", args=[expert.uid])

    return ask(
        request, form, deed, done=_("已登记，安排活动时可以选。"),
        page="activities/expert_form.html", context={"heading": _("登记专家或主讲人")},
    )  # fmt: skip


@login_required
@read_or_post
def expert(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show an expert with the visits and what those who were there said of the sessions."""
    teacher = request.teacher
    found = get_allowed(may_see_expert, teacher, Expert.objects.select_related("kind"), uid)
    mine = allowed(may_manage_expert, teacher, Expert.objects.filter(pk=found.pk)).exists()
    if request.method == "POST" and not mine:
        raise Http404
    names = ("kind", "name", "workplace", "topics", "contact")
    form = ExpertForm(
        request.POST or None,
        kinds=_kinds([found.organisation_id]),
        teachers=None,
        initial={name: getattr(found, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        with kept_in(form):
            change_expert(
                found,
                tags=list(found.tags.all()),
                ends_on=today() if "end" in request.POST else None,
                by=teacher,
                at=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("已改好。"))
            return redirect("activities:expert", uid=found.uid)
    seen = allowed(may_see_session, teacher, Session.objects.all())
    visits = found.visits.filter(session__in=seen.values("pk")).select_related("session__unit")
    context = {
        "expert": found,
        "form": form if mine else None,
        "visits": list(visits.order_by("-session__starts_at")[:PER_PAGE]),
        "plans": teacher.holds("manage_sessions") or bool(teacher.leads),
    }
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/expert.html", context, status=status)


@login_required
@read_or_post
def session_experts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask experts to a session, take an invitation back, or note who did not come."""
    rows = Session.objects.select_related("activity", "organisation")
    found = get_allowed(may_manage_session, request.teacher, rows, uid)
    offered = allowed(may_see_expert, request.teacher, Expert.objects.filter(ends_on=None))
    form = VisitForm(
        request.POST if "expert" in request.POST else None,
        experts=offered.exclude(visits__session=found),
        initial={"topic": found.title, "minutes": found.minutes},
    )
    if request.method == "POST":
        if "expert" not in request.POST:
            return _noted(request, found)
        if form.is_valid():
            with kept_in(form):
                data = {**form.cleaned_data, "minutes": form.cleaned_data["minutes"] or 0}
                invite_expert(found, by=request.teacher, at=timezone.now(), **data)
                messages.success(request, _("已记入这一场。"))
                return redirect("activities:session_experts", uid=found.uid)
    context = {
        "session": found,
        "form": form,
        "visits": found.visits.select_related("expert__kind"),
        "any_offered": offered.exists(),
        "manages": request.teacher.holds("manage_sessions"),
    }
    status = UNPROCESSABLE if form.errors else 200
    return show(request, "activities/session_experts.html", context, status=status)


def _noted(request: TeacherRequest, found: Session) -> HttpResponse:
    wanted = request.POST.get("visit", "")
    visit = get_object_or_404(
        found.visits.select_related("expert", "session"), pk=whole_number(wanted) or 0
    )
    by: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if "away" in request.POST:
        uninvite_expert(visit, **by)
        messages.success(request, _("已去掉。"))
    else:
        note_visit(visit, came="came" in request.POST, **by)
        messages.success(request, _("已记下。"))
    return redirect("activities:session_experts", uid=found.uid)

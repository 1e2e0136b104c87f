"""Public notices: the list, putting one up, reading it, objecting to it, taking it down."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.rules.calendars import Calendar
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Organisation, Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.forms import PublishForm, TakeDownForm, TextForm
from yanxiu.recognition.models import Publication
from yanxiu.recognition.permissions import may_manage_publication, may_see_publication
from yanxiu.recognition.queries.publishing import (
    name_in,
    notices_of,
    people_of,
    person_at,
)
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import day_text

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _rows() -> Any:
    return Publication.objects.select_related("organisation").defer("lines")


def _school(request: TeacherRequest) -> Organisation:
    school: Organisation | None = request.teacher.organisation
    if school is None or not holds_at(request.teacher, "recognise_hours", school):
        raise Http404
    return school


@login_required
@require_safe
def publications(request: TeacherRequest) -> HttpResponse:
    """List the notices that are up, and for officers those that were."""
    rows = allowed(may_see_publication, request.teacher, _rows()).order_by("-starts_on", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    day = day_of(timezone.now())
    context = {
        "page": page,
        "lines": [(one, one.is_up(day)) for one in page.object_list],
        "manages": request.teacher.holds("recognise_hours"),
        "today": day,
    }
    return show(request, "recognition/publications.html", context)


@login_required
@read_or_post
def publish(request: TeacherRequest) -> HttpResponse:
    """Put up a notice for the reader's own school, once it was seen as it will stand there."""
    school, at = _school(request), timezone.now()
    day = day_of(at)
    known = {one.scheme.id: one for one in notices_of(school, day)}
    first = next(iter(known.values()), None)
    year = Calendar(first.scheme.cycle).span("year", day) if first else Span(day, day)
    form = PublishForm(
        request.POST or None,
        schemes=[(code, one.scheme.title) for code, one in known.items()],
        initial={
            "title": _("%(school)s教师研修学时公示") % {"school": school.name},
            "span_from": year.start,
            "span_last": day,
            "starts_on": day,
        },
    )

    context: dict[str, Any] = {"notice": first, "days": first.rules.days(day) if first else 0}

    def asked(data: Any) -> dict[str, Any]:
        return {
            "organisation": school,
            "notice": known[data["scheme"]],
            "span": Span(data["span_from"], data["span_last"] + timedelta(days=1)),
            "title": data["title"],
            "starts_on": data["starts_on"],
            "by": request.teacher,
            "at": at,
        }

    if request.method == "POST" and request.POST.get("do") != "publish" and form.is_valid():
        with kept_in(form):
            made = actions.draft(**asked(form.cleaned_data))
            context |= {
                "found": made,
                "people": people_of(made, request.teacher),
                "shows": set(made.fields),
                "last": made.ends_on - timedelta(days=1),
            }
        status = UNPROCESSABLE if form.errors else 200
        return show(request, "recognition/publish.html", {**context, "form": form}, status=status)

    def deed(data: Any) -> str:
        return reverse("recognition:publication", args=[actions.publish(**asked(data)).uid])

    begins = form.cleaned_data.get("starts_on", day) if form.is_valid() else day
    done = (
        _("公示已发布，%(day)s开始，那天会通知本校的人。") % {"day": day_text(begins)}
        if begins > day
        else _("公示已发布，今天开始，已经通知本校的人。")
    )
    return ask(
        request, form, deed, done=done,
        page="recognition/publish.html", context=context,
    )  # fmt: skip


@login_required
@require_safe
def publication(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a notice with the fields and masks of its scheme."""
    rows = Publication.objects.select_related("organisation")
    found = get_allowed(may_see_publication, request.teacher, rows, uid)
    manages = holds_at(request.teacher, "recognise_hours", found.organisation)
    context = {
        "found": found,
        "people": people_of(found, request.teacher),
        "shows": set(found.fields),
        "is_up": found.is_up(day_of(timezone.now())),
        "last": found.ends_on - timedelta(days=1),
        "span_last": found.span_to - timedelta(days=1),
        "manages": manages,
        "form": TakeDownForm(),
        "objections": found.objections.select_related("raised_by", "teacher") if manages else [],
    }
    return show(request, "recognition/publication.html", context)


@login_required
@require_POST
def take_down(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a notice down before its end."""
    found = get_allowed(may_manage_publication, request.teacher, _rows(), uid)
    actions.take_down(
        found, because=request.POST.get("because", ""), by=request.teacher, at=timezone.now()
    )
    messages.success(request, _("公示已撤下。"))
    return redirect("recognition:publication", uid=found.uid)


@login_required
@read_or_post
def object_to_line(request: TeacherRequest, uid: UUID, number: int) -> HttpResponse:
    """Object to what a notice says about somebody."""
    rows = Publication.objects.select_related("organisation")
    found = get_allowed(may_see_publication, request.teacher, rows, uid)
    person = person_at(found, number)
    if person is None:
        raise Http404
    about = get_object_or_404(Teacher, uid=person)
    name = name_in(found, about.name, is_own=about == request.teacher)
    form = TextForm(request.POST or None)

    def deed(data: Any) -> str:
        made = actions.object_to_line(
            found, about, text=data["text"], by=request.teacher, at=timezone.now()
        )
        return reverse("recognition:objection", args=[made.uid])

    return ask(
        request, form, deed, done=_("异议已提交，答复会通知您。"),
        page="recognition/object_line.html", context={"found": found, "name": name},
    )  # fmt: skip

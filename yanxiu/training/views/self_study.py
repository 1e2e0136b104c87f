"""Self-study: writing a note, and reading the notes of others."""

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

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.training import actions
from yanxiu.training.forms import StudyForm
from yanxiu.training.models import SelfStudy, SeriesPart
from yanxiu.training.permissions import (
    may_change_self_study,
    may_read_self_study,
    may_see_part,
    may_see_self_study,
)
from yanxiu.training.views.reader import leads_or_sees, own_school, tags_for
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])
JOINED = ("teacher", "organisation", "part__series")


@login_required
@require_safe
def studies(request: TeacherRequest) -> HttpResponse:
    """List one's own notes, or those this reader reads."""
    teacher = request.teacher
    wide = leads_or_sees(teacher)
    mine = not wide or request.GET.get("whose") != "all"
    rows = allowed(
        may_change_self_study if mine else may_see_self_study,
        teacher,
        SelfStudy.objects.select_related("teacher"),
    )
    if request.GET.get("state") in SelfStudy.State.values:
        rows = rows.filter(state=request.GET["state"])
    waiting = allowed(may_read_self_study, teacher, SelfStudy.objects.all())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "mine": mine,
        "wide": wide,
        "waiting": waiting.filter(state=SelfStudy.State.SENT).count() if wide else 0,
    }
    return show(request, "training/studies.html", context)


def _part(request: TeacherRequest) -> SeriesPart | None:
    uid = request.GET.get("part", "")
    if not uid:
        return None
    try:
        wanted = UUID(uid)
    except ValueError as nonsense:
        raise Http404 from nonsense
    rows = SeriesPart.objects.filter(kind=SeriesPart.Kind.SELF_STUDY)
    return get_allowed(may_see_part, request.teacher, rows, wanted)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Write a note, for a part of a series (`?part=`) or free."""
    school, part = own_school(request), _part(request)
    form = StudyForm(
        request.POST or None,
        tags=tags_for(request.teacher, today()),
        initial={"happened_on": today(), "title": part.title if part else ""},
    )

    def deed(data: Any) -> str:
        study = actions.send_study(school, part=part, by=request.teacher, at=timezone.now(), **data)
        return reverse("training:study", args=[study.uid])

    context = {"heading": _("写一份自学记录"), "back": reverse("training:studies"), "keep": "study"}
    done = _("已交，审阅后计入自学。")
    return ask(request, form, deed, done=done, page="training/form.html", context=context)


@login_required
@require_safe
def study(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a note."""
    rows = SelfStudy.objects.select_related(*JOINED)
    found = get_allowed(may_see_self_study, request.teacher, rows, uid)
    this = SelfStudy.objects.filter(pk=found.pk, state=SelfStudy.State.SENT)
    reads = allowed(may_read_self_study, request.teacher, this).exists()
    context = {
        "study": found,
        "tags": found.tags.all(),
        "reads": reads,
        "mine": found.teacher_id == request.teacher.pk,
    }
    return show(request, "training/study.html", context)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a returned note right and hand it in again."""
    rows = SelfStudy.objects.select_related(*JOINED)
    found = get_allowed(may_change_self_study, request.teacher, rows, uid)
    if found.state != SelfStudy.State.RETURNED and request.method != "POST":
        return redirect("training:study", uid=found.uid)
    names = ("title", "note", "happened_on", "minutes")
    form = StudyForm(
        request.POST or None,
        tags=tags_for(request.teacher, today()),
        initial={**{name: getattr(found, name) for name in names}, "tags": found.tags.all()},
    )

    def deed(data: Any) -> str:
        actions.send_study(
            found.organisation, returned=found, by=request.teacher, at=timezone.now(), **data
        )
        return reverse("training:study", args=[found.uid])

    context = {"heading": _("改好再交"), "back": reverse("training:study", args=[found.uid])}
    done = _("已再次交出。")
    return ask(request, form, deed, done=done, page="training/form.html", context=context)


@login_required
@require_POST
def read(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Accept a note, or return it with a word."""
    rows = SelfStudy.objects.select_related(*JOINED)
    found = get_allowed(may_read_self_study, request.teacher, rows, uid)
    comment = request.POST.get("comment", "")[:200]
    deed = actions.return_study if request.POST.get("do") == "return" else actions.accept_study
    deed(found, comment=comment, by=request.teacher, at=timezone.now())
    messages.success(request, _("已办理，本人会收到通知。"))
    return redirect("training:study", uid=found.uid)

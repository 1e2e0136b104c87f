"""The list of calls, one call, opening and changing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.works.calls import actions, queries
from yanxiu.works.calls.forms import CallForm, initial_of
from yanxiu.works.models import BlindReview, CallEntry, CallForPapers
from yanxiu.works.permissions import (
    may_enter_call,
    may_manage_call,
    may_review,
    may_see_call,
)
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.views.reader import PER_PAGE, chosen, manager_of, read_or_post

State = CallForPapers.State
MOST_MINE = 8


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """List the calls, what the reader has entered, and what waits for the reader's review."""
    teacher = request.teacher
    rows = allowed(may_see_call, teacher, CallForPapers.objects.select_related("organisation"))
    state = chosen(request.GET.get("state", ""), State.values)
    if state:
        rows = rows.filter(state=state)
    mine = CallEntry.objects.filter(teacher=teacher, withdrawn_at=None).select_related("call")
    waiting = BlindReview.objects.filter(
        may_review(teacher),
        state=BlindReview.State.ASSIGNED,
        entry__call__state=State.REVIEWING,
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": State.choices,
        "mine": mine.order_by("-entered_at")[:MOST_MINE],
        "waiting": waiting.count(),
        "manages": teacher.holds("manage_works"),
        "today": today(),
    }
    return show(request, "works/calls/home.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Open a call."""
    school = manager_of(request)
    form = CallForm(request.POST or None, kinds=kinds_for(school, today()))

    def deed(_data: Any) -> str:
        made = actions.open_call(school, form.facts, by=request.teacher, at=timezone.now())
        return reverse("works:calls:call", args=[made.uid])

    done = _("已发布，老师们会收到通知。")
    return ask(request, form, deed, done=done, page="works/calls/edit.html", context={})


def managed(request: TeacherRequest, uid: UUID) -> CallForPapers:
    """Return the call if this reader manages it, else 404."""
    rows = CallForPapers.objects.select_related("organisation")
    return get_allowed(may_manage_call, request.teacher, rows, uid)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change a call while it is open."""
    found = managed(request, uid)
    kinds = {*kinds_for(found.organisation, today()), *found.kinds.all()}
    form = CallForm(
        request.POST or None,
        kinds=sorted(kinds, key=lambda kind: (kind.order, kind.pk)),
        initial=initial_of(found),
    )

    def deed(_data: Any) -> str:
        actions.change_call(found, form.facts, by=request.teacher, at=timezone.now())
        return reverse("works:calls:call", args=[found.uid])

    context = {"call": found}
    return ask(
        request, form, deed, done=_("已保存。"), page="works/calls/edit.html", context=context
    )


@login_required
@require_safe
def call(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what is asked for, until when, and what the reader has entered."""
    teacher = request.teacher
    rows = queries.with_counts(CallForPapers.objects.select_related("organisation"))
    found = get_allowed(may_see_call, teacher, rows, uid)
    this = CallForPapers.objects.filter(pk=found.pk)
    mine = found.entries.filter(work__authors__teacher=teacher, withdrawn_at=None).distinct()
    context = {
        "call": found,
        "kinds": found.kinds.all(),
        "criteria": found.criteria.all(),
        "mine": mine,
        "enters": found.state == State.OPEN
        and today() <= found.closes_on
        and allowed(may_enter_call, teacher, this).exists(),
        "manages": allowed(may_manage_call, teacher, this).exists(),
        "given": BlindReview.objects.filter(entry__call=found, reviewer=teacher).exists(),
        "reopens": found.state == State.REVIEWING
        and not BlindReview.objects.filter(entry__call=found).exists(),
        "today": today(),
    }
    return show(request, "works/calls/call.html", context)


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Close it, open it again, or call it off."""
    found = managed(request, uid)
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    what = request.POST.get("do", "")
    if what == "close":
        actions.close_call(found, **given)
        messages.success(request, _("已截稿，作品已抽签编号。"))
    elif what == "reopen":
        day = _day(request.POST.get("closes_on", ""))
        actions.reopen_call(found, closes_on=day, **given)
        messages.success(request, _("已重新开放。"))
    elif what == "cancel":
        actions.cancel_call(found, **given)
        messages.success(request, _("已取消，报了作品的老师会收到通知。"))
    return redirect("works:calls:call", uid=found.uid)


def _day(text: str) -> Any:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise BadInput(_("没有写新的截止日期，没有开放。请选一个日期。"))
    return day

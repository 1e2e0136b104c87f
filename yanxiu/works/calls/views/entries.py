"""Entering a work, seeing how it will look without names, and the office's list of entries."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.works import actions as works
from yanxiu.works.calls import actions, queries
from yanxiu.works.calls.forms import EnterForm
from yanxiu.works.calls.paper import paper
from yanxiu.works.calls.views.calls import managed
from yanxiu.works.models import CallEntry, CallForPapers
from yanxiu.works.permissions import may_enter_call, may_see_entry, may_withdraw_entry
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.views.importing import is_read_later
from yanxiu.works.views.reader import PER_PAGE, own_school, read_or_post

MOST_OFFERED = 60


@login_required
@read_or_post
def enter(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Choose one of the own works and enter it."""
    rows = CallForPapers.objects.select_related("organisation")
    found = get_allowed(may_enter_call, request.teacher, rows, uid)
    offered = {
        str(work.uid): work
        for work in queries.works_to_enter(found, request.teacher)[:MOST_OFFERED]
    }
    choices = [(key, f"{work.title}（{work.kind.name}）") for key, work in offered.items()]
    school = own_school(request)
    asked = list(found.kinds.all())
    order = sorted(asked or kinds_for(school, today()), key=lambda kind: not kind.is_long)
    kinds = {str(kind.uid): kind for kind in order}
    form = EnterForm(
        request.POST or None, request.FILES or None,
        works=choices, kinds=[(key, kind.name) for key, kind in kinds.items()],
    )  # fmt: skip
    waits = is_read_later(request)

    def deed(data: Any) -> str:
        at = timezone.now()
        if not data["file"]:
            made = actions.enter(found, offered[data["work"]], by=request.teacher, at=at)
            return reverse("works:calls:entry", args=[made.uid])
        kind, name, text = kinds[data["kind"]], data["file"].name, data["file"].read()
        if waits:
            work = works.import_work(
                kind, text, name=name, organisation=school, by=request.teacher, at=at
            )
            return reverse("works:work", args=[work.uid])
        made = actions.enter_file(found, kind, text, name=name, by=request.teacher, at=at)
        return reverse("works:calls:entry", args=[made.uid])

    done = _("已报上。截稿以前可以撤回。")
    if found.way == CallForPapers.Way.REVIEW:
        done = _("已报上。请看一眼评审的人将看到的样子。")
    if waits:
        done = _("这个文件要读一会儿，已存成草稿，还没有报上。读好以后回到征集里选它。")
    context = {"call": found, "offered": bool(offered)}
    return ask(request, form, deed, done=done, page="works/calls/enter.html", context=context)


def _seen(request: TeacherRequest, uid: UUID) -> CallEntry:
    rows = CallEntry.objects.select_related("call__organisation", "work__kind", "organisation")
    return get_allowed(may_see_entry, request.teacher, rows, uid)


@login_required
@require_safe
def entry(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show an entry to its author: as reviewers read it, and what came of it."""
    found = _seen(request, uid)
    teacher = request.teacher
    announced = found.call.state == CallForPapers.State.ANNOUNCED
    this = CallEntry.objects.filter(pk=found.pk, withdrawn_at=None)
    context = {
        "entry": found,
        "call": found.call,
        "authors": found.work.authors.all(),
        "announced": announced,
        "words": queries.words_to_authors(found) if announced else [],
        "withdraws": found.call.state == CallForPapers.State.OPEN
        and allowed(may_withdraw_entry, teacher, this).exists(),
        "files": found.work.has_file,
    }
    return show(request, "works/calls/entry.html", context)


@login_required
@require_safe
def blind_pdf(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the author what reviewers will get."""
    return pdf_of(_seen(request, uid))


def pdf_of(found: CallEntry) -> HttpResponse:
    """Give the blind copy under a name that says the number alone."""
    answer = download(paper(found), f"{found.number or 0:02d}号作品.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take an entry back."""
    rows = CallEntry.objects.select_related("call")
    found = get_allowed(may_withdraw_entry, request.teacher, rows, uid)
    actions.withdraw_entry(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤回。作品还在，可以改了再报。"))
    return redirect("works:calls:call", uid=found.call.uid)


@login_required
@require_safe
def entries(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """List for the office what was entered, and from which school."""
    found = managed(request, uid)
    page = Paginator(queries.entries_of(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {"call": found, "page": page, "many": not found.organisation.is_school}
    return show(request, "works/calls/entries.html", context)

"""Reviewing blindly: the own list, one paper by its number, its scores."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.works.calls import actions
from yanxiu.works.calls.forms import ScoreForm
from yanxiu.works.calls.views.entries import pdf_of
from yanxiu.works.models import BlindReview, CallForPapers
from yanxiu.works.permissions import may_review
from yanxiu.works.views.reader import read_or_post

MOST = 200


def _rows() -> "QuerySet[BlindReview]":
    # No author is joined: what a page does not have, it cannot show.
    return BlindReview.objects.select_related("entry__call")


@login_required
@require_safe
def mine(request: TeacherRequest) -> HttpResponse:
    """List what the reader is given to review, by call and number."""
    rows = allowed(may_review, request.teacher, _rows())
    shown = rows.exclude(entry__call__state=CallForPapers.State.CANCELLED)
    context = {"reviews": shown.order_by("-entry__call__closes_on", "entry__number")[:MOST]}
    return show(request, "works/calls/reviews.html", context)


@login_required
@read_or_post
def review(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a paper by its number, and take its scores."""
    found = get_allowed(may_review, request.teacher, _rows(), uid)
    call = found.entry.call
    initial: dict[str, Any] = {f"score_{key}": value for key, value in found.scores.items()}
    initial |= {"comment": found.comment, "remark": found.remark}
    form = ScoreForm(request.POST or None, criteria=call.criteria.all(), initial=initial)

    def deed(data: Any) -> str:
        actions.score(
            found,
            form.scores,
            comment=data["comment"],
            remark=data["remark"],
            by=request.teacher,
            at=timezone.now(),
        )
        return _next(request, found)

    context = {
        "review": found,
        "number": found.entry.number,
        "title": found.entry.blind_title,
        "lines": [line for line in found.entry.blind_text.split("\n") if line.strip()],
        "call_title": call.title,
        "open": call.state == CallForPapers.State.REVIEWING,
        "left": _waiting(request, found).count(),
    }
    done = _("%(number)02d号已保存，公布以前都可以改。") % {"number": found.entry.number or 0}
    return ask(request, form, deed, done=done, page="works/calls/review.html", context=context)


def _waiting(request: TeacherRequest, found: BlindReview) -> "QuerySet[BlindReview]":
    """Return what else of the same call the reader has still to score, by number."""
    rows = allowed(may_review, request.teacher, _rows()).filter(
        entry__call=found.entry.call_id, state=BlindReview.State.ASSIGNED
    )
    return rows.exclude(pk=found.pk).order_by("entry__number")


def _next(request: TeacherRequest, found: BlindReview) -> str:
    """Return where to go on: the next paper of the call, or the list when all are scored."""
    one = _waiting(request, found).first()
    if one is None:
        return reverse("works:calls:reviews")
    return reverse("works:calls:review", args=[one.uid])


@login_required
@require_POST
def decline(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give a paper back."""
    found = get_allowed(may_review, request.teacher, _rows(), uid)
    actions.decline(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已回避，主办的老师会另请一位。"))
    return redirect(_next(request, found))


@login_required
@require_safe
def paper_pdf(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the paper to print or to read without a network."""
    return pdf_of(get_allowed(may_review, request.teacher, _rows(), uid).entry)

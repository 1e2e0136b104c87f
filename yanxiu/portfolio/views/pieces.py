"""What a teacher puts into the own file by hand, or brings along from elsewhere."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.portfolio import actions
from yanxiu.portfolio.forms import ArchiveForm, PieceForm
from yanxiu.portfolio.models import Arrival, Piece
from yanxiu.portfolio.permissions import (
    may_change_piece,
    may_see_piece,
    may_take_back_arrival,
)
from yanxiu.portfolio.queries.categories import sections_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put(request: TeacherRequest) -> HttpResponse:
    """Put something into one's own file."""
    teacher, now = request.teacher, timezone.now()
    form = PieceForm(
        request.POST or None,
        request.FILES or None,
        sections=sections_of(teacher.organisation),
        initial={"on": day_of(now), "category": request.GET.get("category", "")},
    )

    def deed(data: Any) -> str:
        piece = actions.put_piece(
            teacher,
            category=data["category"],
            on=data["on"],
            title=data["title"],
            text=data["text"],
            file=form.upload,
            by=teacher,
            at=now,
        )
        return reverse("portfolio:piece", args=[piece.uid])

    context = {
        "heading": _("放入一份材料"),
        "lead": _("已经在系统里的活动、培训、计划会自动收进来，不用再放"),
        "back": reverse("portfolio:file"),
        "keep": "piece",
        "submit": _("放入"),
    }
    return ask(
        request, form, deed, done=_("已放入您的成长档案。"), page="portfolio/form.html",
        context=context,
    )  # fmt: skip


@login_required
@require_safe
def piece(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one piece."""
    rows = Piece.objects.filter(removed_at=None).select_related("teacher", "arrival")
    found = get_allowed(may_see_piece, request.teacher, rows, uid)
    mine = found.teacher_id == request.teacher.pk
    context = {
        "piece": found,
        "mine": mine,
        "removable": mine and found.arrival_id is None,
        "papers": Attachment.objects.filter(
            source_kind=Piece.SOURCE_KIND, source_id=found.uid
        ).order_by("id"),
    }
    return show(request, "portfolio/piece.html", context)


@login_required
@require_POST
def remove(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take out of one's own file what was put in by hand."""
    found = get_allowed(may_change_piece, request.teacher, Piece.objects.all(), uid)
    actions.remove_piece(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已从成长档案里取出。"))
    return redirect("portfolio:file")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: TeacherRequest) -> HttpResponse:
    """Read the archive of one's own file from elsewhere."""
    teacher = request.teacher
    form = ArchiveForm(request.POST or None, request.FILES or None)

    def deed(data: Any) -> str:
        with tempfile.TemporaryDirectory(prefix="yanxiu-") as folder:
            path = Path(folder) / "archive.zip"
            with path.open("wb") as target:
                for chunk in data["archive"].chunks():
                    target.write(chunk)
            found = actions.bring(
                teacher, path, by=teacher, at=timezone.now(), is_own=data["is_mine"]
            )
        counts = {"new": found.new, "known": found.known}
        messages.success(
            request, _("读入 %(new)s 条，原来已有 %(known)s 条；每个文件都与校验值相符。") % counts
        )
        return reverse("portfolio:file") + "?period=all"

    context = {
        "heading": _("带来以前的成长档案"),
        "lead": _("作为以前的经历保存，注明来自哪里；不认定学时"),
        "back": reverse("portfolio:file"),
        "submit": _("核对并读入"),
        "arrivals": Arrival.objects.filter(teacher=teacher).annotate(
            pieces_here=Count("pieces", filter=Q(pieces__removed_at=None))
        ),
    }
    return ask(
        request, form, deed, done=_("已读入。"), page="portfolio/bring.html", context=context
    )


@login_required
@require_POST
def take_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take all that came with one archive out of one's own file again."""
    arrival = get_allowed(may_take_back_arrival, request.teacher, Arrival.objects.all(), uid)
    count = actions.take_back(arrival, by=request.teacher, at=timezone.now())
    done = _("已撤回这次读入，%(count)s 条不再在您的档案里。要用时再读入一次就回来。")
    messages.success(request, done % {"count": count})
    return redirect("portfolio:bring")

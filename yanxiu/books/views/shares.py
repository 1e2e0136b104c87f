"""What was shared: one by one, and the library of what its authors let the school keep."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.books import actions
from yanxiu.books.forms import ShareForm
from yanxiu.books.models import ReadingShare
from yanxiu.books.permissions import may_choose_share, may_own_share, may_see_share
from yanxiu.books.queries.doors import doors_of_shares
from yanxiu.books.views.reader import LONGEST_WORD, PER_PAGE, own_school, read_or_post
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

JOINED = ("teacher", "session", "reading_round__book", "work")


@login_required
@require_safe
def library(request: TeacherRequest) -> HttpResponse:
    """List what is in the library; one's own that wait for an answer stand above it."""
    teacher = request.teacher
    own_school(request)
    rows = allowed(may_see_share, teacher, ReadingShare.objects.all())
    rows = rows.filter(library=ReadingShare.Library.AGREED).select_related(*JOINED)
    rows = doors_of_shares(rows, teacher)
    if words := request.GET.get("q", "").strip()[:LONGEST_WORD]:
        rows = rows.filter(
            Q(about__icontains=words)
            | Q(text__icontains=words)
            | Q(reading_round__book__title__icontains=words)
            | Q(session__reading__book__title__icontains=words)
        )
    asked = ReadingShare.objects.filter(teacher=teacher, library=ReadingShare.Library.ASKED)
    context = {
        "page": Paginator(rows.order_by("-shared_at", "-pk"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "asked": doors_of_shares(asked.select_related(*JOINED), teacher),
        "words": words,
    }
    return show(request, "books/library.html", context)


@login_required
@require_safe
def one(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one share."""
    teacher = request.teacher
    rows = doors_of_shares(ReadingShare.objects.select_related(*JOINED), teacher)
    found = get_allowed(may_see_share, teacher, rows, uid)
    this = ReadingShare.objects.filter(pk=found.pk)
    context = {
        "share": found,
        "mine": found.teacher_id == teacher.pk,
        "chooses": allowed(may_choose_share, teacher, this).exists(),
    }
    return show(request, "books/share.html", context)


def _own(request: TeacherRequest, uid: UUID) -> ReadingShare:
    rows = ReadingShare.objects.select_related(*JOINED)
    return get_allowed(may_own_share, request.teacher, rows, uid)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put right what one has said."""
    found = _own(request, uid)
    form = ShareForm(request.POST or None, initial={"about": found.about, "text": found.text})

    def deed(data: Any) -> str:
        actions.change_share(
            found, text=data["text"], about=data["about"], by=request.teacher, at=timezone.now()
        )
        return reverse("books:share", args=[found.uid])

    back = reverse("books:share", args=[found.uid])
    context = {"heading": _("改这段分享"), "back": back}
    return ask(request, form, deed, done=_("已保存。"), page="books/form.html", context=context)


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Propose it for the library, answer to that, or take back what one has said."""
    word, given = request.POST.get("do", ""), {"by": request.teacher, "at": timezone.now()}
    if word == "choose":
        rows = ReadingShare.objects.select_related("teacher")
        found = get_allowed(may_choose_share, request.teacher, rows, uid)
        actions.choose_share(found, **given)  # type: ignore[arg-type]
        messages.success(request, _("已问作者。作者同意以后才进分享库。"))
    elif word in {"agree", "decline"}:
        found = actions.answer_choice(_own(request, uid), agrees=word == "agree", **given)  # type: ignore[arg-type]
        messages.success(
            request,
            _("已放进分享库，谢谢；随时可以拿出来。")
            if word == "agree"
            else _("好，不放进分享库。"),
        )
    elif word == "take_back":
        found = _own(request, uid)
        back = _where(found)
        actions.take_back_share(found, **given)  # type: ignore[arg-type]
        messages.success(request, _("已收回这段分享。"))
        return redirect(back)
    else:
        raise Http404
    return redirect("books:share", uid=uid)


def _where(found: ReadingShare) -> str:
    if found.session:
        return reverse("books:meeting", args=[found.session.uid])
    if found.reading_round:
        return reverse("books:round", args=[found.reading_round.uid])
    return reverse("books:home")

"""One reading record: what its reader wrote, as far as others may see it, and the deeds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yanxiu.books import actions
from yanxiu.books.forms import ExcerptForm
from yanxiu.books.models import Excerpt, ReadingRecord
from yanxiu.books.permissions import may_see_record
from yanxiu.books.queries.mine import notes_about
from yanxiu.books.views.reader import JOINED
from yanxiu.books.views.writing import own_record
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.ui.asking import kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_SHOWN = 200
State = ReadingRecord.State


def _page(request: TeacherRequest, found: ReadingRecord, form: ExcerptForm) -> dict[str, Any]:
    mine = found.teacher_id == request.teacher.pk
    excerpts = found.excerpts.all() if mine else found.excerpts.filter(is_shared=True)
    return {
        "record": found,
        "mine": mine,
        "excerpts": excerpts[:MOST_SHOWN],
        "notes": notes_about(found, request.teacher),
        "told_to": ReadingRecord.ToldTo.choices,
        "form": form,
    }


@login_required
@require_safe
def record(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a record: all of it to its reader, to others what they may see."""
    rows = ReadingRecord.objects.select_related(*JOINED)
    found = get_allowed(may_see_record, request.teacher, rows, uid)
    return show(request, "books/record.html", _page(request, found, ExcerptForm()))


STATES = {
    "reading": gettext_lazy("好，接着读。"),
    "read": gettext_lazy("读完了，祝贺。写几句心得也在这一页。"),
    "aside": gettext_lazy("已放下，想读的时候再拿起来。"),
    "want": gettext_lazy("已记在“想读”里。"),
}


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say how far one is, put the record away, take it out again."""
    found, word = own_record(request, uid), request.POST.get("do", "")
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if word in STATES:
        actions.change_state(found, word, **given)
        messages.success(request, STATES[word])
    elif word == "drop":
        actions.drop_record(found, **given)
        messages.success(request, _("已放进“删掉的”，随时可以恢复。"))
    elif word == "take_out":
        actions.take_out_record(found, **given)
        messages.success(request, _("已恢复。"))
    else:
        raise Http404
    return redirect("books:record", uid=found.uid)


@login_required
@require_POST
def tell(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say who else may see it."""
    found = own_record(request, uid)
    told_to = request.POST.get("told_to", "")
    found = actions.tell_record(found, told_to, by=request.teacher, at=timezone.now())
    who = {"name": found.get_told_to_display()}
    messages.success(request, _("现在是：%(name)s。札记始终只有您自己看得到。") % who)
    return redirect("books:record", uid=found.uid)


@login_required
@require_POST
def note(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Begin a 读书心得 or 读书笔记 about the book, or go on with the draft."""
    found = own_record(request, uid)
    kind = request.POST.get("kind", "")
    work = actions.write_note(found, kind, by=request.teacher, at=timezone.now())
    return redirect("works:edit", uid=work.uid)


@login_required
@require_POST
def excerpt_add(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Copy something out."""
    found = own_record(request, uid)
    form = ExcerptForm(request.POST)
    if form.is_valid():
        with kept_in(form):
            actions.add_excerpt(found, by=request.teacher, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已摘下。"))
            return redirect("books:record", uid=found.uid)
    return show(request, "books/record.html", _page(request, found, form), status=UNPROCESSABLE)


@login_required
@require_POST
def excerpt_do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Share an excerpt, keep it to oneself again, or take it out."""
    rows = Excerpt.objects.select_related("record")
    found = rows.filter(record__teacher=request.teacher, uid=uid).first()
    word = request.POST.get("do", "")
    if found is None or word not in {"share", "keep", "remove"}:
        raise Http404
    if word == "remove":
        actions.remove_excerpt(found, by=request.teacher)
        messages.success(request, _("已删掉这一段摘录。"))
    else:
        shared = word == "share"
        actions.share_excerpt(found, is_shared=shared, by=request.teacher, at=timezone.now())
        messages.success(
            request,
            _("看得到这条记录的同事也看得到这一段。")
            if shared
            else _("这一段又只有您自己看得到。"),
        )
    return redirect("books:record", uid=found.record.uid)

"""One person of a sample: for the checker, for the person, and as a letter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.queries.looks import CHECKING
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.verification import actions
from yanxiu.verification.documents import letter
from yanxiu.verification.forms import AnswerForm, GiveForm, MarkForm
from yanxiu.verification.models import CheckMark, Sampled
from yanxiu.verification.permissions import may_check, may_see_sampled
from yanxiu.verification.queries.sampling import can_check_instead, records_to_check

MOST = 200
State = Sampled.State
OPEN = frozenset({State.WAITING, State.ANSWERED})


def _row(request: TeacherRequest, uid: UUID) -> Sampled:
    rows = Sampled.objects.select_related("check_of__organisation", "teacher", "checker", "school")
    return get_allowed(may_see_sampled, request.teacher, rows, uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sampled(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the records that are checked, and let the checker leave a mark and a comment."""
    row = _row(request, uid)
    reader, now = request.teacher, timezone.now()
    form = MarkForm(request.POST or None)
    if request.method == "POST":
        if not allowed(may_check, reader, Sampled.objects.filter(pk=row.pk)).exists():
            raise Http404
        if form.is_valid():
            with kept_in(form):
                data = form.cleaned_data
                passed = data["passed"] == "yes"
                actions.mark(row, passed=passed, comment=data["comment"], by=reader, at=now)
                messages.success(request, _("已保存，本人看得到。"))
                return redirect("verification:mine")
    note_look([row.teacher], CHECKING, by=reader, at=now)
    read = records_to_check(row.teacher, row.check_of.span, reader)
    checks = row.checker_id == reader.pk and row.check_of.called_off_at is None
    own = row.teacher_id == reader.pk
    marks = list(row.marks.all())
    context = {
        "row": row,
        "check": row.check_of,
        "form": form,
        "marks": marks,
        "steps": _steps(row, marks),
        "schemes": read.schemes,
        "read": read.records[:MOST],
        "count": len(read.records),
        "checks": checks and row.state in OPEN,
        "own": own,
        "answers": own and row.state == State.REDO,
        "answer_form": AnswerForm(),
        "letter": any(not mark.passed for mark in marks),
        "hours_open": reader.holds("see_hours") and not own,
        "runs": holds_at(reader, "recognise_hours", row.check_of.organisation),
        "can_be_given": row.state in OPEN and row.check_of.called_off_at is None,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return show(request, "verification/sampled.html", context, status=status)


def _steps(row: Sampled, marks: list[CheckMark]) -> list[tuple[datetime, CheckMark | None]]:
    """Return marks by their time, and None for the person's answer between them."""
    steps: list[tuple[datetime, CheckMark | None]] = [(mark.at, mark) for mark in marks]
    if row.answered_at:
        steps.append((row.answered_at, None))
    return sorted(steps, key=lambda step: step[0])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sampled_give(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give one person to another checker."""
    row = _row(request, uid)
    if not holds_at(request.teacher, "recognise_hours", row.check_of.organisation):
        raise Http404
    others = can_check_instead(row, today())
    back = reverse("verification:sampled", args=[uid])

    def deed(data: Mapping[str, Any]) -> str:
        chosen = next(one for one in others if str(one.uid) == data["checker"])
        actions.give_to(row, chosen, by=request.teacher, at=timezone.now())
        return back

    context = {
        "heading": _("换检查人"),
        "lead": f"{row.teacher.name} · {row.check_of.title}",
        "back_url": back,
        "submit": _("换人"),
    }
    form = GiveForm(request.POST or None, others=[(str(one.uid), one.name) for one in others])
    return ask(
        request, form, deed, done=_("已换检查人。"), page="verification/form.html", context=context
    )


@login_required
@require_POST
def sampled_answer(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say that what was asked for is done."""
    rows = Sampled.objects.select_related("check_of", "teacher")
    row = rows.filter(teacher=request.teacher, uid=uid).first()
    if row is None:
        raise Http404
    text = request.POST.get("text", "")[:300]
    actions.answer(row, text=text, by=request.teacher, at=timezone.now())
    messages.success(request, _("已提交，等检查人再看。"))
    return redirect("verification:sampled", uid=uid)


@login_required
@require_safe
def sampled_letter(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the letter that says what is to be put right, in the style of official papers."""
    row = _row(request, uid)
    if letter.asked_for(row) is None:
        raise Http404
    data = letter.document(row, today())
    return download(data, f"{row.teacher.name}_{_('整改通知')}.docx")

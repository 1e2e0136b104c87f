"""Objections: the list, one with its answer, the appeal."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.recognition import actions
from yanxiu.recognition.actions.objecting import levels_left, rules_of
from yanxiu.recognition.forms import AnswerForm, TextForm, say_measure
from yanxiu.recognition.models import Objection
from yanxiu.recognition.permissions import may_decide_objection, may_see_objection
from yanxiu.recognition.queries.queue import lines
from yanxiu.recognition.refusals import NothingToObject
from yanxiu.recognition.wording import level_word
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _rows() -> Any:
    return Objection.objects.select_related(
        "teacher", "raised_by", "record__teacher", "record__organisation", "organisation", "place",
        "publication", "previous",
    )  # fmt: skip


@login_required
@require_safe
def objections(request: TeacherRequest) -> HttpResponse:
    """List the objections that this reader raised, is concerned by, or can see as an officer."""
    rows = allowed(may_see_objection, request.teacher, _rows())
    only_open = request.GET.get("state") == "open"
    if only_open:
        rows = rows.filter(state=Objection.State.OPEN)
    page = Paginator(rows.order_by("-made_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    mine = {one.pk for one in page.object_list}
    context = {
        "page": page,
        "only_open": only_open,
        "officer": request.teacher.holds("recognise_hours"),
        "to_decide": set(
            allowed(
                may_decide_objection, request.teacher, Objection.objects.filter(pk__in=mine)
            ).values_list("pk", flat=True)
        ),
        "today": day_of(timezone.now()),
    }
    return show(request, "recognition/objections.html", context)


@login_required
@read_or_post
def objection(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one objection; whoever may decide it answers here."""
    found = get_allowed(may_see_objection, request.teacher, _rows(), uid)
    here = lines([found.record], day_of(timezone.now())) if found.record else []
    decides = allowed(
        may_decide_objection, request.teacher, Objection.objects.filter(pk=found.pk)
    ).exists()
    form = AnswerForm(
        request.POST or None,
        initial={
            "verdict": "upheld",
            "amount": None if found.wished is None else plain(found.wished),
        },
    )

    if here:
        say_measure(form, "amount", here[0].measure)

    def deed(data: Any) -> str:
        actions.answer(
            found,
            is_upheld=data["verdict"] == "upheld",
            text=data["text"],
            amount=data["amount"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("recognition:objection", args=[found.uid])

    context = {
        "objection": found,
        "line": here[0] if here else None,
        "proofs": Attachment.objects.filter(source_kind=Objection.SOURCE_KIND, source_id=found.uid),
        "decides": decides,
        "stands_aside": (
            not decides
            and found.state == Objection.State.OPEN
            and found.raised_by_id != request.teacher.pk
            and holds_at(request.teacher, "recognise_hours", found.place)
        ),
        "is_own": found.raised_by_id == request.teacher.pk,
        "level": level_word(found.level),
        "next_level": _next_level(found),
        "appeal_form": TextForm(),
        "is_late": bool(found.due_on and found.due_on < day_of(timezone.now())),
    }
    return ask(
        request, form, deed, done=_("已答复，本人会收到通知。"), page="recognition/objection.html",
        context=context,
    )  # fmt: skip


def _next_level(found: Objection) -> str:
    """Return the level to which one can appeal, "" where there is none."""
    if found.state != Objection.State.REJECTED or found.record is None:
        return ""
    if Objection.objects.filter(previous=found).exists():
        return ""
    try:
        rules = rules_of(found.record)
    except NothingToObject:
        return ""
    number = levels_left(found, rules)
    return "" if number is None else level_word(rules.levels[number])


@login_required
@require_POST
def appeal(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a rejected objection to the next level."""
    found = get_allowed(may_see_objection, request.teacher, _rows(), uid)
    made = actions.appeal_to_next(
        found, text=request.POST.get("text", ""), by=request.teacher, at=timezone.now()
    )
    messages.success(request, _("申诉已提交到上一级。"))
    return redirect("recognition:objection", uid=made.uid)


@login_required
@require_POST
def withdraw_objection(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take an open objection back."""
    found = get_allowed(may_see_objection, request.teacher, _rows(), uid)
    actions.withdraw_objection(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("异议已撤回。"))
    return redirect("recognition:objection", uid=found.uid)

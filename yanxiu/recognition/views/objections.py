"""Objections: the list, one with its answer, the appeal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.amounts import plain
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_correct_record
from yanxiu.people.access import NotAllowed, TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.actions.asking import answerers, namers
from yanxiu.recognition.forms import AnswerForm, AppealForm, say_measure
from yanxiu.recognition.models import Objection
from yanxiu.recognition.permissions import may_decide_objection, may_see_objection
from yanxiu.recognition.queries.objecting import remedy_after
from yanxiu.recognition.queries.publishing import name_in
from yanxiu.recognition.queries.queue import lines
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
    form = AnswerForm(
        request.POST or None,
        initial={
            "amount": None if found.wished is None else plain(found.wished),
        },
    )
    context = _context(request, found)
    if context["line"]:
        say_measure(form, "amount", context["line"].measure)
    else:
        form.about_a_line()

    def deed(data: Any) -> str:
        actions.answer(
            found,
            is_upheld=data["verdict"] == "upheld",
            text=data["text"],
            amount=data.get("amount"),
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("recognition:objection", args=[found.uid])

    return ask(
        request, form, deed, done=_("已答复，本人会收到通知。"), page="recognition/objection.html",
        context=context,
    )  # fmt: skip


def _context(request: TeacherRequest, found: Objection) -> dict[str, Any]:
    here = lines([found.record], day_of(timezone.now())) if found.record else []
    decides = allowed(
        may_decide_objection, request.teacher, Objection.objects.filter(pk=found.pk)
    ).exists()
    stuck = _stuck(found)
    return {
        "objection": found,
        "line": here[0] if here else None,
        "proofs": Attachment.objects.filter(source_kind=Objection.SOURCE_KIND, source_id=found.uid),
        "decides": decides,
        "about": _about(found, request.teacher),
        "theirs": _theirs(found, request.teacher),
        "stands_aside": (
            not decides
            and not stuck
            and found.state == Objection.State.OPEN
            and found.raised_by_id != request.teacher.pk
            and holds_at(request.teacher, "recognise_hours", found.place)
        ),
        "is_own": found.raised_by_id == request.teacher.pk,
        "level": level_word(found.level),
        **stuck,
        "remedy": remedy_after(found, day_of(timezone.now())),
        "appeal_form": AppealForm(),
        "is_late": bool(found.due_on and found.due_on < day_of(timezone.now())),
    }


def _about(found: Objection, reader: Teacher) -> str:
    """Return whose hours a notice is doubted for: masked as there, but for those who answer."""
    if found.publication is None or found.record is not None:
        return ""
    knows = found.teacher_id == reader.pk or holds_at(reader, "recognise_hours", found.place)
    return name_in(found.publication, found.teacher.name, is_own=knows)


def _theirs(found: Objection, reader: Teacher) -> list[Record]:
    """Return what of the person the notice counted, for whoever may correct it."""
    notice = found.publication
    if notice is None or found.record is not None:
        return []
    rows = Record.objects.filter(
        teacher=found.teacher_id, organisation=found.organisation_id, withdrawn_at=None,
        state=Record.State.RECOGNISED, happened_on__gte=notice.span_from,
        happened_on__lt=notice.span_to,
    )  # fmt: skip
    return list(
        allowed(may_correct_record, reader, rows).order_by("-happened_on", "-pk")[:PER_PAGE]
    )


def _stuck(found: Objection) -> dict[str, Any]:
    """Return who can name somebody, where nobody is left who may answer; nothing elsewhere."""
    at = timezone.now()
    if found.state != Objection.State.OPEN or answerers(found, found.place, at):
        return {}
    return {"nobody_left": True, "namers": [one.name for one in namers(found, at)]}


@login_required
@require_POST
def appeal(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a rejected objection to the next level."""
    found = get_allowed(may_see_objection, request.teacher, _rows(), uid)
    if found.raised_by_id != request.teacher.pk:
        raise NotAllowed
    form = AppealForm(request.POST, request.FILES)

    def deed(data: Any) -> str:
        file, at = data["proof"], timezone.now()
        with transaction.atomic():
            made = actions.appeal_to_next(found, text=data["text"], by=request.teacher, at=at)
            if file:
                proof, source = actions.Proof(file.name, file.read()), source_of(made)
                actions.add_proof(source, made.organisation, proof, by=request.teacher, at=at)
        return reverse("recognition:objection", args=[made.uid])

    back = reverse("recognition:objection", args=[found.uid])
    context = {**_context(request, found), "appeal_form": form, "form": None, "back_url": back}
    return ask(
        request, form, deed, done=_("申诉已提交到上一级。"), page="recognition/objection.html",
        context=context,
    )  # fmt: skip


@login_required
@require_POST
def withdraw_objection(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take an open objection back."""
    found = get_allowed(may_see_objection, request.teacher, _rows(), uid)
    actions.withdraw_objection(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("异议已撤回。"))
    return redirect("recognition:objection", uid=found.uid)

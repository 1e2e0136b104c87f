"""Requirements passed down, and the answers of the schools."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.regulations import actions, queries
from yanxiu.regulations.forms import AnswerForm, JudgementForm, ReasonForm, RequirementForm
from yanxiu.regulations.models import Regulation, Requirement, RequirementAnswer
from yanxiu.regulations.permissions import (
    may_answer,
    may_judge_answer,
    may_manage_requirement,
    may_see_answer,
    may_see_regulation,
    may_see_requirement,
)
from yanxiu.regulations.views.writing import kept_organisations, require_writer
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show

PER_PAGE = 50


@login_required
@require_safe
def requirements(request: TeacherRequest) -> HttpResponse:
    """List what is asked of the reader's schools, and what the reader's organisation asks."""
    require_writer(request)
    teacher, day = request.teacher, today()
    mine = (
        allowed(may_answer, teacher, RequirementAnswer.objects.all())
        .filter(requirement__withdrawn_at=None)
        .exclude(requirement__organisation__in=_issuers(request))
        .exclude(state=RequirementAnswer.State.MET)
        .select_related("requirement__organisation", "organisation")
        .order_by("requirement__due_on")
    )
    rows = allowed(may_see_requirement, teacher, Requirement.objects.all())
    page = Paginator(rows.select_related("organisation"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "mine": mine[:PER_PAGE],
        "page": page,
        "lines": queries.progress(page.object_list, day),
        "may_issue": _below(request).exists(),
        "today": day,
    }
    return show(request, "regulations/requirements.html", context)


def _issuers(request: TeacherRequest) -> Any:
    """The organisations in whose name the reader asks, which need not answer themselves."""
    return kept_organisations(request).values("pk")


def _below(request: TeacherRequest) -> Any:
    """The schools below an organisation that the reader keeps."""
    kept = list(kept_organisations(request))
    parents = [one.pk for one in kept]
    return Organisation.objects.filter(pk__in=parents, is_school=True, parent__in=parents).order_by(
        "path"
    )


@login_required
def new(request: TeacherRequest) -> HttpResponse:
    """Ask something of schools below."""
    require_writer(request)
    schools = _below(request)
    root = kept_organisations(request).filter(children__in=schools).first()
    seen = allowed(may_see_regulation, request.teacher, Regulation.objects.filter(retired_on=None))
    form = RequirementForm(
        request.POST or None,
        schools=schools,
        regulations=seen,
        initial={"regulation": request.GET.get("from", ""),
                 "schools": [str(one.uid) for one in schools]},
    )  # fmt: skip

    def deed(data: Mapping[str, Any]) -> str:
        assert root is not None  # noqa: S101 (a school was chosen, so its superior is there)
        made = actions.issue_requirement(
            root,
            data["schools"],
            by=request.teacher,
            at=timezone.now(),
            **{name: value for name, value in data.items() if name != "schools"},
        )
        return reverse("regulations:requirement", args=[made.uid])

    context = {
        "heading": _("下发要求"),
        "lead": _("每所学校各自签收、答复；系统已经知道的数字不要再让学校填。"),
        "back_url": reverse("regulations:requirements"),
        "keep": "requirement-new",
        "submit": _("下发"),
    }
    return ask(
        request, form, deed, done=_("已下发，各校负责人会收到待办。"),
        page="regulations/form.html", context=context,
    )  # fmt: skip


@login_required
@require_safe
def requirement(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a requirement and where each school stands."""
    rows = Requirement.objects.select_related("organisation", "regulation")
    answers = allowed(
        may_see_answer, request.teacher, RequirementAnswer.objects.select_related("organisation")
    )
    found = get_allowed(
        may_see_requirement,
        request.teacher,
        rows.prefetch_related(Prefetch("answers", queryset=answers)),
        uid,
    )
    managed = allowed(may_manage_requirement, request.teacher, Requirement.objects.all())
    (line,) = queries.progress([found], today())
    context = {
        "requirement": found,
        "answers": list(found.answers.all()),
        "line": line,
        "may_manage": managed.filter(pk=found.pk).exists(),
        "today": today(),
    }
    return show(request, "regulations/requirement.html", context)


@login_required
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a requirement back, with the reason."""
    found = get_allowed(may_manage_requirement, request.teacher, Requirement.objects.all(), uid)

    def deed(data: Mapping[str, Any]) -> str:
        actions.withdraw_requirement(
            found, because=data["because"], by=request.teacher, at=timezone.now()
        )
        return reverse("regulations:requirement", args=[uid])

    context = {"requirement": found, "back_url": reverse("regulations:requirement", args=[uid])}
    return ask(
        request, ReasonForm(request.POST or None), deed, done=_("要求已撤回。"),
        page="regulations/withdraw.html", context=context,
    )  # fmt: skip


def _given(request: TeacherRequest, uid: UUID, permission: Any) -> RequirementAnswer:
    rows = RequirementAnswer.objects.select_related(
        "requirement__organisation", "requirement__regulation", "organisation"
    )
    return get_allowed(permission, request.teacher, rows, uid)


@login_required
def answer(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show where a school stands; the school writes its answer here, the superior judges it."""
    given = _given(request, uid, may_see_answer)
    rows = RequirementAnswer.objects.filter(pk=given.pk)
    mine = allowed(may_answer, request.teacher, rows).exists()
    judges = allowed(may_judge_answer, request.teacher, rows).exists()
    form = AnswerForm(request.POST or None, request.FILES or None, initial={"text": given.text})
    if request.method == "POST":
        given = _given(request, uid, may_answer)

    def deed(data: Mapping[str, Any]) -> str:
        _answer(given, data, request)
        return reverse("regulations:answer", args=[uid])

    source = source_of(given)
    context = {
        "given": given,
        "mine": mine and given.state != RequirementAnswer.State.MET,
        "judges": judges and given.state == RequirementAnswer.State.ANSWERED,
        "judgement": JudgementForm(),
        "files": Attachment.objects.filter(source_kind=source.kind, source_id=source.uid),
        "today": today(),
    }
    return ask(
        request, form, deed, done=_("答复已交上。"), page="regulations/answer.html",
        context=context,
    )  # fmt: skip


@transaction.atomic
def _answer(given: RequirementAnswer, data: Mapping[str, Any], request: TeacherRequest) -> None:
    file, at = data.get("file"), timezone.now()
    actions.answer(given, data["text"], by=request.teacher, at=at, has_file=bool(file))
    if file:
        attachments.keep(
            source_of(given),
            file.read(),
            name=file.name,
            organisation=given.organisation,
            by=request.teacher,
            at=at,
        )


@login_required
@require_POST
def receive(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Note that the school has seen it."""
    actions.receive(_given(request, uid, may_answer), by=request.teacher, at=timezone.now())
    messages.success(request, _("已签收。"))
    return redirect("regulations:answer", uid)


@login_required
@require_POST
def judge(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Find it met, or return it with what is missing."""
    given = _given(request, uid, may_judge_answer)
    form = JudgementForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    met = request.POST.get("met") == "1"
    actions.judge(given, met=met, words=words, by=request.teacher, at=timezone.now())
    messages.success(request, _("已确认落实。") if met else _("已退回，学校会收到通知。"))
    return redirect("regulations:requirement", given.requirement.uid)

"""The pages of summaries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.actions import KINDS
from yanxiu.attachments.models import Attachment
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import Permission, TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.documents.term_summary.writing import to_word
from yanxiu.reports.forms import ProseForm, ReasonForm, StartForm
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import (
    may_approve_summary,
    may_manage_summary,
    may_return_summary,
    may_see_summary,
)
from yanxiu.reports.queries import standing
from yanxiu.reports.refusals import ProseChanged, SummaryNotOpen
from yanxiu.reports.shown import Shower, Writing
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

PER_PAGE = 50


def _rows() -> Any:
    return Summary.objects.select_related("organisation", "term__organisation")


def _found(request: TeacherRequest, uid: UUID, permission: Permission) -> Summary:
    found: Summary = get_allowed(permission, request.teacher, _rows(), uid)
    return found


def _offered(teacher: Teacher) -> dict[str, tuple[Organisation, Term]]:
    """Return for which school and term `teacher` could begin a summary, the newest first."""
    schools = {
        post.organisation_id: post.organisation
        for post in teacher.posts_today
        if "manage_summaries" in post.role.rights
    }
    taken = set(
        Summary.objects.filter(organisation__in=schools).values_list("organisation_id", "term_id")
    )
    return {
        f"{school.uid}/{term.uid}": (school, term)
        for school in schools.values()
        for term in terms_of(school)
        if term.starts_on <= today() and (school.pk, term.pk) not in taken
    }


def _start_form(teacher: Teacher, data: Any = None) -> tuple[StartForm, dict[str, Any]]:
    offered = _offered(teacher)
    several = len({school.pk for school, _term in offered.values()}) > 1
    choices = [
        (key, f"{school.name} · {term}" if several else str(term))
        for key, (school, term) in offered.items()
    ]
    return StartForm(data, choices=choices), offered


@login_required
@require_safe
def summaries(request: TeacherRequest) -> HttpResponse:
    rows = allowed(may_see_summary, request.teacher, _rows())
    text = request.GET.get("q", "").strip()[:40]
    if text:
        rows = rows.filter(organisation__name__icontains=text)
    form, offered = _start_form(request.teacher)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "form": form if offered else None,
        "may_draft": request.teacher.holds("manage_summaries"),
    }
    return show(request, "reports/summaries.html", context)


@login_required
@require_POST
def start(request: TeacherRequest) -> HttpResponse:
    form, offered = _start_form(request.teacher, request.POST)
    if not form.is_valid():
        raise BadInput(
            _("没有选学期，或这个学期的总结已经起草，没有新建。请回到总结列表再选一次。")
        )
    school, term = offered[form.cleaned_data["term"]]
    summary = actions.start_summary(school, term, by=request.teacher, at=timezone.now())
    messages.success(request, _("已起草：数字已经填好，请补上空缺处和文字。"))
    return redirect("reports:summary", summary.uid)


@login_required
@require_safe
def summary(request: TeacherRequest, uid: UUID) -> HttpResponse:
    return _page(request, _found(request, uid, may_see_summary))


def _page(
    request: TeacherRequest, found: Summary, refused: ProseForm | None = None, error: str = ""
) -> HttpResponse:
    """Show the document; a refused text stays in its field, with the reason above it."""
    rights = _rights(found, request.teacher)
    now = standing(found, timezone.now())
    may_write = rights["may_manage"] and found.state == Summary.State.DRAFT
    shower = Shower(now, request.teacher, may_write=may_write)
    if refused is not None:
        writing = shower.writings().get(refused["place"].value() or "")
        if writing is None:
            raise BadInput(error)
        writing.typed, writing.error = refused["text"].value() or "", error
    context = {
        "summary": found,
        "document": now.document,
        "title": now.document.title.split("\n"),
        "sections": shower.sections,
        "gaps": _gap_links(now.document.gaps, shower.writings()),
        "changes": now.changes,
        "kept": _kept_files(found),
        **rights,
    }
    status = UNPROCESSABLE if refused is not None else 200
    return show(request, "reports/summary.html", context, status=status)


def _rights(found: Summary, teacher: Teacher) -> dict[str, bool]:
    one = Summary.objects.filter(pk=found.pk)
    return {
        "may_manage": allowed(may_manage_summary, teacher, one).exists(),
        "may_approve": allowed(may_approve_summary, teacher, one).exists(),
    }


def _gap_links(gaps: Any, writings: dict[str, Writing]) -> list[tuple[Any, str]]:
    found = []
    for gap in gaps:
        place = gap.key if gap.key.startswith("section:") else f"gap:{gap.key}"
        found.append((gap, writings[place].anchor if place in writings else ""))
    return found


def _kept_files(found: Summary) -> Any:
    """Return the Word documents of all approvals, the newest first."""
    rows = Attachment.objects.filter(source_kind=Summary.SOURCE_KIND, source_id=found.uid)
    return rows.order_by("-added_at", "-id")


@login_required
@require_POST
def prose(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = _found(request, uid, may_manage_summary)
    form = ProseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, _("这一段没有保存，请刷新页面后再试。"))
    place, text = form.cleaned_data["place"], form.cleaned_data["text"]
    version, now = form.cleaned_data["version"], timezone.now()
    try:
        actions.save_prose(found, place, text, version=version, by=request.teacher, at=now)
    except (ProseChanged, BadInput, SummaryNotOpen) as refusal:
        return _page(request, _found(request, uid, may_manage_summary), form, str(refusal))
    messages.success(request, _("已保存。"))
    anchor = place.removeprefix("section:") if place.startswith("section:") else "content"
    return redirect(f"{reverse('reports:summary', args=[uid])}#{anchor}")


@login_required
@require_POST
def submit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = _found(request, uid, may_manage_summary)
    actions.submit_summary(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已提交审定，审定人的待办里会出现这份总结。"))
    return redirect("reports:summary", uid)


@login_required
@require_POST
def approve(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = _found(request, uid, may_approve_summary)
    actions.approve(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已审定：文字和数字就此固定，Word文件已存档。"))
    return redirect("reports:summary", uid)


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = _found(request, uid, may_return_summary)
    return _with_reason(request, found, actions.return_summary, "reports/return.html")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = _found(request, uid, may_approve_summary)
    return _with_reason(request, found, actions.withdraw_approval, "reports/withdraw.html")


def _with_reason(
    request: TeacherRequest, found: Summary, action: Any, template: str
) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because, now = form.cleaned_data["because"], timezone.now()
        action(found, because=because, by=request.teacher, at=now)
        messages.success(request, _("已退回起草，原因已写给起草人。"))
        return redirect("reports:summary", found.uid)
    back = reverse("reports:summary", args=[found.uid])
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"summary": found, "form": form, "back_url": back}
    return show(request, template, context, status=status)


@login_required
@require_safe
def word(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Send the Word document: the kept one of the approval, else the draft as it stands."""
    found = _found(request, uid, may_see_summary)
    if found.is_approved:
        return redirect("attachments:file", found.frozen["word"])
    return _download(found, timezone.now())


def _download(found: Summary, at: datetime) -> HttpResponse:
    document = standing(found, at).document
    answer = HttpResponse(to_word(document), content_type=KINDS["docx"])
    name = actions.word_name(found)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer

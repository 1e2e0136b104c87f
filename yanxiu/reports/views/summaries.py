"""The pages of summaries."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.actions.publishing import count_reader
from yanxiu.reports.actions.writing import save_prose
from yanxiu.reports.claims import Offer
from yanxiu.reports.documents.term_summary.outline import PROBLEMS, section_of
from yanxiu.reports.documents.term_summary.writing import to_word
from yanxiu.reports.forms import ProseForm, ReasonForm, StartForm
from yanxiu.reports.linking import at_the_end, figure_called
from yanxiu.reports.models import Summary, SummaryDemand
from yanxiu.reports.permissions import (
    may_approve_summary,
    may_manage_summary,
    may_manage_summary_demand,
    may_return_summary,
    may_see_summary,
    sees_templates,
)
from yanxiu.reports.queries import Standing, standing
from yanxiu.reports.refusals import ProseChanged, SummaryNotOpen
from yanxiu.reports.shown import Shower
from yanxiu.reports.suggestions import for_problems
from yanxiu.reports.views import finding
from yanxiu.reports.views.finding import held_at, terms_for
from yanxiu.reports.writings import (
    Writing,
    anchor_of,
    known_figures,
    shown_claims,
    shown_offers,
    typed_numbers,
)
from yanxiu.terms.models import Term
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MOST_DEMANDS = 6
PER_PAGE = 50


def _offered(teacher: Teacher) -> dict[str, tuple[Organisation, Term]]:
    """Return for which school and term `teacher` could begin a summary, the newest first."""
    schools = {one.pk: one for one in held_at(teacher, "manage_summaries")}
    whole = Summary.objects.filter(organisation__in=schools, unit=None, teacher=None)
    taken = set(whole.values_list("organisation_id", "term_id"))
    return {
        f"{school.uid}/{term.uid}": (school, term)
        for school in schools.values()
        for term in terms_for(school)
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


SUBJECTS = {
    "school": Q(unit=None, teacher=None),
    "unit": Q(unit__isnull=False),
    "own": Q(teacher__isnull=False),
}


@login_required
@require_safe
def summaries(request: TeacherRequest) -> HttpResponse:
    """List what the reader may see, and the lists of who owes one."""
    rows = allowed(may_see_summary, request.teacher, finding.rows())
    text = request.GET.get("q", "").strip()[:40]
    if text:
        named = ("organisation__name", "unit__name", "teacher__name")
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": text}) for name in named)))
    kind = request.GET.get("kind", "")
    rows = rows.filter(SUBJECTS.get(kind, Q()))
    form, offered = _start_form(request.teacher)
    asking = allowed(may_manage_summary_demand, request.teacher, SummaryDemand.objects.all())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "kind": kind,
        "kinds": [("", _("全部")), ("school", _("学校和部门")), ("unit", _("教研组")),
                  ("own", _("个人"))],
        "form": form if offered else None,
        "may_begin": request.teacher.organisation is not None,
        "may_draft": request.teacher.holds("manage_summaries"),
        "may_see_templates": sees_templates(request.teacher),
        "has_county": any(not one.organisation.is_school for one in request.teacher.posts_today),
        "may_ask": request.teacher.holds("manage_summaries")
        or request.teacher.holds("approve_summaries"),
        "demands": list(asking.select_related("organisation", "term")[:MOST_DEMANDS]),
    }  # fmt: skip
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
    found = finding.found(request, uid, may_see_summary)
    count_reader(found, request.teacher, at=timezone.now())
    return _page(request, found)


def _page(
    request: TeacherRequest, found: Summary, refused: ProseForm | None = None, error: str = ""
) -> HttpResponse:
    """Show the document; a refused text stays in its field, with the reason above it."""
    rights = finding.rights(found, request.teacher)
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
        "readers": found.readers.count() if found.published_at else 0,
        "may_write": may_write,
        "open_claims": sum(not one.because for one in shower.claims),
        "last_day": _last_day_to_come(now),
        "typed_otherwise": _typed_otherwise(now) if rights["may_approve"] else [],
        **(_desk(now, shower) if may_write else {}),
        **rights,
    }
    status = UNPROCESSABLE if refused is not None else 200
    return show(request, "reports/summary.html", context, status=status)


def _last_day_to_come(now: Standing) -> date | None:
    """Return the last day of the summary's time, None if it is over."""
    last = now.summary.span.last
    return last if last >= today() else None


def _typed_otherwise(now: Standing) -> list[Offer]:
    """Return the typed numbers that the figures contradict, for whoever decides about them."""
    if now.summary.state != Summary.State.SUBMITTED:
        return []
    offers = typed_numbers(now, known_figures(now.reckoner))
    return [one for one in offers if not one.is_equal]


def _desk(now: Standing, shower: Shower) -> dict[str, Any]:
    """Return what only those who write need: figures to insert, claims, and typed numbers."""
    known = known_figures(now.reckoner)
    problems = [one.key for one in now.document.sections if one.role == PROBLEMS]
    return {
        "known": known,
        "claims": shown_claims(shower.claims, now, known),
        "offers": shown_offers(now, known),
        "suggestions": for_problems(now.reckoner),
        "problems_key": problems[0] if problems else "",
        "shape_version": now.summary.outline.get("version", 0),
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
    found = finding.found(request, uid, may_manage_summary)
    form = ProseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, _("这一段没有保存，请刷新页面后再试。"))
    place, text = form.cleaned_data["place"], form.cleaned_data["text"]
    version, now = form.cleaned_data["version"], timezone.now()
    try:
        if form.cleaned_data["figure"]:
            text = at_the_end(text, figure_called(found, form.cleaned_data["figure"]))
        save_prose(found, place, text, version=version, by=request.teacher, at=now)
    except (ProseChanged, BadInput, SummaryNotOpen) as refusal:
        again = finding.found(request, uid, may_manage_summary)
        return _page(request, again, form, str(refusal))
    messages.success(request, _("已保存。"))
    anchor = anchor_of(place) if section_of(place) else "content"
    return redirect(f"{reverse('reports:summary', args=[uid])}#{anchor}")


@login_required
@require_POST
def submit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = finding.found(request, uid, may_manage_summary)
    actions.submit_summary(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已提交审定，审定人的待办里会出现这份总结。"))
    return redirect("reports:summary", uid)


@login_required
@require_POST
def approve(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = finding.found(request, uid, may_approve_summary)
    actions.approve(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已审定：文字和数字就此固定，Word文件已存档。"))
    return redirect("reports:summary", uid)


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = finding.found(request, uid, may_return_summary)
    return _with_reason(request, found, actions.return_summary, "reports/return.html")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: TeacherRequest, uid: UUID) -> HttpResponse:
    found = finding.found(request, uid, may_approve_summary)
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
    found = finding.found(request, uid, may_see_summary)
    if found.is_approved:
        return redirect("attachments:file", found.frozen["word"])
    return _download(found, timezone.now())


def _download(found: Summary, at: datetime) -> HttpResponse:
    document = standing(found, at).document
    return download(to_word(document), actions.word_name(found))

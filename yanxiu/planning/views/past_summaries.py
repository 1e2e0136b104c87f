"""Summaries that were read: what they claim, beside what the system counted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.figures.table import Figure, all_figures
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import Source
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher
from yanxiu.places.table import links
from yanxiu.planning import actions
from yanxiu.planning.actions.claiming import carry_claim, choose_figures
from yanxiu.planning.actions.reviewing import Head, alike_to
from yanxiu.planning.claims import (
    COUNTED,
    comparisons,
    figure_named,
    figure_of,
    is_next_step,
    scope_of,
)
from yanxiu.planning.models import Finding, Plan, Proposal
from yanxiu.planning.permissions import may_manage_plan, may_see_proposal
from yanxiu.planning.refusals import PeriodMissing, ProposalEnded
from yanxiu.planning.spans import SpanChoice, span_choices
from yanxiu.planning.views.listing import A_PAGE, owners_of
from yanxiu.planning.views.proposal import (
    NO_CONTENT,
    original_uid_of,
    period_words,
    seen_proposal,
    source_lines,
)
from yanxiu.planning.views.proposal_fields import Surroundings
from yanxiu.planning.views.proposal_rows import (
    Group,
    Row,
    decisions_of,
    group_title,
    row_of,
    slips_by_line,
)
from yanxiu.planning.views.shown import read_or_post
from yanxiu.terms.queries import terms_of
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

NOWHERE = Surroundings([], [], None)
ORDER = (
    "quantity",
    "problem",
    "next",
    "goal",
    "outcome",
    "award",
    "role",
    "content",
    "form",
    "other",
)
ICONS = {
    "next": "flag",
    "quantity": "hash",
    "problem": "alert-circle",
    "goal": "target",
    "outcome": "circle-check",
}


@login_required
@require_safe
def past_summaries(request: TeacherRequest) -> HttpResponse:
    """Show the summaries that were read in, newest first."""
    owners_of(request.teacher)
    rows = Proposal.objects.filter(kind=Proposal.Kind.SUMMARY, state=Proposal.State.OPEN)
    rows = allowed(may_see_proposal, request.teacher, rows)
    rows = rows.select_related("organisation", "unit", "term").defer("prints", "source_lines")
    rows = rows.annotate(
        claims=Count("findings", filter=Q(findings__kind__in=COUNTED)),
        problems=Count("findings", filter=Q(findings__kind="problem")),
    ).order_by("-made_at", "first_line")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(request, "planning/past_summaries.html", {"page": page})


@login_required
@read_or_post
def past_summary(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what a summary claims; decide, compare, carry on, or give it up."""
    found = seen_proposal(request, uid)
    if not found.is_summary:
        return redirect("planning:proposal", uid=found.uid)
    if found.state == Proposal.State.DROPPED:
        raise ProposalEnded(str(found.get_state_display()))
    named = (found.period.get("year"), found.period.get("school_year"))
    choices = span_choices(terms_of(found.organisation), *named)
    if request.method != "POST":
        return _shown(request, found, choices)
    asked = request.POST.get("do", "")
    if asked in {"drop", "undo"}:
        return _taken_back(request, found, asked)
    try:
        with transaction.atomic():
            said = _kept(request, found, choices, asked)
    except Refusal as refusal:
        return _shown(request, found, choices, refusal)
    if asked == "keep":
        return HttpResponse(status=NO_CONTENT)
    messages.success(request, said)
    return redirect("planning:past_summary", uid=found.uid)


def _taken_back(request: TeacherRequest, found: Proposal, asked: str) -> HttpResponse:
    teacher, now = request.teacher, timezone.now()
    if asked == "drop":
        actions.drop_proposal(found, by=teacher, at=now)
        messages.success(request, _("这份总结已放弃，不再列出。需要时可以重新读入。"))
        return redirect("planning:past_summaries")
    count = actions.undo_decisions(found, by=teacher, at=now)
    messages.success(request, _("已撤销上一步，%(count)s 处回到原来的样子。") % {"count": count})
    return redirect("planning:past_summary", uid=found.uid)


def _kept(request: TeacherRequest, found: Proposal, choices: list[SpanChoice], asked: str) -> str:
    """Keep what was decided, and do what was asked besides; return what to say."""
    teacher, now, answers = request.teacher, timezone.now(), request.POST
    choice = next((each for each in choices if each.code == answers.get("span")), None)
    head = Head(
        term=choice.term if choice else None,
        span=choice.span if choice and choice.term is None else None,
        title=answers.get("title"),
    )
    findings = list(found.findings.all())
    decided = decisions_of(answers, findings, NOWHERE)
    actions.decide(found, decided, head=head, by=teacher, at=now)
    choose_figures(found, _chosen(answers, findings), by=teacher, at=now)
    if asked == "accept_rest":
        count = actions.accept_rest(found, by=teacher, at=now)
        said = _("其余 %(count)s 处都已采用；不想这样可以按“撤销”。")
        return said % {"count": count}
    if asked == "carry":
        return _carried(request, findings)
    return _("已保存，随时可以回来继续。")


def _chosen(answers: QueryDict, findings: list[Finding]) -> dict[int, str]:
    """Return the codes of the figures that were typed; what names none leaves it as it is."""
    chosen = {}
    for finding in findings:
        typed = answers.get(f"f{finding.pk}-figure")
        if typed is None or finding.kind not in COUNTED:
            continue
        now, figure = figure_of(finding), figure_named(typed) if typed.strip() else None
        if figure is None and not typed.strip():
            chosen[finding.pk] = Finding.NO_FIGURE if now or finding.figure else ""
        elif figure is not None and figure != now:
            chosen[finding.pk] = figure.code
    return chosen


def _carried(request: TeacherRequest, findings: list[Finding]) -> str:
    wanted = [row for row in findings if f"carry-{row.pk}" in request.POST]
    plan = _plans_in_hand(request.teacher, findings).filter(
        uid__in=[uid for uid in [_uid(request.POST.get("plan", ""))] if uid]
    ).first()  # fmt: skip
    if not wanted or plan is None:
        return _("没有勾选问题，或没有选计划；其余的都已保存。")
    as_goal = request.POST.get("as") != "problem"
    for row in wanted:
        carry_claim(row, plan, as_goal=as_goal, by=request.teacher, at=timezone.now())
    said = _("%(count)s 个问题已带入“%(plan)s”，可以在那里接着改。")
    return said % {"count": len(wanted), "plan": plan.title}


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _plans_in_hand(teacher: Teacher, findings: list[Finding]) -> "QuerySet[Plan]":
    """Return the plans still being written into which a claim can be carried."""
    organisation = findings[0].proposal.organisation_id if findings else None
    states = [Plan.State.DRAFT, Plan.State.RETURNED]
    rows = Plan.objects.filter(organisation=organisation, state__in=states, teacher=None)
    return allowed(may_manage_plan, teacher, rows).select_related("term").order_by("-made_at")


# ---- the page ----
def _shown(
    request: TeacherRequest,
    found: Proposal,
    choices: list[SpanChoice],
    refusal: Refusal | None = None,
) -> HttpResponse:
    findings = list(found.findings.select_related("carried_to"))
    for each in findings:
        each.proposal = found
    compared = comparisons(found, findings)
    slips = slips_by_line(found.slips)
    rows = [row_of(each, NOWHERE, slips) for each in findings]
    next_steps = {each.pk for each in findings if is_next_step(found, each)}
    context = {
        "proposal": found,
        "groups": _groups(rows, next_steps),
        "compared": compared,
        "total": len(rows),
        "pending": sum(not row.chosen and row.finding.kind != "placeholder" for row in rows),
        "inferred": sum(row.finding.inferred for row in rows),
        "choices": choices,
        "chosen": _span_code(found, choices),
        "period": period_words(found.period),
        "figures": sorted(all_figures().values(), key=lambda each: each.code),
        "problems": [row for row in rows if _is_carried(row, next_steps)],
        "plans": list(_plans_in_hand(request.teacher, findings)[:A_PAGE]),
        "source": source_lines(found, findings),
        "original": original_uid_of(found),
        "alike": alike_to([found], request.teacher).get(found.pk, []),
        "refusal": refusal,
    }
    return show(
        request, "planning/past_summary.html", context, status=UNPROCESSABLE if refusal else 200
    )


def _is_carried(row: Row, next_steps: set[int]) -> bool:
    """Tell whether a claim is offered to the next plan."""
    is_wanted = row.finding.kind == "problem" or row.finding.pk in next_steps
    return is_wanted and row.chosen != "drop"


def _groups(rows: list[Row], next_steps: set[int]) -> list[Group]:
    """Return the claims in sections, the numbers and the gaps left for them first."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        kind = "quantity" if row.finding.kind in COUNTED else row.finding.kind
        kind = "next" if row.finding.pk in next_steps else kind
        by_name.setdefault(kind if kind in ORDER else "other", []).append(row)
    titles = {"quantity": _("数量：文中写的和系统统计的"), "next": _("下一步打算")}
    return [
        Group(
            name, str(titles.get(name) or group_title(name)), ICONS.get(name, "list-check"), found
        )
        for name in ORDER
        if (found := by_name.get(name))
    ]


def _span_code(found: Proposal, choices: list[SpanChoice]) -> str:
    for each in choices:
        if each.term and each.term.pk == found.term_id and not found.starts_on:
            return each.code
        if each.term is None and found.span == each.span:
            return each.code
    return ""


@login_required
@require_safe
def claim_rows(request: TeacherRequest, uid: UUID, code: str) -> HttpResponse:
    """Open the number that stands beside a claim, over the days of the summary."""
    found, figure = seen_proposal(request, uid), all_figures().get(code)
    if figure is None or not found.is_summary:
        raise Http404
    scope = scope_of(found)
    if scope is None:
        raise PeriodMissing
    everything = figure.rows(scope)
    seen = everything.filter(figure.seen_by(request.teacher))
    value = figure.reckon(seen)
    page = Paginator(figure.opened(seen), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "proposal": found,
        "figure": figure,
        "value": value,
        "partial": value != figure.reckon(everything),
        "span": scope.span,
        "page": page,
        "rows": _linked(figure, page.object_list, request.teacher),
    }
    return show(request, "planning/claim_rows.html", context)


def _linked(figure: Figure, rows: Any, teacher: Teacher) -> list[list[tuple[str, str, str]]]:
    """Return the rows as heading, text and, where the reader may go there, address."""
    cells = [list(figure.cells(row)) for row in rows]
    found = links({Source(each.kind, each.uid) for row in cells for each in row if each.kind},
                  teacher)  # fmt: skip
    return [
        [
            (heading, each.text, link.url if link else "")
            for heading, each in zip(figure.columns, row, strict=True)
            for link in [found.get(Source(each.kind, each.uid)) if each.kind else None]
        ]
        for row in cells
    ]

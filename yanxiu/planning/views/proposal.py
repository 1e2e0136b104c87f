"""The page on which a person decides about each value that was read of a plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest, get_allowed, holds_at
from yanxiu.people.models import Teacher, Unit
from yanxiu.planning import actions
from yanxiu.planning.actions.confirming import tiers_of
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.actions.reviewing import GAPS, Head, Owner, alike_to
from yanxiu.planning.alike import repeats
from yanxiu.planning.models import Finding, Plan, Proposal
from yanxiu.planning.permissions import may_see_proposal
from yanxiu.planning.queries import in_the_way, period_of, plans_beside, span_of_period
from yanxiu.planning.refusals import ProposalEnded, TermMissing
from yanxiu.planning.views.proposal_fields import Surroundings
from yanxiu.planning.views.proposal_rows import decisions_of, groups_of, slips_by_line
from yanxiu.planning.views.shown import read_or_post
from yanxiu.terms.models import Term
from yanxiu.terms.queries import terms_of
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

NO_CONTENT = 204
MOST_PLANS = 4
"""So many plans are offered to bring a document into."""


def seen_proposal(request: TeacherRequest, uid: UUID) -> Proposal:
    """Return the document `uid` as read, if the reader may see it, else 404."""
    same = Proposal.objects.filter(
        organisation=OuterRef(OuterRef("organisation")), sha256=OuterRef(OuterRef("sha256"))
    )
    files = Attachment.objects.filter(
        source_kind=Proposal.SOURCE_KIND, source_id__in=same.values("uid")
    )
    rows = Proposal.objects.select_related("organisation", "unit", "term").defer("prints")
    rows = rows.annotate(original_uid=Subquery(files.values("uid")[:1]))
    return get_allowed(may_see_proposal, request.teacher, rows, uid)


@login_required
@read_or_post
def proposal(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a proposal; keep, confirm or drop it."""
    found = seen_proposal(request, uid)
    if found.is_summary:
        return redirect("planning:past_summary", uid=found.uid)
    if found.state == Proposal.State.CONFIRMED:
        return _to_its_plan(request, found)
    if found.state == Proposal.State.DROPPED:
        raise ProposalEnded(str(found.get_state_display()))
    terms = terms_of(found.organisation)
    if request.method == "POST":
        return _answered(request, found, terms)
    return _shown(request, found, terms)


def _to_its_plan(request: TeacherRequest, found: Proposal) -> HttpResponse:
    """Lead to the plan that was made of the document, or into which it came."""
    if found.merged_into is not None:
        messages.info(request, _("这份文档以前读入过，已经并入这份计划；没有再写一次。"))
        return redirect("planning:plan", uid=found.merged_into.uid)
    messages.info(request, _("这份文档已经读入并确认，这就是它的计划；没有再写一份。"))
    return redirect("planning:plan", uid=Plan.objects.get(proposal=found).uid)


def _answered(request: TeacherRequest, found: Proposal, terms: list[Term]) -> HttpResponse:
    asked = request.POST.get("do", "")
    teacher, now = request.teacher, timezone.now()
    if asked == "drop":
        actions.drop_proposal(found, by=teacher, at=now)
        messages.success(request, _("草案已放弃，没有写入任何内容。需要时可以重新读入文档。"))
        return redirect("planning:plans")
    if asked == "undo":
        count = actions.undo_decisions(found, by=teacher, at=now)
        messages.success(
            request, _("已撤销上一步，%(count)s 处回到原来的样子。") % {"count": count}
        )
        return redirect("planning:proposal", uid=found.uid)
    # Kept before anything is confirmed: a refusal then costs nothing that was typed.
    found = _kept(request, found, terms)
    if asked in {"accept_rest", "confirm_rest"}:
        count = actions.accept_rest(found, by=teacher, at=now)
        if asked == "accept_rest":
            said = _("其余 %(count)s 处都已采用；不想这样可以按“撤销”。")
            messages.success(request, said % {"count": count})
    if asked == "keep":
        return HttpResponse(status=NO_CONTENT)
    if asked not in {"confirm", "confirm_rest"}:
        if asked != "accept_rest":
            messages.success(request, _("已保存，随时可以回来继续。"))
        return redirect("planning:proposal", uid=found.uid)
    try:
        plan = actions.confirm_proposal(found, by=teacher, at=now)
    except Refusal as refusal:
        found.refresh_from_db(fields=["undo"])
        return _shown(request, found, terms, refusal)
    messages.success(request, _("计划已确认并写入。接下来可以排期，给每项安排定负责人。"))
    return redirect("planning:plan", uid=plan.uid)


def _kept(request: TeacherRequest, found: Proposal, terms: list[Term]) -> Proposal:
    """Keep what the form says about each value and about the whole."""
    term = next((each for each in terms if str(each.pk) == request.POST.get("term")), None)
    around = _around(found, found.term)
    decisions = decisions_of(request.POST, found.findings.all(), around)
    owner = _owner(request, found, around.units)
    head = Head(owner, term=term, title=request.POST.get("title"))
    return actions.decide(found, decisions, head=head, by=request.teacher, at=timezone.now())


def _owner(request: TeacherRequest, found: Proposal, units: list[Unit]) -> Owner | None:
    """Return whose plan the form says it shall be; what is not offered changes nothing."""
    chosen = request.POST.get("owner", "")
    offered = dict(_owners(request.teacher, found, units))
    return Owner(offered[chosen]) if chosen in offered else None


def _owners(teacher: Teacher, found: Proposal, units: list[Unit]) -> list[tuple[str, Unit | None]]:
    """Return who may own the plan: the school, its units, or only those the reader leads."""
    if holds_at(teacher, "manage_plans", found.organisation):
        return [("school", None), *((str(unit.uid), unit) for unit in units)]
    return [(str(unit.uid), unit) for unit in units if unit.pk in teacher.leads]


def _around(found: Proposal, term: Term | None) -> Surroundings:
    units = Unit.objects.filter(organisation=found.organisation, ends_on=None)
    span = span_of_period(period_of(found), term) if term else None
    return Surroundings(
        list(units), months_of(span) if span else [], term, span, tiers_of(found.organisation)
    )


def _shown(
    request: TeacherRequest, found: Proposal, terms: list[Term], refusal: Refusal | None = None
) -> HttpResponse:
    prefetch_related_objects([found], "findings")
    findings = list(found.findings.all())
    slips = slips_by_line(found.slips)
    around = _around(found, found.term)
    groups = groups_of(findings, around, slips, check=refusal is not None)
    rows = [row for group in groups for row in group.rows]
    beside = plans_beside(found, terms)
    planned = in_the_way(found, beside)
    context = {
        "proposal": found,
        "terms": [(term, planned.get(term.pk)) for term in terms],
        "owners": _owners(request.teacher, found, around.units),
        "in_the_way": planned.get(found.term_id or 0),
        "to_join": [plan for plan in beside if found.term_id in {None, plan.term_id}][:MOST_PLANS],
        "groups": groups,
        "gaps": [finding for finding in findings if finding.kind in GAPS],
        "total": len(rows),
        "pending": sum(not row.chosen for row in rows),
        "inferred": sum(row.finding.inferred for row in rows),
        "slips": sum(bool(row.slips) for row in rows),
        "copies": sum(bool(row.finding.copy_of) for row in rows),
        "refusal": refusal,
        "term_missing": isinstance(refusal, TermMissing),
        "faults": [row for row in rows if row.fault],
        "period": period_words(found.period),
        "fits": fits(found.period, found.term),
        "source": source_lines(found, findings),
        "original": original_uid_of(found),
        "alike": alike_to([found], request.teacher).get(found.pk, []),
        "has_credits": any(finding.kind == "credit" for finding in findings),
    }
    return show(
        request, "planning/proposal.html", context, status=UNPROCESSABLE if refusal else 200
    )


def source_lines(found: Proposal, findings: list[Finding]) -> list[dict[str, Any]]:
    """Return the lines of the document, each with the values and the suspicions about it."""
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding)
    slips, again = slips_by_line(found.slips), repeats(found.source_lines)
    return [
        {
            "number": int(number),
            "said": again.get(int(number)),
            "text": text,
            "findings": by_line.get(int(number), []),
            "slips": slips.get(int(number), []),
        }
        for number, text in sorted(found.source_lines.items(), key=lambda line: int(line[0]))
    ]


def period_words(period: dict[str, Any]) -> str:
    """Return the time that a document says it is for, in words; "" where it says none."""
    year, season = period.get("year"), period.get("season")
    seasons = {"spring": _("春季学期"), "autumn": _("秋季学期")}
    if not year and not season:
        return ""
    front = _("%(year)s年") % {"year": year} if year else ""
    return f"{front}{seasons.get(season or '', '')}"


def fits(period: dict[str, Any], term: Term | None) -> bool:
    """Tell whether `term` is the half year that a document names."""
    if term is None:
        return False
    season, year = ("autumn", term.school_year)
    if term.half == Term.Half.SECOND:
        season, year = ("spring", term.school_year + 1)
    return period.get("season") in {season, None} and period.get("year") in {year, None}


def original_uid_of(found: Proposal) -> UUID | None:
    """Return the name of that document; it was looked up with the proposal as it was opened."""
    known: UUID | None = getattr(found, "original_uid", None)
    if known is None and not hasattr(found, "original_uid"):
        original = original_of(found)
        return original.uid if original else None
    return known


def original_of(found: Proposal) -> Attachment | None:
    """Return the document that was read, kept with one of the proposals made from it."""
    siblings = Proposal.objects.filter(organisation=found.organisation_id, sha256=found.sha256)
    return Attachment.objects.filter(
        source_kind=Proposal.SOURCE_KIND, source_id__in=siblings.values("uid")
    ).first()

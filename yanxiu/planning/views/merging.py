"""The page on which a document that was read comes into a plan that stands, place by place."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Unit
from yanxiu.planning import actions
from yanxiu.planning.actions.confirming import tiers_of
from yanxiu.planning.actions.kept import months_of
from yanxiu.planning.actions.matching import (
    Standing,
    Why,
    compare,
)
from yanxiu.planning.actions.merging import Chosen
from yanxiu.planning.models import Plan, Proposal
from yanxiu.planning.refusals import ProposalEnded
from yanxiu.planning.views.merge_rows import BOTH, merge_rows, other_parts, same_place
from yanxiu.planning.views.proposal import (
    NO_CONTENT,
    original_uid_of,
    seen_proposal,
    source_lines,
)
from yanxiu.planning.views.proposal_fields import Surroundings
from yanxiu.planning.views.proposal_rows import (
    ACCEPT,
    DROP,
    decisions_of,
)
from yanxiu.planning.views.shown import managed_plan, read_or_post
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE


# ---- pages ----
@login_required
@read_or_post
def merge(request: TeacherRequest, uid: UUID, into: UUID) -> HttpResponse:
    """Show what a document would change in a plan; bring it in, or take that back."""
    one, plan = seen_proposal(request, uid), managed_plan(request.teacher, into)
    whose = (one.organisation_id, one.unit_id, None)
    if one.is_summary or whose != (plan.organisation_id, plan.unit_id, plan.teacher_id):
        raise Http404
    if one.merged_into_id == plan.pk:
        return _done(request, one, plan)
    if one.state == Proposal.State.CONFIRMED:
        return redirect("planning:proposal", uid=one.uid)
    if one.state == Proposal.State.DROPPED:
        raise ProposalEnded(str(one.get_state_display()))
    if request.method == "POST":
        return _answered(request, one, plan)
    return _shown(request, one, plan)


def _done(request: TeacherRequest, one: Proposal, plan: Plan) -> HttpResponse:
    """Show what came of it; take it back."""
    if request.POST.get("do") == "undo_merge":
        merged = actions.undo_merge(one, by=request.teacher, at=timezone.now())
        messages.success(request, _("已撤回并入，计划回到并入以前；文档还在，可以重新核对。"))
        if merged.left:
            said = _("有 %(count)s 处后来又改过或已经排出活动，没有动，请自己看一下。")
            messages.warning(request, said % {"count": merged.left})
        return redirect("planning:plan", uid=plan.uid)
    done = one.merge.get("done", {})
    counts = {name: len(done.get(name, ())) for name in ("added", "changed", "removed")}
    counts["changed"] += len(done.get("head", {}).get("after", {}))
    context = {"proposal": one, "plan": plan, "original": original_uid_of(one), "done": True}
    return show(request, "planning/merged.html", {**context, **counts})


def _answered(request: TeacherRequest, one: Proposal, plan: Plan) -> HttpResponse:
    asked, teacher, now = request.POST.get("do", ""), request.teacher, timezone.now()
    if asked == "undo":
        actions.undo_decisions(one, by=teacher, at=now)
        return redirect("planning:merge", uid=one.uid, into=plan.uid)
    _keep_choices(request, one, plan)
    if asked == "keep":
        return HttpResponse(status=NO_CONTENT)
    if asked != "merge":
        messages.success(request, _("已保存，随时可以回来继续。"))
        return redirect("planning:merge", uid=one.uid, into=plan.uid)
    because, seen = request.POST.get("because", ""), request.POST.get("seen", "")
    try:
        merged = actions.merge_proposal(one, plan, by=teacher, at=now, because=because, seen=seen)
    except Refusal as refusal:
        return _shown(request, seen_proposal(request, one.uid), plan, refusal, because)
    if merged.total:
        said = _(
            "已并入：新增 %(added)s 处，改动 %(changed)s 处，去掉 %(removed)s 处。"
            "不对的话，从计划页的“并入过的文档”可以撤回。"
        )
        told = {"added": merged.added, "changed": merged.changed, "removed": merged.removed}
        messages.success(request, said % told)
    else:
        messages.success(request, _("这份文档已经记下；没有要改的，计划原样不动。"))
    return redirect("planning:plan", uid=plan.uid)


def _keep_choices(request: TeacherRequest, one: Proposal, plan: Plan) -> None:
    answers = request.POST.copy()
    findings = list(one.findings.all())
    apart = tuple(str(each.uid) for each in findings if answers.get(f"f{each.pk}-do", "") == BOTH)
    for each in findings:
        if str(each.uid) in apart:
            answers[f"f{each.pk}-do"] = ACCEPT
    remove = tuple(
        name.removeprefix("p-")
        for name, value in answers.items()
        if name.startswith("p-") and value == DROP
    )
    actions.choose_for_merge(
        one,
        plan,
        decisions_of(answers, findings, _around(plan)),
        Chosen(remove, apart),
        by=request.teacher,
        at=timezone.now(),
    )


def _around(plan: Plan) -> Surroundings:
    units = Unit.objects.filter(organisation=plan.organisation, ends_on=None)
    span = plan.span
    return Surroundings(list(units), months_of(span), plan.term, span, tiers_of(plan.organisation))


def _shown(
    request: TeacherRequest,
    one: Proposal,
    plan: Plan,
    refusal: Refusal | None = None,
    because: str | None = None,
) -> HttpResponse:
    prefetch_related_objects([one], "findings")
    found, around = compare(one, plan), _around(plan)
    changed, new = (
        merge_rows(found, standing, one, around) for standing in (Standing.CHANGED, Standing.NEW)
    )
    others = other_parts(found, one)
    usual = _("并入“%(file)s”") % {"file": one.file_name}
    context = {
        "proposal": one,
        "plan": plan,
        "changed": changed,
        "new": new,
        "others": others,
        "same": [same_place(each) for each in found.of(Standing.SAME)],
        "history": sum(row.compared.why == Why.HAPPENED for row in changed),
        "pending": sum(not row.chosen for row in (*changed, *new)),
        "in_force": not plan.is_in_hand and plan.state != Plan.State.SUBMITTED,
        "waits": plan.state == Plan.State.SUBMITTED,
        "because": usual[:200] if because is None else because,
        "seen": found.token,
        "refusal": refusal,
        "source": source_lines(one, list(one.findings.all())),
        "original": original_uid_of(one),
    }
    status = UNPROCESSABLE if refusal else 200
    return show(request, "planning/merge.html", context, status=status)

"""What a person makes of the claims of a summary; none of them becomes a record."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning.actions.adding import add_part
from yanxiu.planning.actions.kept import Kept
from yanxiu.planning.actions.reviewing import open_proposal
from yanxiu.planning.models import Finding, Goal, Plan, PlanNote, Proposal
from yanxiu.planning.permissions import may_see_proposal
from yanxiu.planning.refusals import AlreadyCarried

NAME = 60


@transaction.atomic
def choose_figures(
    proposal: Proposal, chosen: Mapping[int, str], *, by: Teacher, at: datetime
) -> Proposal:
    """Say with which figure each claim is compared, by primary key; "-" is none, "" by itself.

    Raises:
        NotAllowed, ProposalEnded: as `open_proposal`.
    """
    proposal = open_proposal(proposal, by)
    rows = list(proposal.findings.filter(pk__in=chosen))
    changed = [row for row in rows if row.figure != chosen[row.pk]]
    for row in changed:
        row.figure = chosen[row.pk]
    if changed:
        Finding.objects.bulk_update(changed, ["figure"])
        detail = {"claims": len(changed)}
        trail.record(by, "planning.figures-chosen", proposal, at=at, detail=detail)
    return proposal


@transaction.atomic
def carry_claim(
    finding: Finding, plan: Plan, *, by: Teacher, at: datetime, as_goal: bool = True
) -> Goal | PlanNote:
    """Carry a problem confessed by a summary into the next plan, as a goal or as a problem.

    Raises:
        NotAllowed: `by` may not see the summary, or does not manage the plan.
        AlreadyCarried: it stands in a plan already.
        PlanHandedIn, ReasonMissing: the plan cannot be changed so.
    """
    require(may_see_proposal, by, finding.proposal)
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if finding.carried_to is not None:
        raise AlreadyCarried(finding.carried_to.title)
    kept = Kept(finding)
    origin = {"source_line": finding.line, "source_text": finding.text}
    part: Goal | PlanNote
    if as_goal:
        part = Goal(name=str(kept.get("name"))[:NAME], text=kept.text, **origin)
        part.name = "" if part.name == part.text else part.name
    else:
        part = PlanNote(kind="problem", text=kept.text, **origin)
    add_part(plan, part, by=by, at=at)
    finding.carried_to = plan
    finding.save(update_fields=["carried_to"])
    trail.record(by, "planning.claim-carried", finding.proposal, at=at, detail={"plan": plan.title})
    return part

"""The kinds of source that planning owns."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.planning.models import Plan, PlanDemand, PlanItem, Proposal
from yanxiu.planning.permissions import (
    may_see_demand,
    may_see_part,
    may_see_plan,
    may_see_proposal,
)


def _read_at(row: Proposal) -> str:
    """Where a document that was read opens: one of several where it is chosen from."""
    if row.state == Proposal.State.FOUND:
        return reverse("planning:found", args=[row.uid])
    return reverse("planning:past_summary" if row.is_summary else "planning:proposal",
                   args=[row.uid])  # fmt: skip


PLACES = [
    Place(
        kind=Plan.SOURCE_KIND,
        name="计划",
        rows=lambda: Plan.objects.select_related("term"),
        title=lambda row: row.title,
        url=lambda row: reverse("planning:plan", args=[row.uid]),
        seen_by=may_see_plan,
        text=lambda row: row.title,
        person=lambda row: row.teacher_id or row.owner_id,
        day=lambda row: row.span.start,
    ),
    Place(
        kind=Proposal.SOURCE_KIND,
        name="计划草案",
        rows=Proposal.objects.all,
        title=lambda row: row.title,
        url=_read_at,
        seen_by=may_see_proposal,
    ),
    Place(
        kind=PlanItem.SOURCE_KIND,
        name="计划事项",
        rows=lambda: PlanItem.objects.select_related("plan"),
        title=lambda row: row.text,
        url=lambda row: reverse("planning:plan", args=[row.plan.uid]),
        seen_by=may_see_part,
        text=lambda row: row.text,
        person=lambda row: row.owner_id,
        day=lambda row: row.on or row.month,
        organisation=lambda row: row.plan.organisation_id,
    ),
    Place(
        kind=PlanDemand.SOURCE_KIND,
        name="计划布置",
        rows=PlanDemand.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("planning:demand", args=[row.uid]),
        seen_by=may_see_demand,
    ),
]

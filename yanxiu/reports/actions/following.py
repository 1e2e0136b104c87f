"""From a summary's next steps to the next plan."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning.actions.adding import add_goal, add_item
from yanxiu.planning.models import Goal, Plan, PlanItem
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_see_summary


@transaction.atomic
def put_into_plan(
    summary: Summary,
    plan: Plan,
    text: str,
    *,
    by: Teacher,
    at: datetime,
    month: int | None = None,
) -> Goal | PlanItem:
    """Make a next step of `summary` a goal of `plan`, or an item of its month schedule.

    Args:
        summary: where the step stands.
        plan: the plan that takes it up.
        text: the step.
        by: who does so.
        at: when, aware.
        month: of an item; None for a goal.

    Raises:
        NotAllowed: `by` does not see the summary or does not manage the plan.
        BadInput: it stands in the plan already, or is empty.
        PlanHandedIn, MonthOutsideTerm: as adding a part to a plan.
    """
    require(may_see_summary, by, summary)
    words = text.strip().rstrip("。；;")
    rows = plan.goals if month is None else plan.planitems
    if rows.filter(text=words).exists():
        raise BadInput("这份计划里已经有这一条，没有再写一遍。")
    because = f"出自《{summary}》的下一步打算"[:200]
    detail = {"plan": str(plan.uid), "text": words}
    trail.record(by, "reports.step-put-into-plan", summary, at=at, detail=detail)
    if month is None:
        return add_goal(plan, text=words, by=by, at=at, because=because)
    return add_item(plan, text=words[:200], month=month, by=by, at=at, because=because)

"""Asking schools, groups or teachers for plans, reminding them, and closing the list."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher, Tier
from yanxiu.planning.demands import lines_of, task_kind, usual_deadline, writers_of
from yanxiu.planning.models import Plan, PlanDemand, PlanItem
from yanxiu.planning.permissions import may_manage_demand
from yanxiu.planning.refusals import DemandEnded
from yanxiu.terms.models import Term


@transaction.atomic
def ask_for_plans(
    organisation: Organisation,
    *,
    title: str,
    term: Term,
    whom: str,
    by: Teacher,
    at: datetime,
    kind: str = Plan.Kind.WORK,
    period: str = Plan.Period.TERM,
    due_on: date | None = None,
    tier: Tier | None = None,
    item: PlanItem | None = None,
    note: str = "",
) -> PlanDemand:
    """Ask for plans by a day; whoever has to write one is given the task.

    Args:
        organisation: who asks; those below it (schools) or in it (units, teachers) owe the plan.
        title: what is asked for.
        term: the term it is for, or begins with.
        whom: one of `PlanDemand.Whom`.
        by: who asks.
        at: when, aware.
        kind: of the plan.
        period: of the plan.
        due_on: the deadline; the day before the term starts if None.
        tier: which teachers, where `whom` is a tier.
        item: the item of the month schedule that it carries out.
        note: what the plan should hold.

    Raises:
        NotAllowed: `by` neither manages nor approves the plans of `organisation`.
        BadInput: it has no title, or names no tier.
    """
    _may_ask(organisation, by)
    if not title.strip():
        raise BadInput("没有写要交什么，没有布置。例如：本学期教研组工作计划。")
    if whom == PlanDemand.Whom.TIER and tier is None:
        raise BadInput("没有选是哪一层级的教师，没有布置。请选层级，或改为“每位教师”。")
    demand = PlanDemand.objects.create(
        organisation=organisation,
        title=title.strip()[:120],
        kind=kind,
        period=period,
        term=term,
        whom=whom,
        tier=tier if whom == PlanDemand.Whom.TIER else None,
        due_on=due_on or usual_deadline(term),
        item=item,
        note=note.strip(),
        made_at=at,
        made_by_uid=by.uid,
        made_by_name=by.name,
    )
    _give_tasks(demand, at)
    trail.record(by, "planning.plans-asked", demand, at=at, detail={"title": demand.title})
    return demand


def _may_ask(organisation: Organisation, by: Teacher) -> None:
    try:
        require_right(by, "manage_plans", organisation)
    except NotAllowed:
        require_right(by, "approve_plans", organisation)


def _give_tasks(demand: PlanDemand, at: datetime) -> None:
    """Give those who owe the plan their tasks; in one statement where each owes an own one."""
    agenda.assign_tasks(
        source_of(demand),
        writers_of(demand, day_of(at)),
        title=f"写计划：{demand.title}",
        due_on=demand.due_on,
        organisation=demand.organisation,
        at=at,
    )
    for plan in answered(demand, day_of(at)):
        agenda.finish_tasks(source_of(demand), kind=task_kind(plan), at=at)


def answered(demand: PlanDemand, today: date) -> list[Plan]:
    """Return the plans that answer `demand` and were handed in already."""
    return [line.plan for line in lines_of(demand, today) if line.plan and not line.is_open]


def _open(demand: PlanDemand, by: Teacher) -> None:
    require(may_manage_demand, by, demand)
    if demand.ended_at:
        raise DemandEnded(demand.title)


@transaction.atomic
def remind(demand: PlanDemand, *, by: Teacher, at: datetime) -> int:
    """Remind those who have not handed in; return how many persons that are.

    Raises:
        NotAllowed: `by` does not manage the demand.
        DemandEnded: it was closed.
    """
    _open(demand, by)
    count = agenda.remind_of_tasks(
        source_of(demand),
        title=f"请提交：{demand.title}",
        text=demand.note,
        organisation=demand.organisation,
        by=by,
        at=at,
    )
    trail.record(by, "planning.writers-reminded", demand, at=at, detail={"count": count})
    return count


@transaction.atomic
def end_demand(demand: PlanDemand, *, by: Teacher, at: datetime) -> PlanDemand:
    """Close the list: what is still owed is owed no more, the list stays.

    Raises:
        NotAllowed: `by` does not manage the demand.
        DemandEnded: it was closed before.
    """
    _open(demand, by)
    demand.ended_at = at
    demand.save(update_fields=["ended_at"])
    agenda.drop_tasks(source_of(demand), at=at)
    trail.record(by, "planning.demand-ended", demand, at=at)
    return demand

"""Handing a plan in, returning it, approving it, putting it into force, reading it out."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people.access import require
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Organisation, Teacher
from yanxiu.planning.actions.items import give_task
from yanxiu.planning.actions.versions import keep_version, log, tell
from yanxiu.planning.demands import demand_for, task_kind
from yanxiu.planning.models import Plan, PlanEvent
from yanxiu.planning.permissions import may_approve_plan, may_manage_plan
from yanxiu.planning.queries import standing_plan
from yanxiu.planning.refusals import (
    ApprovalNeeded,
    OwnPlan,
    PlanChangedElsewhere,
    PlanHandedIn,
    PlanNotWaiting,
)

APPROVE = "planning.approve"
WRITE = "planning.write"
REASON = 200
Kind = PlanEvent.Kind


def _locked(plan: Plan) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "unit", "term", "teacher").get(pk=plan.pk)


@transaction.atomic
def submit_plan(plan: Plan, *, by: Teacher, at: datetime) -> Plan:
    """Hand a plan in for approval; who approves is given the task.

    Raises:
        NotAllowed: `by` does not manage the plan.
        PlanHandedIn: it was handed in before.
        PlanNotWaiting: it is in force.
    """
    require(may_manage_plan, by, plan)
    plan = _locked(plan)
    if plan.state == Plan.State.SUBMITTED:
        raise PlanHandedIn
    if not plan.is_in_hand:
        raise PlanNotWaiting(str(plan.get_state_display()))
    plan.state, plan.submitted_at, plan.returned_because = Plan.State.SUBMITTED, at, ""
    plan.submitted_by_uid, plan.submitted_by_name = by.uid, by.name
    plan.save(
        update_fields=[
            "state", "submitted_at", "returned_because", "submitted_by_uid", "submitted_by_name",
        ]
    )  # fmt: skip
    log(plan, Kind.SUBMITTED, by=by, at=at)
    agenda.finish_tasks(source_of(plan), kind=WRITE, at=at)
    demand = demand_for(plan)
    if demand is not None:
        agenda.finish_tasks(source_of(demand), kind=task_kind(plan), at=at)
    agenda.assign_task(
        source_of(plan),
        _approvers(plan, by, at, demand.organisation if demand else None),
        kind=APPROVE,
        title=f"审批计划：{plan.title}"[:120],
        due_on=demand.due_on if demand else None,
        organisation=plan.organisation,
        at=at,
    )
    agenda.reopen_tasks(source_of(plan), kind=APPROVE)
    trail.record(by, "planning.plan-submitted", plan, at=at)
    return plan


def _approvers(plan: Plan, by: Teacher, at: datetime, asking: Organisation | None) -> list[Teacher]:
    """Return who decides: at the body that asked, else at the school, else the next one above."""
    where: Organisation | None = asking or plan.organisation
    while where is not None:
        found = list(teachers_holding("approve_plans", where, day_of(at)).exclude(pk=by.pk))
        if found:
            return found
        where = where.parent
    return []


@transaction.atomic
def withdraw_submission(plan: Plan, *, by: Teacher, at: datetime) -> Plan:
    """Take a plan back that waits for its approval.

    Raises:
        NotAllowed: `by` does not manage the plan.
        PlanNotWaiting: it does not wait.
    """
    require(may_manage_plan, by, plan)
    plan = _waiting(plan)
    plan.state = Plan.State.DRAFT
    plan.save(update_fields=["state"])
    log(plan, Kind.WITHDRAWN, by=by, at=at)
    agenda.finish_tasks(source_of(plan), kind=APPROVE, at=at, state="dropped")
    trail.record(by, "planning.submission-withdrawn", plan, at=at)
    return plan


def _waiting(plan: Plan) -> Plan:
    plan = _locked(plan)
    if plan.state != Plan.State.SUBMITTED:
        raise PlanNotWaiting(str(plan.get_state_display()))
    return plan


@transaction.atomic
def return_plan(plan: Plan, *, because: str, by: Teacher, at: datetime) -> Plan:
    """Give a plan back to its author with a reason.

    Raises:
        NotAllowed: `by` does not approve the plan.
        BadInput: no reason is given.
        PlanNotWaiting: it does not wait.
        OwnPlan: `by` handed it in.
    """
    plan, reason = _decided(plan, by), because.strip()[:REASON]
    if not reason:
        raise BadInput("没有写退回的原因，没有退回。请写明哪里要改，作者才知道怎么办。")
    plan.state, plan.returned_because = Plan.State.RETURNED, reason
    plan.save(update_fields=["state", "returned_because"])
    log(plan, Kind.RETURNED, by=by, at=at, text=reason)
    agenda.finish_tasks(source_of(plan), kind=APPROVE, at=at)
    agenda.assign_task(
        source_of(plan),
        _author(plan),
        kind=WRITE,
        title=f"修改退回的计划：{plan.title}"[:120],
        due_on=None,
        organisation=plan.organisation,
        at=at,
    )
    agenda.reopen_tasks(source_of(plan), kind=WRITE)
    _answer(plan, f"《{plan.title}》退回修改", reason, at)
    trail.record(by, "planning.plan-returned", plan, at=at, detail={"reason": reason})
    return plan


def _decided(plan: Plan, by: Teacher) -> Plan:
    """Return `plan` locked, waiting and decided upon by somebody else than who handed it in."""
    require(may_approve_plan, by, plan)
    plan = _waiting(plan)
    if plan.submitted_by_uid == by.uid:
        raise OwnPlan
    return plan


def _author(plan: Plan) -> list[Teacher]:
    """Return who handed the plan in."""
    uid = plan.submitted_by_uid
    return list(Teacher.objects.filter(uid=uid)) if uid else []


def _answer(plan: Plan, title: str, text: str, at: datetime) -> None:
    notices.notify(
        _author(plan),
        kind=Notice.Kind.DECISION,
        title=title,
        source=source_of(plan),
        organisation=plan.organisation,
        at=at,
        text=text,
    )


@transaction.atomic
def approve_plan(plan: Plan, *, by: Teacher, at: datetime, remark: str = "") -> Plan:
    """Approve a plan that was handed in: it is in force, and this version is frozen.

    Raises:
        NotAllowed: `by` does not approve the plan.
        PlanNotWaiting: it does not wait.
        OwnPlan: `by` handed it in.
        PlanChangedElsewhere: another one stands for the same.
    """
    plan = _decided(plan, by)
    plan.approved_at, plan.approved_by_uid, plan.approved_by_name = at, by.uid, by.name
    plan.save(update_fields=["approved_at", "approved_by_uid", "approved_by_name"])
    _put_into_force(plan, by, at, approved=True)
    log(plan, Kind.APPROVED, by=by, at=at, text=remark.strip()[:REASON], version=plan.version)
    agenda.finish_tasks(source_of(plan), kind=APPROVE, at=at)
    _answer(plan, f"《{plan.title}》审批通过", remark.strip(), at)
    trail.record(by, "planning.plan-approved", plan, at=at)
    return plan


@transaction.atomic
def confirm_plan(plan: Plan, *, by: Teacher, at: datetime) -> Plan:
    """Put a plan written by hand into force, where nobody asked for its approval.

    Raises:
        NotAllowed: `by` does not manage the plan.
        ApprovalNeeded: it was asked for with approval.
        PlanHandedIn: it waits for its approval.
        PlanChangedElsewhere: the period has another confirmed plan of the same.
    """
    require(may_manage_plan, by, plan)
    plan = _locked(plan)
    if plan.state == Plan.State.SUBMITTED:
        raise PlanHandedIn
    demand = demand_for(plan)
    if demand is not None:
        raise ApprovalNeeded(demand.title)
    _put_into_force(plan, by, at)
    log(plan, Kind.CONFIRMED, by=by, at=at, version=plan.version)
    trail.record(by, "planning.plan-confirmed", plan, at=at)
    return plan


def _put_into_force(plan: Plan, by: Teacher, at: datetime, *, approved: bool = False) -> None:
    standing = standing_plan(plan)
    if standing:
        raise PlanChangedElsewhere(standing.title)
    plan.state, plan.confirmed_at = Plan.State.CONFIRMED, at
    plan.confirmed_by_uid, plan.confirmed_by_name = by.uid, by.name
    plan.save(update_fields=["state", "confirmed_at", "confirmed_by_uid", "confirmed_by_name"])
    keep_version(plan, "", by=by, at=at, approved=approved)
    for item in plan.planitems.exclude(owner=None).select_related("owner", "plan__organisation"):
        give_task(item, at)


@transaction.atomic
def read_out(plan: Plan, *, on: date, where: str, by: Teacher, at: datetime) -> PlanEvent:
    """Say on which day and in which meeting a plan was read out or made known.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: the meeting is not named.
        PlanNotWaiting: it is not in force.
    """
    require(may_manage_plan, by, plan)
    if plan.state != Plan.State.CONFIRMED:
        raise PlanNotWaiting(str(plan.get_state_display()))
    if not where.strip():
        raise BadInput("没有写在哪次会议上宣读，没有保存。例如：寒假教育工作会议。")
    text = where.strip()[:REASON]
    event = log(plan, Kind.READ_OUT, by=by, at=at, text=text, version=plan.version)
    event.on = on
    event.save(update_fields=["on"])
    tell(plan, f"《{plan.title}》已宣读", where.strip(), by=by, at=at)
    trail.record(by, "planning.plan-read-out", plan, at=at, detail={"on": on.isoformat()})
    return event

"""What becomes of an item: who looks after it, its steps, done, or dropped with a reason."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning.models import ItemStep, Plan, PlanItem
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.planning.queries import last_day_of

CARE = "planning.item"


def _may_work_on(item: PlanItem, by: Teacher) -> None:
    """Let who manages the plan, and the owner of the item, work on it."""
    if item.owner_id != by.pk:
        require(may_manage_plan, by, item.plan)


@transaction.atomic
def drop_item(item: PlanItem, *, because: str, by: Teacher, at: datetime) -> PlanItem:
    """Drop an item of the schedule with a reason; "" takes the dropping back.

    Raises:
        NotAllowed: `by` does not manage the plan.
    """
    require(may_manage_plan, by, item.plan)
    item.dropped_because = because.strip()[:200]
    item.save(update_fields=["dropped_because"])
    if item.dropped_because:
        agenda.finish_tasks(source_of(item), kind=CARE, at=at, state="dropped")
    trail.record(
        by,
        "planning.item-dropped",
        item.plan,
        at=at,
        detail={"item": item.text, "reason": item.dropped_because},
    )
    return item


@transaction.atomic
def finish_item(
    item: PlanItem, *, on: date | None, note: str, by: Teacher, at: datetime
) -> PlanItem:
    """Say that an item which no session stands for was done on a day; None takes it back.

    Raises:
        NotAllowed: `by` neither manages the plan nor looks after the item.
        BadInput: the day has not come yet.
    """
    _may_work_on(item, by)
    if on and on > day_of(at):
        raise BadInput("完成日期还没有到，没有保存。请填实际完成的那一天。")
    item.done_on, item.done_note = on, note.strip()[:200]
    item.save(update_fields=["done_on", "done_note"])
    if on:
        agenda.finish_tasks(source_of(item), kind=CARE, at=at)
    trail.record(
        by,
        "planning.item-finished",
        item.plan,
        at=at,
        detail={"item": item.text, "on": on.isoformat() if on else None},
    )
    return item


@transaction.atomic
def assign_owner(item: PlanItem, owner: Teacher | None, *, by: Teacher, at: datetime) -> PlanItem:
    """Say who looks after an item; of a plan in force it becomes that person's task.

    Raises:
        NotAllowed: `by` does not manage the plan.
    """
    require(may_manage_plan, by, item.plan)
    if item.owner_id and item.owner_id != (owner.pk if owner else None):
        agenda.finish_tasks(source_of(item), kind=CARE, at=at, state="dropped")
    item.owner = owner
    item.save(update_fields=["owner"])
    if owner and item.plan.state == Plan.State.CONFIRMED:
        give_task(item, at)
    trail.record(
        by,
        "planning.owner-assigned",
        item.plan,
        at=at,
        detail={"item": item.text, "owner": owner.name if owner else None},
    )
    return item


def give_task(item: PlanItem, at: datetime) -> None:
    """Make a living item with an owner a task of the owner's, due on its last day."""
    if item.owner is None or item.done_on or item.dropped_because:
        return
    agenda.assign_task(
        source_of(item),
        [item.owner],
        kind=CARE,
        title=f"计划事项：{item.text}"[:120],
        due_on=item.last_on or last_day_of(item.month),
        organisation=item.plan.organisation,
        at=at,
    )


# ---- steps ----
@transaction.atomic
def add_step(
    item: PlanItem,
    *,
    text: str,
    by: Teacher,
    at: datetime,
    owner: Teacher | None = None,
    due_on: date | None = None,
) -> ItemStep:
    """Add a step to an item.

    Raises:
        NotAllowed: `by` neither manages the plan nor looks after the item.
        BadInput: it is empty.
    """
    _may_work_on(item, by)
    if not text.strip():
        raise BadInput("没有写步骤，没有添加。请写明这一步做什么。")
    step = ItemStep.objects.create(
        item=item, text=text.strip()[:200], owner=owner, due_on=due_on, order=item.steps.count()
    )
    trail.record(by, "planning.step-added", item.plan, at=at, detail={"step": step.text})
    return step


@transaction.atomic
def finish_step(step: ItemStep, *, on: date | None, by: Teacher, at: datetime) -> ItemStep:
    """Say that a step was done on a day; None takes it back.

    Raises:
        NotAllowed: `by` neither manages the plan nor looks after the step or its item.
        BadInput: the day has not come yet.
    """
    if step.owner_id != by.pk:
        _may_work_on(step.item, by)
    if on and on > day_of(at):
        raise BadInput("完成日期还没有到，没有保存。请填实际完成的那一天。")
    step.done_on = on
    step.save(update_fields=["done_on"])
    detail = {"step": step.text, "on": on.isoformat() if on else None}
    trail.record(by, "planning.step-finished", step.item.plan, at=at, detail=detail)
    return step


@transaction.atomic
def remove_step(step: ItemStep, *, by: Teacher, at: datetime) -> None:
    """Take a step away that was not done.

    Raises:
        NotAllowed: `by` neither manages the plan nor looks after the item.
        BadInput: it was done.
    """
    _may_work_on(step.item, by)
    if step.done_on:
        raise BadInput("这一步已经完成，没有删去。写错了的话，请先撤回“完成”。")
    trail.record(by, "planning.step-removed", step.item.plan, at=at, detail={"step": step.text})
    step.delete()

"""Writing and changing a plan by hand."""

from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.planning.actions.kept import month_in
from yanxiu.planning.models import Goal, Plan, PlanItem, PlanPart, Quota, Rhythm
from yanxiu.planning.permissions import may_manage_plan, may_set_rhythm
from yanxiu.planning.refusals import MonthOutsideTerm, PlanChangedElsewhere
from yanxiu.terms.models import Term


@transaction.atomic
def start_plan(
    organisation: Organisation,
    term: Term,
    title: str,
    *,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
) -> Plan:
    """Begin an empty plan for a term.

    Raises:
        NotAllowed: `by` neither manages the plans of `organisation` nor leads `unit`.
        BadInput: the title is empty.
    """
    if unit is None or unit.pk not in by.leads:
        require_right(by, "manage_plans", organisation)
    if not title.strip():
        raise BadInput(
            "没有写计划标题，没有新建。请写一个标题，如“2026—2027学年第一学期研修计划”。"
        )
    plan = Plan.objects.create(
        organisation=organisation, unit=unit, term=term, title=title.strip()[:200], made_at=at
    )
    trail.record(by, "planning.plan-started", plan, at=at)
    return plan


@transaction.atomic
def confirm_plan(plan: Plan, *, by: Teacher, at: datetime) -> Plan:
    """Put a plan written by hand into force.

    Raises:
        NotAllowed: `by` does not manage the plan.
        PlanChangedElsewhere: the term has another confirmed plan of the same school or unit.
    """
    require(may_manage_plan, by, plan)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    standing = (
        Plan.objects.filter(
            organisation=plan.organisation,
            unit=plan.unit,
            term=plan.term,
            state=Plan.State.CONFIRMED,
        )
        .exclude(pk=plan.pk)
        .first()
    )
    if standing:
        raise PlanChangedElsewhere(standing.title)
    plan.state, plan.confirmed_at = Plan.State.CONFIRMED, at
    plan.confirmed_by_uid, plan.confirmed_by_name = by.uid, by.name
    plan.save(update_fields=["state", "confirmed_at", "confirmed_by_uid", "confirmed_by_name"])
    trail.record(by, "planning.plan-confirmed", plan, at=at)
    return plan


def _added(part: PlanPart, plan: Plan, by: Teacher, at: datetime) -> None:
    part.plan = plan
    part.save()
    kind = type(part).__name__.lower()
    trail.record(by, "planning.part-added", plan, at=at, detail={"kind": kind, "part": str(part)})


@transaction.atomic
def add_goal(plan: Plan, *, text: str, by: Teacher, at: datetime, indicator: str = "") -> Goal:
    """Add a goal to a plan.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: it is empty.
    """
    require(may_manage_plan, by, plan)
    if not text.strip():
        raise BadInput("没有写目标，没有添加。请用一句话写明要达到什么。")
    goal = Goal(text=text.strip(), indicator=indicator.strip()[:60], order=plan.goals.count())
    _added(goal, plan, by, at)
    return goal


@transaction.atomic
def add_quota(
    plan: Plan,
    *,
    name: str,
    amount: Decimal,
    unit_of_measure: str,
    by: Teacher,
    at: datetime,
    per: str = Quota.Per.TEACHER,
    period: str = Quota.Period.TERM,
    at_least: bool = True,
) -> Quota:
    """Add a quota to a plan.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: it has no name, or the amount is not above zero.
    """
    require(may_manage_plan, by, plan)
    if not name.strip() or amount <= 0:
        raise BadInput("数量要求要写明事项，数量要大于0，没有添加。例如：读书 1 本。")
    quota = Quota(
        name=name.strip()[:60],
        amount=amount,
        unit_of_measure=unit_of_measure.strip()[:10],
        per=per,
        period=period,
        at_least=at_least,
        order=plan.quotas.count(),
    )
    _added(quota, plan, by, at)
    return quota


@transaction.atomic
def add_rhythm(
    plan: Plan,
    *,
    unit: Unit,
    weekday: int | None,
    half_day: str,
    by: Teacher,
    at: datetime,
    starts_at: time | None = None,
    minutes: int = 80,
    every_weeks: int = 1,
    place: str = "",
) -> Rhythm:
    """Add a weekly slot of a unit; without a weekday it is still to be agreed.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: the length or the distance in weeks cannot be meant.
    """
    require(may_manage_plan, by, plan)
    _check_length(minutes, every_weeks)
    rhythm = Rhythm(
        unit=unit,
        name=unit.name,
        weekday=weekday,
        half_day=half_day,
        starts_at=starts_at,
        minutes=minutes,
        every_weeks=every_weeks,
        place=place.strip()[:60],
        order=plan.rhythms.count(),
    )
    _added(rhythm, plan, by, at)
    return rhythm


@transaction.atomic
def agree_rhythm(
    rhythm: Rhythm,
    *,
    weekday: int | None,
    half_day: str,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
    starts_at: time | None = None,
    minutes: int | None = None,
    place: str = "",
) -> Rhythm:
    """Set the weekday and time of a slot that was open, or change one; the leader may do it too.

    Sessions that were made from it stay as they are.

    Raises:
        NotAllowed: `by` neither manages the plan nor leads the slot's unit.
    """
    if rhythm.unit_id not in by.leads:
        require(may_manage_plan, by, rhythm.plan)
    rhythm.unit = unit or rhythm.unit
    rhythm.weekday, rhythm.half_day, rhythm.starts_at = weekday, half_day, starts_at
    rhythm.minutes = minutes or rhythm.minutes
    rhythm.place = place.strip()[:60]
    rhythm.save()
    trail.record(
        by,
        "planning.rhythm-agreed",
        rhythm.plan,
        at=at,
        detail={"unit": rhythm.name, "weekday": weekday, "half_day": half_day},
    )
    return rhythm


def _check_length(minutes: int, every_weeks: int) -> None:
    if not 10 <= minutes <= 480 or not 1 <= every_weeks <= 10:  # noqa: PLR2004 (said in the text)
        raise BadInput("每次时长应在10到480分钟之间，间隔应在1到10周之间，没有保存。")


@transaction.atomic
def set_rhythm(
    rhythm: Rhythm,
    *,
    unit: Unit | None,
    weekday: int | None,
    half_day: str,
    starts_at: time | None,
    minutes: int,
    every_weeks: int,
    place: str,
    by: Teacher,
    at: datetime,
) -> Rhythm:
    """Settle or change when a unit meets; sessions made before stay as they are.

    Raises:
        NotAllowed: `by` neither manages the plan nor leads the unit.
        BadInput: the length or the distance in weeks cannot be meant.
    """
    require(may_set_rhythm, by, rhythm)
    _check_length(minutes, every_weeks)
    rhythm.unit, rhythm.weekday, rhythm.half_day = unit, weekday, half_day
    rhythm.starts_at, rhythm.minutes = starts_at, minutes
    rhythm.every_weeks, rhythm.place = every_weeks, place.strip()[:60]
    rhythm.save()
    trail.record(
        by,
        "planning.rhythm-set",
        rhythm.plan,
        at=at,
        detail={"rhythm": rhythm.name, "weekday": weekday, "half_day": half_day},
    )
    return rhythm


@transaction.atomic
def add_item(
    plan: Plan, *, text: str, month: int, by: Teacher, at: datetime, owner: Teacher | None = None
) -> PlanItem:
    """Add an item to the month schedule.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: it is empty.
        MonthOutsideTerm: the term has no such month.
    """
    require(may_manage_plan, by, plan)
    if not text.strip():
        raise BadInput("没有写事项，没有添加。请写明这个月要做什么。")
    day = month_in(plan.term.span, month)
    if day is None:
        raise MonthOutsideTerm([month], str(plan.term))
    item = PlanItem(text=text.strip()[:200], month=day, owner=owner, order=plan.planitems.count())
    _added(item, plan, by, at)
    return item


@transaction.atomic
def remove_part(part: PlanPart, *, by: Teacher, at: datetime) -> None:
    """Take a part out of a plan that is not confirmed yet.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: the plan is confirmed; items are dropped with a reason instead.
    """
    require(may_manage_plan, by, part.plan)
    if part.plan.state == Plan.State.CONFIRMED:
        raise BadInput(
            "计划已经确认，内容不能直接删去。事项可以“取消”并写明原因，原来的文字会留着。"
        )
    trail.record(
        by,
        "planning.part-removed",
        part.plan,
        at=at,
        detail={"kind": type(part).__name__.lower(), "part": str(part)},
    )
    part.delete()


@transaction.atomic
def drop_item(item: PlanItem, *, because: str, by: Teacher, at: datetime) -> PlanItem:
    """Drop an item of the schedule with a reason; "" takes the dropping back.

    Raises:
        NotAllowed: `by` does not manage the plan.
    """
    require(may_manage_plan, by, item.plan)
    item.dropped_because = because.strip()[:200]
    item.save(update_fields=["dropped_because"])
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
        NotAllowed: `by` does not manage the plan.
        BadInput: the day has not come yet.
    """
    require(may_manage_plan, by, item.plan)
    if on and on > day_of(at):
        raise BadInput("完成日期还没有到，没有保存。请填实际完成的那一天。")
    item.done_on, item.done_note = on, note.strip()[:200]
    item.save(update_fields=["done_on", "done_note"])
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
    """Say who looks after an item.

    Raises:
        NotAllowed: `by` does not manage the plan.
    """
    require(may_manage_plan, by, item.plan)
    item.owner = owner
    item.save(update_fields=["owner"])
    trail.record(
        by,
        "planning.owner-assigned",
        item.plan,
        at=at,
        detail={"item": item.text, "owner": owner.name if owner else None},
    )
    return item

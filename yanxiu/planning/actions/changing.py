"""Changing what stands in a plan: its head, its parts, and when a unit meets."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, TypeVar

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require
from yanxiu.people.models import Teacher, Unit
from yanxiu.planning.actions.adding import check_length, check_part
from yanxiu.planning.actions.pairing import held_fast
from yanxiu.planning.actions.versions import revising
from yanxiu.planning.freezing import kind_of
from yanxiu.planning.models import Goal, Plan, PlanPart, Rhythm
from yanxiu.planning.permissions import may_manage_plan, may_set_rhythm
from yanxiu.planning.refusals import PartInUse

Part = TypeVar("Part", bound=PlanPart)
HEAD = {
    "title", "superior", "owner", "parent", "project", "starts_on", "ends_on", "credits_total",
    "credits_least", "hours_yearly", "hours_per_credit",
}  # fmt: skip
"""The columns of a plan that people write after it was begun."""


@transaction.atomic
def edit_plan(
    plan: Plan, changes: Mapping[str, Any], *, by: Teacher, at: datetime, because: str = ""
) -> Plan:
    """Change the title and the rest of the head of a plan.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: the title is empty, the period ends before it starts, or it would follow itself.
        PlanHandedIn, ReasonMissing: as `revising`.
    """
    require(may_manage_plan, by, plan)
    given = {name: value for name, value in changes.items() if name in HEAD}
    if not str(given.get("title", plan.title)).strip():
        raise BadInput("没有写计划标题，没有保存。请写一个标题。")
    above = given.get("parent")
    while above is not None:
        if above.pk == plan.pk:
            raise BadInput("计划不能以它自己或它下面的计划为上级，没有保存。请另选上级计划。")
        above = above.parent
    with revising(plan, because, by=by, at=at):
        for name, value in given.items():
            setattr(plan, name, value.strip() if isinstance(value, str) else value)
        begins = plan.starts_on or plan.term.starts_on
        if (plan.ends_on or plan.term.ends_on) <= begins:
            raise BadInput("结束日期要在开始日期之后，没有保存。请改日期。")
        plan.save(update_fields=sorted(given))
    trail.record(by, "planning.plan-edited", plan, at=at, detail={"columns": sorted(given)})
    return plan


@transaction.atomic
def edit_part(
    part: Part, changes: Mapping[str, Any], *, by: Teacher, at: datetime, because: str = ""
) -> Part:
    """Change a part of a plan; in a plan in force with a reason, and the old version is kept.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput, MonthOutsideTerm, KeyFieldsFull: as when it was added.
        PlanHandedIn, ReasonMissing: as `revising`.
    """
    plan = part.plan
    require(may_manage_plan, by, plan)
    given = {name: value for name, value in changes.items() if name in part.CONTENT}
    with revising(plan, because, by=by, at=at):
        for name, value in given.items():
            setattr(part, name, value.strip() if isinstance(value, str) else value)
        check_part(part, plan)
        part.save(update_fields=sorted(given))
    detail = {"kind": kind_of(part), "part": str(part), "columns": sorted(given)}
    trail.record(by, "planning.part-changed", plan, at=at, detail=detail)
    return part


@transaction.atomic
def remove_part(part: PlanPart, *, by: Teacher, at: datetime, because: str = "") -> None:
    """Take a part out of a plan; out of a plan in force with a reason, and the old version is kept.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: it is in force and no reason is given, or sessions stand for the item.
        PartInUse: activities or trainings stand on it.
        PlanHandedIn: the plan waits for its approval.
    """
    plan = part.plan
    require(may_manage_plan, by, plan)
    in_force = plan.state == Plan.State.CONFIRMED
    if in_force and not because.strip():
        raise BadInput(
            "计划已经确认，内容不能直接删去。事项可以“取消”并写明原因，原来的文字会留着。"
        )
    if hasattr(part, "events") and part.events.exists():
        raise BadInput("这一项已经排出或举行了活动，没有删去。不做了的话，请“取消”并写明原因。")
    if held_fast([part]):
        raise PartInUse
    detail = {"kind": type(part).__name__.lower(), "part": str(part)}
    with revising(plan, because, by=by, at=at):
        part.delete()
    trail.record(by, "planning.part-removed", plan, at=at, detail=detail)


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
    return set_rhythm(
        rhythm,
        unit=unit or rhythm.unit,
        weekday=weekday,
        half_day=half_day,
        starts_at=starts_at,
        minutes=minutes or rhythm.minutes,
        every_weeks=rhythm.every_weeks,
        from_week=rhythm.from_week,
        times_a_month=rhythm.times_a_month,
        place=place,
        by=by,
        at=at,
    )


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
    times_a_month: int | None = None,
    from_week: int = 1,
) -> Rhythm:
    """Settle or change when a unit meets; sessions made before stay as they are.

    Settling an open slot carries the plan out and makes no version of it; moving one does.

    Raises:
        NotAllowed: `by` neither manages the plan nor leads the unit.
        BadInput: the length, the distance in weeks or the number in a month cannot be meant.
    """
    require(may_set_rhythm, by, rhythm)
    check_length(minutes, every_weeks, times_a_month, from_week)
    plan, was_open = rhythm.plan, rhythm.weekday is None
    rhythm.unit, rhythm.weekday, rhythm.half_day = unit, weekday, half_day
    rhythm.starts_at, rhythm.minutes = starts_at, minutes
    rhythm.every_weeks, rhythm.from_week = every_weeks, from_week
    rhythm.times_a_month = times_a_month
    rhythm.place = place.strip()[:60]
    if was_open:
        rhythm.save()
    else:
        with revising(plan, f"调整{rhythm.name}的活动时间", by=by, at=at):
            rhythm.save()
    trail.record(
        by,
        "planning.rhythm-set",
        plan,
        at=at,
        detail={"rhythm": rhythm.name, "weekday": weekday, "half_day": half_day},
    )
    return rhythm


def served_goals(plan: Plan) -> list[Goal]:
    """Return the goals that goals of `plan` may serve: those of the plans above it, and given ones.

    Guidelines that the same school keeps are among them.
    """
    above = [plan.parent_id] if plan.parent_id else []
    guidelines = Plan.objects.filter(
        organisation=plan.organisation_id, kind=Plan.Kind.GUIDELINE
    ).values_list("pk", flat=True)
    wanted = [*above, *guidelines]
    return list(Goal.objects.filter(plan__in=wanted).exclude(plan=plan).select_related("plan"))

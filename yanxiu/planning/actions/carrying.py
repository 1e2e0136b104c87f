"""A new plan from the one before: what is kept, what was changed, what is dropped, and why."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Teacher
from yanxiu.planning.actions.kept import month_in
from yanxiu.planning.freezing import PARTS, content_of, parts_of
from yanxiu.planning.models import (
    CarryOver,
    Goal,
    Plan,
    PlanItem,
    PlanPart,
)
from yanxiu.planning.permissions import may_manage_plan, may_see_plan
from yanxiu.planning.queries import last_day_of, span_of_period
from yanxiu.terms.models import Term

Mark = CarryOver.Mark
HEAD = (
    "organisation", "unit", "teacher", "owner", "kind", "project", "period", "superior", "parent",
    "credits_total", "credits_least", "hours_yearly", "hours_per_credit",
)  # fmt: skip
HALF_A_YEAR = 6


@transaction.atomic
def copy_plan(
    old: Plan,
    term: Term,
    title: str,
    *,
    by: Teacher,
    at: datetime,
    dropped: Mapping[UUID, str] | None = None,
) -> Plan:
    """Begin a plan for `term` with the parts of `old`; what is dropped is kept with its reason.

    Items move to the same place in the new period; those whose month it does not have, and those
    dropped then, are not taken over and stand in the list as dropped.

    Args:
        old: the plan of before; `by` may see it.
        term: the term it is for, or with which it begins.
        title: of the new plan.
        by: who copies; manages the plans of its organisation or leads its unit.
        at: when, aware.
        dropped: for each part not carried over, by its uid, why.

    Raises:
        NotAllowed: `by` may not write such a plan.
        BadInput: the title is empty.
    """
    require(may_see_plan, by, old)
    if old.teacher_id != by.pk and (old.unit_id is None or old.unit_id not in by.leads):
        require_right(by, "manage_plans", old.organisation)
    if not title.strip():
        raise BadInput("没有写新计划的标题，没有新建。请写一个标题。")
    head = {name: getattr(old, name) for name in HEAD}
    plan = Plan(**head, term=term, title=title.strip()[:200], copied_from=old, made_at=at)
    if old.starts_on is not None:
        span = span_of_period(old.period, term)
        plan.starts_on, plan.ends_on = span.start, span.end
    plan.save()
    _carry(old, plan, dict(dropped or {}))
    trail.record(by, "planning.plan-copied", plan, at=at, detail={"from": str(old.uid)})
    return plan


def _carry(old: Plan, plan: Plan, dropped: dict[UUID, str]) -> None:
    """Copy the parts, and say of each what became of it."""
    marks, copies = [], {}
    for word, part in parts_of(old):
        reason = dropped.get(part.uid, "")
        if part.uid not in dropped:
            copy = _copied(part, plan, old)
            if copy is None:
                reason = "新的学期没有这个月份" if _is_living(part) else "上次已取消"
            else:
                copies[part.pk, word] = (copy, part)
        mark = Mark.KEPT if (part.pk, word) in copies else Mark.DROPPED
        marks.append(
            CarryOver(
                plan=plan,
                kind=word,
                origin_id=part.uid,
                text=(getattr(part, "text", "") or str(part))[:200],
                mark=mark,
                reason=reason[:200],
            )
        )
    CarryOver.objects.bulk_create(marks)
    for (_pk, word), (copy, part) in copies.items():
        if word in {"goal", "item"}:
            _relink(copy, part, {key: made for key, (made, _old) in copies.items()})


def _is_living(part: PlanPart) -> bool:
    return not getattr(part, "dropped_because", "")


def _copied(part: PlanPart, plan: Plan, old: Plan) -> PlanPart | None:
    """Return a saved copy of `part` in `plan`; None where it has no place there."""
    values: dict[str, Any] = {name: getattr(part, name) for name in part.CONTENT}
    if isinstance(part, PlanItem):
        moved = _moved(part, plan, old)
        if moved is None or part.dropped_because:
            return None
        values |= moved
    if isinstance(part, Goal):
        values |= {"deadline": None}
    for name in ("parent", "goal"):
        if name in values:
            values[name] = None
    copy = type(part)(plan=plan, order=part.order, origin=part.uid, **values)
    copy.save()
    return copy


def _moved(item: PlanItem, plan: Plan, old: Plan) -> dict[str, Any] | None:
    """Return the days of `item` in the new plan: the same month of the year, else half a year on.

    A day stays in its month but is left open, for the calendar of the new term is another one.
    """
    month = month_in(plan.span, item.month.month)
    if month is None and (plan.span.start - old.span.start) > timedelta(days=90):
        later = (item.month.month + HALF_A_YEAR - 1) % 12 + 1
        month = month_in(plan.span, later)
    if month is None:
        return None
    last = None
    if item.until is not None and item.last_on is not None:
        months = (item.until.year - item.month.year) * 12 + item.until.month - item.month.month
        number = month.year * 12 + month.month - 1 + months
        last = min(last_day_of(date(number // 12, number % 12 + 1, 1)), plan.span.last)
    return {"month": month, "on": None, "last_on": last}


def _relink(copy: PlanPart, part: PlanPart, copies: Mapping[tuple[Any, str], PlanPart]) -> None:
    """Let a copied goal or item point at the copies of what it pointed at."""
    above = part.parent_id if isinstance(part, Goal) else getattr(part, "goal_id", None)
    made = copies.get((above, "goal"))
    if made is not None:
        setattr(copy, "parent" if isinstance(copy, Goal) else "goal", made)
        copy.save()


@transaction.atomic
def drop_carried(plan: Plan, origin: UUID, *, because: str, by: Teacher, at: datetime) -> CarryOver:
    """Say that a part carried over is not carried on; it leaves the new plan.

    Raises:
        NotAllowed: `by` does not manage the plan.
        BadInput: no reason is given, or the plan is no longer being written.
    """
    require(may_manage_plan, by, plan)
    if not plan.is_in_hand:
        raise BadInput("计划已经提交或确认，沿用情况不能再改。要删改内容，请写明原因修订。")
    if not because.strip():
        raise BadInput("没有写不再沿用的原因，没有改动。请用一句话说明。")
    row = plan.carry_overs.get(origin_id=origin)
    PARTS[row.kind]._default_manager.filter(plan=plan, origin=origin).delete()
    row.mark, row.reason = Mark.DROPPED, because.strip()[:200]
    row.save(update_fields=["mark", "reason"])
    trail.record(by, "planning.carried-dropped", plan, at=at, detail={"text": row.text})
    return row


@transaction.atomic
def explain_carried(
    plan: Plan, origin: UUID, *, because: str, by: Teacher, at: datetime
) -> CarryOver:
    """Say why a part was kept or changed.

    Raises:
        NotAllowed: `by` does not manage the plan.
    """
    require(may_manage_plan, by, plan)
    row = plan.carry_overs.get(origin_id=origin)
    row.reason = because.strip()[:200]
    row.save(update_fields=["reason"])
    trail.record(by, "planning.carried-explained", plan, at=at, detail={"text": row.text})
    return row


def carried(plan: Plan) -> list[CarryOver]:
    """Return what became of each part of the plan before; changed is what reads differently now."""
    if plan.copied_from is None:
        return []
    before = {part["uid"]: part["values"] for part in content_of(plan.copied_from)["parts"]}
    after = {part["origin"]: part["values"] for part in content_of(plan)["parts"]}
    rows = list(plan.carry_overs.all())
    for row in rows:
        uid = str(row.origin_id)
        if uid not in after:
            row.mark = Mark.DROPPED
        elif _without_days(after[uid]) != _without_days(before.get(uid)):
            row.mark = Mark.CHANGED
    return rows


def _without_days(values: Mapping[str, str] | None) -> dict[str, str]:
    """Leave the calendar out: that another term has other days is no change of the plan."""
    days = {"月份", "日期", "最后一天", "期限"}
    return {label: text for label, text in (values or {}).items() if label not in days}

"""The numbers that plans give to reports and dashboards."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from yanxiu.figures.table import Cell, Figure, Scope, lies_in
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.planning.models import Goal, ItemEvent, Plan, PlanItem, Rhythm
from yanxiu.planning.permissions import may_see_part
from yanxiu.planning.queries import during, in_state, state_of, touches

State = PlanItem.State
_SCHOOL, _UNIT = "plan__organisation", "plan__unit"


# ---- rows ----
def _common(scope: Scope) -> Q:
    """Leave out what is not in force, what others ask, and the personal plans of other people."""
    common = Q(plan__teacher=None)
    if scope.teacher is not None:
        common |= Q(plan__teacher=scope.teacher)
    return Q(plan__state=Plan.State.CONFIRMED) & ~Q(plan__kind=Plan.Kind.GUIDELINE) & common


def items_in(scope: Scope) -> "QuerySet[PlanItem]":
    """Return the items of confirmed plans whose months touch `scope`; of a teacher the owned."""
    rows = PlanItem.objects.filter(during(scope.span), _common(scope))
    return scope.narrow(rows, organisation=_SCHOOL, unit=_UNIT, teacher="owner")


def _in_states(*states: str) -> Callable[[Scope], "QuerySet[PlanItem]"]:
    def rows(scope: Scope) -> "QuerySet[PlanItem]":
        condition = in_state(states[0], today())
        for state in states[1:]:
            condition |= in_state(state, today())
        return items_in(scope).filter(condition)

    return rows


def _parts_in(model: Any, scope: Scope) -> "QuerySet[Any]":
    """Return the parts of confirmed plans whose term touches `scope`; a teacher owns none."""
    rows: QuerySet[Any] = model.objects.filter(_common(scope), touches(scope.span, "plan__"))
    rows = scope.narrow(rows, organisation=_SCHOOL, unit=_UNIT, teacher=None)
    return rows.none() if scope.teacher is not None else rows


def _goals(scope: Scope) -> "QuerySet[Goal]":
    rows: QuerySet[Goal] = _parts_in(Goal, scope)
    return rows


def _open_rhythms(scope: Scope) -> "QuerySet[Rhythm]":
    return _parts_in(Rhythm, scope).filter(weekday=None)


# ---- opened rows ----
def _open_items(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    events = Prefetch("events", ItemEvent.objects.order_by("happens_on"), to_attr="known_events")
    joined = rows.select_related("plan", "owner").prefetch_related(events)
    return joined.order_by("month", "plan", "order", "id")


def _item_cells(item: PlanItem) -> Sequence[Cell]:
    state = State(state_of(item, item.known_events, today()))  # type: ignore[attr-defined]
    owner = item.owner
    return (
        Cell(f"{item.month.year}年{item.month.month}月"),
        Cell(item.text, PlanItem.SOURCE_KIND, item.uid),
        Cell(str(state.label)),
        Cell(owner.name, Teacher.SOURCE_KIND, owner.uid) if owner else Cell("—"),
        Cell(item.plan.title, Plan.SOURCE_KIND, item.plan.uid),
    )


def _open_parts(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.select_related("plan").order_by("plan", "order", "id")


def _goal_cells(goal: Goal) -> Sequence[Cell]:
    return (
        Cell(f"{goal.name}：{goal.text}" if goal.name else goal.text),
        Cell(goal.indicator or _("未设指标")),
        Cell(goal.plan.title, Plan.SOURCE_KIND, goal.plan.uid),
    )


def _rhythm_cells(rhythm: Rhythm) -> Sequence[Cell]:
    return Cell(rhythm.name), Cell(rhythm.plan.title, Plan.SOURCE_KIND, rhythm.plan.uid)


def _of_items(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[PlanItem]"]
) -> Figure:
    return Figure(
        code=f"planning.{code}",
        name=name,
        meaning=meaning,
        unit="项",
        rows=rows,
        columns=("月份", "事项", "状态", "负责人", "计划"),
        cells=_item_cells,
        seen_by=may_see_part,
        opened=_open_items,
        place=lies_in(_SCHOOL),
    )


def _of_goals(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[Goal]"]
) -> Figure:
    return Figure(
        code=f"planning.{code}",
        name=name,
        meaning=meaning,
        unit="条",
        rows=rows,
        columns=("目标", "指标", "计划"),
        cells=_goal_cells,
        seen_by=may_see_part,
        opened=_open_parts,
        place=lies_in(_SCHOOL),
    )


FIGURES = [
    _of_items(
        "items",
        "计划事项",
        "已确认计划中月份在所选日期内的事项，不含已取消的。",
        lambda scope: items_in(scope).filter(dropped_because=""),
    ),
    _of_items(
        "items_done",
        "已完成的计划事项",
        "计划事项中已有活动举行的，或已注明完成日期的；已取消的不算。",
        _in_states(State.DONE),
    ),
    _of_items(
        "items_overdue",
        "过期未办的计划事项",
        "月份已过，既没有活动举行或排期，也没有注明完成的计划事项；排了而没有举行的也算。",
        _in_states(State.OVERDUE, State.MISSED),
    ),
    _of_items(
        "items_dropped",
        "取消的计划事项",
        "写明原因后取消的计划事项。",
        _in_states(State.DROPPED),
    ),
    _of_goals("goals", "计划目标", "学期与所选日期有重合的已确认计划中的目标。", _goals),
    _of_goals(
        "goals_unmeasured",
        "未设指标的目标",
        "计划目标中没有写指标的；没有指标，期末无法说明是否达到。",
        lambda scope: _goals(scope).filter(indicator="", figure=""),
    ),
    Figure(
        code="planning.rhythms_open",
        name="时间待商定的固定活动",
        meaning="已确认计划的每周固定时间中，还没有定下星期几的。",
        unit="项",
        rows=_open_rhythms,
        columns=("对象", "计划"),
        cells=_rhythm_cells,
        seen_by=may_see_part,
        opened=_open_parts,
        place=lies_in(_SCHOOL),
    ),
]

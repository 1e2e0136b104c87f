"""Adding parts to a plan: each action says what its part must be, one frame does the rest."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import require
from yanxiu.people.models import Teacher, Unit
from yanxiu.planning.actions.kept import month_in, months_of
from yanxiu.planning.actions.versions import revising
from yanxiu.planning.models import (
    Goal,
    Plan,
    PlanItem,
    PlanNote,
    PlanPart,
    Quota,
    Rhythm,
    YearRow,
)
from yanxiu.planning.permissions import may_manage_plan
from yanxiu.planning.queries import last_day_of
from yanxiu.planning.refusals import KeyFieldsFull, MonthOutsideTerm
from yanxiu.planning.rhythms import MOST_TIMES, MOST_WEEKS

Part = TypeVar("Part", bound=PlanPart)
MOST_KEY_FIELDS = 2
SUPPLEMENT = "补充"
SHORTEST, LONGEST = 10, 480


def add_part(plan: Plan, part: Part, *, by: Teacher, at: datetime, because: str = "") -> Part:
    """Put `part` at the end of its kind in `plan`; in a plan in force that makes a version.

    Raises:
        NotAllowed: `by` does not manage the plan.
        PlanHandedIn: the plan waits for its approval.
    """
    require(may_manage_plan, by, plan)
    check_part(part, plan)
    kind = type(part)
    with revising(plan, because or f"{SUPPLEMENT}：{part}", by=by, at=at):
        part.plan = plan
        part.order = kind._default_manager.filter(plan=plan).count()
        part.save()
    detail = {"kind": kind.__name__.lower(), "part": str(part)}
    trail.record(by, "planning.part-added", plan, at=at, detail=detail)
    return part


# ---- what a part must be, whether added or changed ----
def check_part(part: PlanPart, plan: Plan) -> None:
    """Make sure that `part` can stand in `plan`.

    Raises:
        BadInput: something is missing or cannot be meant.
        KeyFieldsFull: it would be a third key field.
        MonthOutsideTerm: the plan has no such month.
    """
    if isinstance(part, Goal):
        _check_goal(part, plan)
    elif isinstance(part, Quota):
        _check_quota(part)
    elif isinstance(part, Rhythm):
        check_length(part.minutes, part.every_weeks, part.times_a_month, part.from_week)
    elif isinstance(part, PlanItem):
        _check_item(part, plan)
    elif isinstance(part, YearRow) and not part.theme.strip():
        raise BadInput("没有写这一年的主题，没有保存。请写一句主题，内容可以以后再补。")
    elif isinstance(part, PlanNote) and not part.text.strip():
        raise BadInput("没有写内容，没有保存。请写上文字，或返回。")


def _check_goal(goal: Goal, plan: Plan) -> None:
    if not goal.text.strip():
        raise BadInput("没有写目标，没有添加。请用一句话写明要达到什么。")
    if goal.level == Goal.Level.FIELD:
        others = Goal.objects.filter(plan=plan, level=Goal.Level.FIELD).exclude(pk=goal.pk)
        if others.count() >= MOST_KEY_FIELDS:
            raise KeyFieldsFull
    above = goal.parent
    while above is not None:
        if above.pk is not None and above.pk == goal.pk:
            raise BadInput("目标不能属于它自己或它下面的目标，没有保存。请另选上一层目标。")
        above = above.parent


def _check_quota(quota: Quota) -> None:
    if not quota.name.strip() or (quota.amount <= 0 and not quota.is_open):
        raise BadInput(
            "数量要求要写明事项，数量要大于0，没有添加。例如：读书 1 本；"
            "没有定数量的，请勾“数量自定”。"
        )


def check_length(
    minutes: int, every_weeks: int, times_a_month: int | None = None, from_week: int = 1
) -> None:
    """Make sure that a weekly slot can be meant.

    Raises:
        BadInput: the length, the distance in weeks, the first week or the number in a month cannot.
    """
    if not 1 <= from_week <= MOST_WEEKS:
        raise BadInput("“从第几周起”请写1到10的数，没有保存。双周的写2。")
    if times_a_month is not None and not 1 <= times_a_month <= MOST_TIMES:
        raise BadInput("一个月里同一个星期几最多5天，没有保存。“每月几次”请写1到5，或空着。")
    if not SHORTEST <= minutes <= LONGEST or not 1 <= every_weeks <= MOST_WEEKS:
        raise BadInput("每次时长应在10到480分钟之间，间隔应在1到10周之间，没有保存。")


def _check_item(item: PlanItem, plan: Plan) -> None:
    if not item.text.strip():
        raise BadInput("没有写事项，没有添加。请写明这个月要做什么。")
    if item.month not in months_of(plan.span):
        raise MonthOutsideTerm([item.month.month], str(plan.term))
    if item.last_on is not None and item.last_on < item.month:
        raise BadInput("结束的月份在开始之前，没有保存。请改结束月份，或留空。")


# ---- the parts ----
@transaction.atomic
def add_goal(
    plan: Plan, *, text: str, by: Teacher, at: datetime, indicator: str = "", because: str = "",
    **more: Any,
) -> Goal:  # fmt: skip
    """Add a goal to a plan; `more` are other columns of `Goal.CONTENT`.

    Raises:
        NotAllowed, PlanHandedIn: as `add_part`.
        BadInput: it is empty, or stands below itself.
        KeyFieldsFull: there are two key fields.
    """
    goal = Goal(text=text.strip(), indicator=indicator.strip()[:60], **more)
    return add_part(plan, goal, by=by, at=at, because=because)


@transaction.atomic
def add_quota(
    plan: Plan,
    *,
    name: str,
    amount: Decimal,
    unit_of_measure: str,
    by: Teacher,
    at: datetime,
    because: str = "",
    **more: Any,
) -> Quota:
    """Add a quota to a plan; `more` are other columns of `Quota.CONTENT`.

    Raises:
        NotAllowed, PlanHandedIn: as `add_part`.
        BadInput: it has no name, or the amount is not above zero where it is not left open.
    """
    quota = Quota(
        name=name.strip()[:60],
        amount=amount,
        unit_of_measure=unit_of_measure.strip()[:10],
        **more,
    )
    return add_part(plan, quota, by=by, at=at, because=because)


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
    from_week: int = 1,
    times_a_month: int | None = None,
    place: str = "",
    because: str = "",
) -> Rhythm:
    """Add a weekly slot of a unit; without a weekday it is still to be agreed.

    Raises:
        NotAllowed, PlanHandedIn: as `add_part`.
        BadInput: the length or the distance in weeks cannot be meant.
    """
    rhythm = Rhythm(
        unit=unit,
        name=unit.name,
        weekday=weekday,
        half_day=half_day,
        starts_at=starts_at,
        minutes=minutes,
        every_weeks=every_weeks,
        from_week=from_week,
        times_a_month=times_a_month,
        place=place.strip()[:60],
    )
    return add_part(plan, rhythm, by=by, at=at, because=because)


@dataclass(frozen=True)
class Timing:
    """When an item is due: a month, or to the end of a later one, or one day."""

    month: date
    on: date | None = None
    last_on: date | None = None


def timing_in(
    plan: Plan, month: int | date | None, until: int | date | None = None, on: date | None = None
) -> Timing:
    """Return when an item of `plan` is due; a day goes before months.

    Raises:
        BadInput: neither a month nor a day is given, or the day is outside of the plan.
        MonthOutsideTerm: the plan has no such month.
    """
    if on is not None:
        if on.replace(day=1) not in months_of(plan.span):
            raise MonthOutsideTerm([on.month], str(plan.term))
        return Timing(on.replace(day=1), on, on)
    if month is None:
        raise BadInput("没有选月份，也没有填日期，没有添加。两样给一样就可以。")
    first = _month(plan, month)
    last = _month(plan, until) if until else first
    return Timing(first, None, last_day_of(last) if last != first else None)


def _month(plan: Plan, month: int | date) -> date:
    day = month_in(plan.span, month) if isinstance(month, int) else month.replace(day=1)
    if day is None or day not in months_of(plan.span):
        raise MonthOutsideTerm([month if isinstance(month, int) else month.month], str(plan.term))
    return day


@transaction.atomic
def add_item(
    plan: Plan,
    *,
    text: str,
    month: int | date | None,
    by: Teacher,
    at: datetime,
    owner: Teacher | None = None,
    until: int | date | None = None,
    on: date | None = None,
    because: str = "",
    **more: Any,
) -> PlanItem:
    """Add an item to the month schedule; `more` are other columns of `PlanItem.CONTENT`.

    Args:
        plan: whose schedule.
        text: what is to be done.
        month: its month (of a period of at most a year the number will do), or the first of more.
        by: who adds it.
        at: when, aware.
        owner: who looks after it.
        until: the last month of a span.
        on: the very day.
        because: why, where the plan is in force.
        more: audience, tier, role, goal, upper …

    Raises:
        NotAllowed, PlanHandedIn: as `add_part`.
        BadInput: it is empty.
        MonthOutsideTerm: the plan has no such month.
    """
    timing = timing_in(plan, month, until, on)
    item = PlanItem(
        text=text.strip()[:200],
        month=timing.month,
        on=timing.on,
        last_on=timing.last_on,
        owner=owner,
        **more,
    )
    return add_part(plan, item, by=by, at=at, because=because)


@transaction.atomic
def add_recurring(
    plan: Plan,
    *,
    text: str,
    month: int | date,
    until: int | date,
    by: Teacher,
    at: datetime,
    **more: Any,
) -> list[PlanItem]:
    """Add an item for each month from `month` to `until`; each has its own state.

    Raises:
        NotAllowed, PlanHandedIn, BadInput, MonthOutsideTerm: as `add_item`.
    """
    first, last = _month(plan, month), _month(plan, until)
    months = [day for day in months_of(plan.span) if first <= day <= last]
    if not months:
        raise BadInput("结束的月份在开始之前，没有保存。请改结束月份，或留空。")
    series = new_uid()
    return [
        add_item(plan, text=text, month=day, by=by, at=at, series=series, **more) for day in months
    ]


@transaction.atomic
def add_note(
    plan: Plan, *, kind: str, text: str, by: Teacher, at: datetime, because: str = ""
) -> PlanNote:
    """Add a section of text to a plan.

    Raises:
        NotAllowed, PlanHandedIn: as `add_part`.
        BadInput: it is empty.
    """
    note = PlanNote(kind=kind[:20], text=text.strip())
    return add_part(plan, note, by=by, at=at, because=because)


@transaction.atomic
def add_year_row(
    plan: Plan,
    *,
    theme: str,
    by: Teacher,
    at: datetime,
    contents: str = "",
    credits: Decimal | None = None,  # noqa: A002 - the amount of 学分
    because: str = "",
) -> YearRow:
    """Add the next year to a plan over several years; odd credits are warned of, never refused.

    Raises:
        NotAllowed, PlanHandedIn: as `add_part`.
        BadInput: it has no theme.
    """
    number = plan.yearrows.count() + 1
    row = YearRow(
        number=number,
        school_year=plan.span.start.year + number - 1,
        theme=theme.strip()[:200],
        contents=contents.strip(),
        credits=credits,
    )
    return add_part(plan, row, by=by, at=at, because=because)

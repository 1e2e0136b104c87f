"""进度安排: the table of months, and what else belongs to its items."""

from collections.abc import Iterator

from yanxiu.kernel.amounts import plain
from yanxiu.planning.documents.plan.data import Block, Table
from yanxiu.planning.documents.plan.gaps import Gap
from yanxiu.planning.documents.plan.wording import day_words
from yanxiu.planning.models import Plan, PlanItem

HEAD = ("月份", "内容", "形式", "负责人", "学时")
A_YEAR = 12


def living_items(plan: Plan) -> list[PlanItem]:
    """Return the items that were not dropped, in the order of the calendar."""
    rows = plan.planitems.filter(dropped_because="").select_related("owner", "tier", "role")
    return list(rows.order_by("month", "on", "order", "id"))


def schedule_table(plan: Plan) -> Block:
    """Return the items by month; a plan with none has a gap in their place."""
    items = living_items(plan)
    with_year = len({(item.month.year, item.month.month) for item in items}) > A_YEAR
    rows: list[tuple[str | Gap, ...]] = [
        (
            _month(item, with_year=with_year),
            item.text,
            _form(item),
            item.owner.name if item.owner else item.owner_name,
            plain(item.hours) if item.hours is not None else "",
        )
        for item in items
    ]
    lacking = plan.kind != Plan.Kind.GUIDELINE and not plan.yearrows.exists()
    if not rows and lacking:
        rows = [(Gap("月份"), Gap("内容"), "", "", "")]
    return Table(HEAD, tuple(rows), empty="没有按月安排的事项。")


def _month(item: PlanItem, *, with_year: bool) -> str:
    front = f"{item.month.year}年" if with_year else ""
    until = f"—{item.until.month}" if item.until else ""
    return f"{front}{item.month.month}{until}月"


def _form(item: PlanItem) -> str:
    """Return form, day and circle, as far as the plan says them."""
    circle = item.tier or item.role
    day = item.on
    said = day is not None and f"{day.month}月{day.day}日" in item.text
    when = f"{day.month}月{day.day}日" if day and not said else item.part
    return "；".join(each for each in (item.form, when, circle.name if circle else "") if each)


def appendix(plan: Plan) -> list[Block]:
    """Return the tables behind the plan: steps, items of plans above, schemes, dropped items."""
    return [table for table in _tables(plan) if table.rows]


def _tables(plan: Plan) -> Iterator[Table]:
    items = plan.planitems.order_by("month", "on", "order", "id")
    yield Table(
        ("事项", "步骤", "由谁做", "期限"),
        tuple(
            (item.text, step.text, step.owner.name if step.owner else "",
             day_words(step.due_on) if step.due_on else "")
            for item in items.filter(dropped_because="").prefetch_related("steps__owner")
            for step in item.steps.all()
        ),
        caption="事项的步骤",
    )  # fmt: skip
    yield Table(
        ("本计划的事项", "上级计划", "上级的事项"),
        tuple(
            (item.text, item.upper.plan.title, item.upper.text)
            for item in items.filter(dropped_because="", upper__isnull=False).select_related(
                "upper__plan"
            )
            if item.upper
        ),
        caption="落实上级计划的事项",
    )
    schemes = plan.children.filter(kind=Plan.Kind.SCHEME).order_by("id")
    yield Table(
        ("实施方案", "状态"),
        tuple((one.title, str(one.get_state_display())) for one in schemes),
        caption="实施方案",
    )
    yield Table(
        ("事项", "原定", "取消的原因"),
        tuple(
            (item.text, f"{item.month.year}年{item.month.month}月", item.dropped_because)
            for item in items.exclude(dropped_because="")
        ),
        caption="已取消的事项",
    )

"""What personal plans give to growth file and handbook."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Coalesce

from yanxiu.figures.leaves import Leaf, LeafKind, LeafTable
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span
from yanxiu.planning.models import Plan
from yanxiu.planning.permissions import may_see_plan
from yanxiu.ui.wording import day_text


def _personal(span: Span) -> "QuerySet[Any]":
    """Plans whose period meets the span; a plan of three years stands in each of its terms."""
    rows = Plan.objects.exclude(teacher=None).annotate(
        begins=Coalesce("starts_on", F("term__starts_on"), output_field=DateField()),
        ends=Coalesce("ends_on", F("term__ends_on"), output_field=DateField()),
    )
    rows = rows.filter(begins__lt=span.end, ends__gt=span.start)
    return rows.select_related("term").prefetch_related("goals", "planitems")


def _tell(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        goals = tuple(
            (one.text, one.indicator, day_text(one.deadline) if one.deadline else "")
            for one in row.goals.all()
        )
        items = tuple((one.text, one.form, _month(one)) for one in row.planitems.all())
        tables = (
            LeafTable(("目标", "指标", "期限"), goals, "目标"),
            LeafTable(("事项", "形式", "时间"), items, "安排"),
        )
        yield Leaf(
            on=row.begins,
            title=row.title,
            facts=(("状态", str(row.get_state_display())), ("周期", str(row.get_period_display()))),
            tables=tuple(table for table in tables if table.rows),
            source=source_of(row),
        )


def _month(item: Any) -> str:
    return day_text(item.on) if item.on else f"{item.month.year}年{item.month.month}月"


LEAVES = [
    LeafKind(
        code="planning.personal",
        name="个人计划",
        meaning="本人的计划，周期与所选日期有重合的；起草中的只有本人看得到。",
        category="plans",
        supplier="本人，在计划页写个人计划",
        rows=_personal,
        tell=_tell,
        seen_by=may_see_plan,
        teacher="teacher",
        order=("begins", "pk"),
    ),
]

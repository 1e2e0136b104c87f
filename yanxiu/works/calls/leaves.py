"""What calls for papers give to growth file and handbook: what somebody entered, and the result."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from yanxiu.figures.leaves import Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.works.models import CallEntry, CallForPapers
from yanxiu.works.permissions import may_see_entry

RESULTLESS = "已参评"


def _entries(span: Span) -> "QuerySet[Any]":
    """Return the papers whose results were announced within `span`; before that, none is told."""
    start, end = span.moments()
    rows = CallEntry.objects.filter(
        call__state=CallForPapers.State.ANNOUNCED,
        call__announced_at__gte=start,
        call__announced_at__lt=end,
        withdrawn_at=None,
    )
    return rows.select_related("call__organisation")


def _tell(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        results = [str(row.get_prize_display())]
        if row.is_chosen:
            results.append(f"选送{row.call.destination}")
        facts = [
            ("征集", row.call.title),
            ("主办", row.call.organisation.name),
            ("级别", str(row.call.get_level_display())),
            ("结果", "，".join(one for one in results if one) or RESULTLESS),
        ]
        yield Leaf(
            on=day_of(row.call.announced_at),
            title=row.title,
            part="参评",
            facts=tuple((name, text) for name, text in facts if text),
            source=source_of(row),
        )


LEAVES = [
    LeafKind(
        code="works.entry",
        name="参评作品",
        meaning="参加征集、已经公布结果的作品和它的等次；评审中的不在内。",
        category="papers",
        supplier="本人，在征集页选一份作品参评",
        rows=_entries,
        tell=_tell,
        seen_by=may_see_entry,
        teacher="teacher",
        order=("call__announced_at", "pk"),
    ),
]

"""What records and entries give to growth file and handbook: hours as the ledger has them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from yanxiu.figures.leaves import Earned, Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.models import Award, Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.ledger.queries.earned import earned_in
from yanxiu.ui.wording import amount_text


def _records(span: Span) -> "QuerySet[Any]":
    rows = Record.objects.filter(
        happened_on__gte=span.start, happened_on__lt=span.end, withdrawn_at=None
    )
    return rows.select_related("organisation")


def _tell(rows: Sequence[Any]) -> Iterable[Leaf]:
    earned = earned_in(Award.objects.filter(record__in=[row.pk for row in rows]))
    for row in rows:
        own = earned.get(row.pk, ())
        yield Leaf(
            on=row.happened_on,
            title=row.title,
            minutes=row.minutes,
            amount=earned_words(own),
            earned=own,
            facts=(
                ("学校", row.organisation.name),
                ("依据", str(row.get_assurance_display())),
                ("写入", day_of(row.written_at).isoformat()),
            ),
            source=source_of(row),
        )


def earned_words(earned: Iterable[Earned]) -> str:
    """Write what was earned (2 学时；0.5 学分（待认定）)."""
    return "；".join(
        f"{amount_text(one.amount)} {one.unit}{'（待认定）' if one.waits else ''}" for one in earned
    )


LEAVES = [
    LeafKind(
        code="ledger.records",
        name="研修记录与学时",
        meaning="没有撤回的研修记录，各带学时账上计得的数；封顶等跨记录的规定另行核算。",
        category="hours",
        supplier="活动关闭或培训认定后自动入账",
        rows=_records,
        tell=_tell,
        seen_by=may_see_record,
        teacher="teacher",
        order=("happened_on", "pk"),
    ),
]

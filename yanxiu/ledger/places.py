"""The kinds of source that the ledger owns."""

from typing import Any

from django.urls import reverse

from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.places.table import Place, all_places


def _stands_alone(row: Any) -> bool:
    """Leave out the sixty records of one session: who searches is looking for the session."""
    source = all_places().get(row.source_kind)
    return source is None or source.text is None


PLACES = [
    Place(
        kind=Record.SOURCE_KIND,
        name="研修记录",
        rows=lambda: Record.objects.select_related("teacher"),
        title=lambda row: row.title,
        url=lambda row: reverse("portfolio:record", args=[row.uid]),
        seen_by=may_see_record,
        text=lambda row: row.title,
        searched=_stands_alone,
        person=lambda row: row.teacher_id,
        day=lambda row: row.happened_on,
    ),
]

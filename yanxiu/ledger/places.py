"""The kinds of source that the ledger owns."""

from django.urls import reverse

from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.places.table import Place

PLACES = [
    Place(
        kind=Record.SOURCE_KIND,
        name="研修记录",
        rows=lambda: Record.objects.select_related("teacher"),
        title=lambda row: row.title,
        url=lambda row: reverse("portfolio:record", args=[row.uid]),
        seen_by=may_see_record,
        text=lambda row: row.title,
    ),
]

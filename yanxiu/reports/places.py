"""The kinds of source that summaries own."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_see_summary

PLACES = [
    Place(
        kind=Summary.SOURCE_KIND,
        name="总结",
        rows=lambda: Summary.objects.select_related("organisation", "term"),
        title=str,
        url=lambda row: reverse("reports:summary", args=[row.uid]),
        seen_by=may_see_summary,
        text=str,
    ),
]

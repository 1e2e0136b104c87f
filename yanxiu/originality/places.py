"""The kinds of source that the comparison of texts owns."""

from django.urls import reverse

from yanxiu.kernel.spans import day_of
from yanxiu.originality.models import KnownText
from yanxiu.originality.permissions import may_see_known_text
from yanxiu.places.table import Place

PLACES = [
    Place(
        kind=KnownText.SOURCE_KIND,
        name="范本引文",
        rows=KnownText.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("originality:known_text", args=[row.uid]),
        seen_by=may_see_known_text,
        day=lambda row: day_of(row.at),
        text=lambda row: f"{row.title} {row.origin}\n{row.text}",
    ),
]

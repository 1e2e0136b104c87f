"""The kinds of source that certificates own."""

from django.urls import reverse

from yanxiu.certificates.models import Certificate
from yanxiu.certificates.permissions import may_see_certificate
from yanxiu.kernel.spans import day_of
from yanxiu.places.table import Place

PLACES = [
    Place(
        kind=Certificate.SOURCE_KIND,
        name="学时证明",
        rows=lambda: Certificate.objects.select_related("teacher"),
        title=lambda row: f"{row.content['name']} {row.shown_number}",
        url=lambda row: reverse("certificates:certificate", args=[row.uid]),
        seen_by=may_see_certificate,
        text=lambda row: f"{row.content['name']} {row.shown_number}",
        person=lambda row: row.teacher_id,
        day=lambda row: day_of(row.issued_at),
    ),
]

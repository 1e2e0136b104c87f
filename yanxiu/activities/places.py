"""The kinds of source that activities own."""

from django.urls import reverse

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.places.table import Place

PLACES = [
    Place(
        kind=Session.SOURCE_KIND,
        name="场次",
        rows=Session.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("activities:session", args=[row.uid]),
        seen_by=may_see_session,
        text=lambda row: row.title,
    ),
]

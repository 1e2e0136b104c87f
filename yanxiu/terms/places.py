"""The kinds of source that the calendar owns."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.terms.models import Term
from yanxiu.terms.permissions import may_manage_term

PLACES = [
    Place(
        kind=Term.SOURCE_KIND,
        name="学期",
        rows=Term.objects.all,
        title=str,
        url=lambda _row: reverse("terms:terms"),
        seen_by=may_manage_term,
    ),
]

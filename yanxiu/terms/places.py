"""The kinds of source that the calendar owns."""

from django.db.models import Q
from django.urls import reverse

from yanxiu.people.models.teacher import Teacher
from yanxiu.places.table import Place
from yanxiu.terms.models import Term


def _may_see_term(teacher: Teacher) -> Q:
    """Whoever holds a post in its organisation, below it or above it."""
    mine = [
        int(part)
        for post in teacher.posts_today
        for part in post.organisation.path.split(".")
        if part
    ]
    return Q(organisation__in=mine)


PLACES = [
    Place(
        kind=Term.SOURCE_KIND,
        name="学期",
        rows=Term.objects.all,
        title=str,
        url=lambda _row: reverse("terms:terms"),
        seen_by=_may_see_term,
    ),
]

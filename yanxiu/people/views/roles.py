"""Who may do what, and why."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse

from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Membership, Role, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.rights import RIGHTS
from yanxiu.ui.pages import show


@login_required
def roles(request: TeacherRequest) -> HttpResponse:
    """Show every role with its rights, and which posts of the reader give which right."""
    reader = request.teacher
    if not reader.holds("see_people"):
        raise Http404
    held = held_on(today(), "post__")
    here = {"post__organisation__in": reader.reach("see_people")}
    counted = {
        role.pk: role.number
        for role in Role.objects.filter(held, **here).annotate(
            number=Count("post__teacher", distinct=True)
        )
    }
    rows = list(Role.objects.all())
    context = {
        "roles": [(role, counted.get(role.pk, 0)) for role in rows],
        "table": [
            (sentence, [(role.name, right in role.rights) for role in rows])
            for right, sentence in RIGHTS.items()
        ],
        "mine": [
            (sentence, posts)
            for right, sentence in RIGHTS.items()
            if (posts := [post for post in reader.posts_today if right in post.role.rights])
        ],
        "led": Unit.objects.filter(pk__in=reader.leads),
        "duties": dict(Membership.Duty.choices),
    }
    return show(request, "people/roles.html", context)

"""Who may see what of the agenda."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.agenda.models import Attendee
from yanxiu.people.models import Teacher


def may_see_occasion(teacher: Teacher) -> Q:
    """Those it is for, and whoever may see the sessions of its organisation."""
    seen = Q(only_invited=False, organisation__in=teacher.reach("see_sessions"))
    return mine(teacher) | seen


def mine(teacher: Teacher) -> Q:
    """Occasions that `teacher` is expected at: by unit, by invitation, or as one of the school."""
    schools = [post.organisation_id for post in teacher.posts_today]
    invited = Attendee.objects.filter(occasion=OuterRef("pk"), teacher=teacher)
    open_to_all = Q(unit=None, only_invited=False, organisation__in=schools)
    return Q(unit__in=teacher.units) | open_to_all | Q(Exists(invited))


def may_see_task(teacher: Teacher) -> Q:
    """The person who owes it."""
    return Q(teacher=teacher.pk)

"""Who may see what of the agenda."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.agenda.models import ANNOUNCED, Attendee, for_whole
from yanxiu.people.models import Teacher


def may_see_occasion(teacher: Teacher) -> Q:
    """Those it is for, and whoever may see the sessions of its organisation."""
    return mine(teacher) | (ANNOUNCED & Q(organisation__in=teacher.reach("see_sessions")))


def mine(teacher: Teacher) -> Q:
    """Occasions that `teacher` is expected at: by unit, by invitation, or as one of the school."""
    schools = [post.organisation_id for post in teacher.posts_today]
    invited = Attendee.objects.filter(occasion=OuterRef("pk"), teacher=teacher)
    return Q(unit__in=teacher.units) | for_whole(schools) | Q(Exists(invited))


def may_see_task(teacher: Teacher) -> Q:
    """The person who owes it."""
    return Q(teacher=teacher.pk)

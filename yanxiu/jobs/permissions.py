"""Who may see what is done in the background."""

from django.db.models import Q

from yanxiu.people.models import Teacher


def may_see_job(teacher: Teacher) -> Q:
    """Whoever started it, and nobody else; its files too."""
    return Q(by=teacher.pk)


def may_stop_job(teacher: Teacher) -> Q:
    """Whoever started it, and administrators of its organisation; they see that, and never what."""
    return Q(by=teacher.pk) | Q(organisation__in=teacher.reach("manage_people"))

"""Who may see what was told, and who may let a robot speak."""

from django.db.models import Q

from yanxiu.people.models import Teacher


def may_see_notice(teacher: Teacher) -> Q:
    """The person who is told, and nobody else."""
    return Q(teacher=teacher.pk)


def may_manage_robot(teacher: Teacher) -> Q:
    """Administrators of its organisation or of a superior, and the leaders of its unit."""
    return Q(organisation__in=teacher.reach("manage_people")) | Q(unit__in=teacher.leads)


def may_see_message(teacher: Teacher) -> Q:
    """Administrators of its organisation or of a superior; they see that, and never what."""
    return Q(organisation__in=teacher.reach("manage_people"))

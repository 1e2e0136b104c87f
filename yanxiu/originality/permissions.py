"""Who may do what with the comparison of texts."""

from django.db.models import Q

from yanxiu.people.models import Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import below


def may_see_known_text(teacher: Teacher) -> Q:
    """Everybody in the school that loaded it or below, and whoever manages works there."""
    upwards = {pk for post in teacher.posts_today for pk in lineage_of(post.organisation.path)}
    return Q(organisation__in=sorted(upwards)) | Q(organisation__in=teacher.reach("manage_works"))


def may_manage_known_text(teacher: Teacher) -> Q:
    """The research office of the school that loaded it, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_works"))


def may_allow_area(teacher: Teacher) -> Q:
    """Of organisations: the research office of it or of a superior."""
    return below(teacher.reach_paths("manage_works"))

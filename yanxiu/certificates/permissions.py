"""Who may see and do what here."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import today


def may_issue_for(teacher: Teacher) -> Q:
    """The person herself, and whoever recognises hours where the person works today."""
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__in=teacher.reach("recognise_hours")
    )
    return Q(pk=teacher.pk) | Q(Exists(posts))


def may_see_certificate(teacher: Teacher) -> Q:
    """The person it is about, and whoever may see the hours of the school it was issued for."""
    return Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("see_hours"))


def may_revoke_certificate(teacher: Teacher) -> Q:
    """Whoever recognises hours in the school that it was issued for."""
    return Q(organisation__in=teacher.reach("recognise_hours"))


def may_certify_school(teacher: Teacher) -> Q:
    """Schools whose certificates and registers this teacher makes."""
    return Q(pk__in=teacher.reach("recognise_hours"))


def may_see_import(teacher: Teacher) -> Q:
    """Exports of another system, read by the school or a superior, and what came of them."""
    return Q(organisation__in=teacher.reach("recognise_hours"))

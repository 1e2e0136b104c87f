"""Who may see the hours of whom."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import today


def may_see_hours(teacher: Teacher) -> Q:
    """Teachers who work today in the reach of the right to see hours."""
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__in=teacher.reach("see_hours")
    )
    return Q(Exists(posts))

"""Who may see the hours and the growth file of whom."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import today


def may_see_hours(teacher: Teacher) -> Q:
    """Teachers who work today in the reach of the right to see hours."""
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__in=teacher.reach("see_hours")
    )
    return Q(Exists(posts))


def may_see_file(teacher: Teacher) -> Q:
    """The person itself, and whoever may see the hours of a school the person works in."""
    return Q(pk=teacher.pk) | may_see_hours(teacher)


def may_see_piece(teacher: Teacher) -> Q:
    """Whoever may see the file in which it stands."""
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("teacher"), organisation__in=teacher.reach("see_hours")
    )
    return Q(teacher=teacher.pk) | Q(Exists(posts))


def may_change_piece(teacher: Teacher) -> Q:
    """The person alone, and only what was put in by hand."""
    return Q(teacher=teacher.pk, arrival=None, removed_at=None)


def may_take_back_arrival(teacher: Teacher) -> Q:
    """The person alone who brought the archive."""
    return Q(teacher=teacher.pk)


def may_see_files(teacher: Teacher) -> Q:
    """Schools whose growth files are seen: in the reach of the right to see hours."""
    return Q(pk__in=teacher.reach("see_hours"))


def may_shape_files(teacher: Teacher) -> Q:
    """Schools whose categories this teacher sets: those whose sessions the teacher manages."""
    return Q(pk__in=teacher.reach("manage_sessions"))

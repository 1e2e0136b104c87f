"""Who may do what with people and organisations."""

from django.db.models import Q

from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import below, today


def _working_in(teacher: Teacher, right: str) -> Q:
    """Teachers with a post of today in the reach of `right`."""
    posts = Post.objects.on(today()).filter(organisation__in=teacher.reach(right))
    # One list of keys, not a question per teacher: half the time on a county's list.
    return Q(pk__in=posts.values("teacher"))


def may_see_teacher(teacher: Teacher) -> Q:
    """The teacher in person, and whoever may see the people of a school the teacher works in."""
    return Q(pk=teacher.pk) | _working_in(teacher, "see_people")


def may_manage_teacher(teacher: Teacher) -> Q:
    """Administrators of a school the teacher works in, or of a superior."""
    return _working_in(teacher, "manage_people")


def may_see_organisation(teacher: Teacher) -> Q:
    """Whoever holds a post in it or in a superior."""
    return below([post.organisation.path for post in teacher.posts_today])


def may_manage_organisation(teacher: Teacher) -> Q:
    """Administrators of it or of a superior."""
    return below(teacher.reach_paths("manage_people"))


def may_see_unit(teacher: Teacher) -> Q:
    """Its members, and whoever may see the people of its organisation."""
    return Q(pk__in=teacher.units) | Q(organisation__in=teacher.reach("see_people"))


def may_manage_unit(teacher: Teacher) -> Q:
    """Administrators of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach("manage_people"))


def may_see_import(teacher: Teacher) -> Q:
    """Administrators of the organisation that the roster is for."""
    return Q(organisation__in=teacher.reach("manage_people"))

"""Who may see and do what here."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import today


def may_close_year(teacher: Teacher) -> Q:
    """Organisations whose hours this teacher recognises."""
    return Q(pk__in=teacher.reach("recognise_hours"))


def may_reopen_year(teacher: Teacher) -> Q:
    """Closings of organisations whose hours this teacher recognises."""
    return Q(organisation__in=teacher.reach("recognise_hours"))


def may_see_snapshot(teacher: Teacher) -> Q:
    """The person itself, and whoever may see the hours of the school that closed."""
    return Q(teacher=teacher.pk) | Q(closing__organisation__in=teacher.reach("see_hours"))


def may_see_exemption(teacher: Teacher) -> Q:
    """The person itself, and whoever may see the hours of the school."""
    return Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("see_hours"))


def may_change_exemption(teacher: Teacher) -> Q:
    """Whoever recognises the hours of the school, never the person."""
    return Q(organisation__in=teacher.reach("recognise_hours")) & ~Q(teacher=teacher.pk)


def may_see_transfer(teacher: Teacher) -> Q:
    """The person itself, and whoever may see the hours of the school."""
    return Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("see_hours"))


def may_decide_transfer(teacher: Teacher) -> Q:
    """Whoever recognises the hours of the school, never the person."""
    return Q(organisation__in=teacher.reach("recognise_hours")) & ~Q(teacher=teacher.pk)


def may_see_transfer_line(teacher: Teacher) -> Q:
    """The same as for the paper on which it stands."""
    reach = teacher.reach("see_hours")
    return Q(transfer__teacher=teacher.pk) | Q(transfer__organisation__in=reach)


def may_help_teacher(teacher: Teacher) -> Q:
    """Teachers who work today where this teacher recognises hours."""
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__in=teacher.reach("recognise_hours")
    )
    return Q(Exists(posts))


def may_run_check(teacher: Teacher) -> Q:
    """Samples of organisations whose hours this teacher recognises."""
    return Q(organisation__in=teacher.reach("recognise_hours"))


def may_check(teacher: Teacher) -> Q:
    """The checker to whom it was given; never the person."""
    return Q(checker=teacher.pk, check_of__called_off_at=None)


def may_see_sampled(teacher: Teacher) -> Q:
    """The person, the checker, and whoever recognises the hours of the school or of the sample."""
    reach = teacher.reach("recognise_hours")
    return (
        Q(teacher=teacher.pk)
        | Q(checker=teacher.pk)
        | Q(school__in=reach)
        | Q(check_of__organisation__in=reach)
    )


def may_answer_check(teacher: Teacher) -> Q:
    """The person who was checked."""
    return Q(teacher=teacher.pk, check_of__called_off_at=None)

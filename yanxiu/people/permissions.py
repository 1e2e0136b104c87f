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


def may_see_career_days(teacher: Teacher) -> Q:
    """The teacher in person, and who keeps the roster or recognises hours where the person works.

    When the own cycle began and when the person retires is nobody else's affair.
    """
    return (
        Q(pk=teacher.pk)
        | _working_in(teacher, "manage_people")
        | _working_in(teacher, "recognise_hours")
    )


def may_see_organisation(teacher: Teacher) -> Q:
    """Whoever holds a post in it or in a superior, or may see its people."""
    return below(
        [post.organisation.path for post in teacher.posts_today] + teacher.reach_paths("see_people")
    )


def may_manage_organisation(teacher: Teacher) -> Q:
    """Administrators of it or of a superior."""
    return below(teacher.reach_paths("manage_people"))


def may_see_unit(teacher: Teacher) -> Q:
    """Its members, and whoever may see the people of its organisation.

    A governing body is known to everybody who works in its organisation or below.
    """
    known = {pk for post in teacher.posts_today for pk in post.organisation.lineage}
    return (
        Q(pk__in=teacher.units)
        | Q(organisation__in=teacher.reach("see_people"))
        | Q(organisation__in=known, kind__governs__gt="")
    )


def may_manage_unit(teacher: Teacher) -> Q:
    """Administrators of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach("manage_people"))


def may_see_import(teacher: Teacher) -> Q:
    """Administrators of the organisation that the roster is for."""
    return Q(organisation__in=teacher.reach("manage_people"))


def may_manage_role(teacher: Teacher) -> Q:
    """Administrators, in their own name, of the organisation that made it or of a superior."""
    return Q(organisation__in=teacher.reach("manage_people", own=True))


def may_manage_responsibility(teacher: Teacher) -> Q:
    """Administrators of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach("manage_people"))


def may_manage_holder(teacher: Teacher) -> Q:
    """Whoever may manage the duty."""
    return Q(responsibility__organisation__in=teacher.reach("manage_people"))


def may_see_delegation(teacher: Teacher) -> Q:
    """The two concerned, and whoever may see the people of the organisation."""
    return (
        Q(post__teacher=teacher.pk)
        | Q(deputy=teacher.pk)
        | Q(post__organisation__in=teacher.reach("see_people"))
    )


def may_revoke_delegation(teacher: Teacher) -> Q:
    """The two concerned, and administrators of the organisation in their own name."""
    return (
        Q(post__teacher=teacher.pk)
        | Q(deputy=teacher.pk)
        | Q(post__organisation__in=teacher.reach("manage_people", own=True))
    )


ANSWERING = ("manage_plans", "manage_sessions", "manage_summaries", "approve_summaries")
"""Rights of those who work on what is remarked upon, and so may answer."""


def may_answer_note(teacher: Teacher) -> Q:
    """Whoever works on the plans, sessions or summaries of the school, or approves them."""
    paths = [path for right in ANSWERING for path in teacher.reach_paths(right)]
    return below(paths, "organisation__")


def may_see_note(teacher: Teacher) -> Q:
    """Its author, whoever supervises there, and whoever may answer it."""
    return (
        Q(author=teacher.pk)
        | Q(organisation__in=teacher.reach("supervise"))
        | may_answer_note(teacher)
    )


def may_see_act(teacher: Teacher) -> Q:
    """The leader who logged it, and whoever supervises there or above."""
    return Q(leader=teacher.pk) | Q(organisation__in=teacher.reach("supervise"))


def may_settle_act(teacher: Teacher) -> Q:
    """The leader who logged it."""
    return Q(leader=teacher.pk)


SHAPING_STAFF = ("manage_plans", "manage_people")


def may_see_staff(teacher: Teacher) -> Q:
    """Whoever may see the people of it or of a superior."""
    return below(teacher.reach_paths("see_people"))


def may_shape_staff(teacher: Teacher) -> Q:
    """The research office and the administrators of it or of a superior."""
    return below([path for right in SHAPING_STAFF for path in teacher.reach_paths(right)])


def may_guide_teacher(teacher: Teacher) -> Q:
    """The research office and the administrators of a school the teacher works in."""
    return _working_in(teacher, "manage_plans") | _working_in(teacher, "manage_people")

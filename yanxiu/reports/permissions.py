"""Who may do what with summaries."""

from django.db.models import Q

from yanxiu.people.models import Teacher
from yanxiu.reports.models import Summary


def may_see_summary(teacher: Teacher) -> Q:
    """Everybody of the school once it is approved; before that who works on it or reads along.

    A superior with the right to see summaries reads all below it.
    """
    schools = [post.organisation_id for post in teacher.posts_today]
    return (
        Q(organisation__in=schools, state=Summary.State.APPROVED)
        | Q(organisation__in=teacher.reach("see_summaries"))
        | may_manage_summary(teacher)
        | may_approve_summary(teacher)
    )


def may_manage_summary(teacher: Teacher) -> Q:
    """The research office of its school or of a superior: drafts, writes and hands in."""
    return Q(organisation__in=teacher.reach("manage_summaries"))


def may_approve_summary(teacher: Teacher) -> Q:
    """The principal of its school, or whoever approves for a superior."""
    return Q(organisation__in=teacher.reach("approve_summaries"))


def may_return_summary(teacher: Teacher) -> Q:
    """Whoever may approve it, and the office, which can take back what it handed in."""
    return may_approve_summary(teacher) | may_manage_summary(teacher)

"""Who may do what with plans and proposals."""

from django.db.models import Q

from yanxiu.people.models import Teacher
from yanxiu.planning.models import Plan


def may_see_plan(teacher: Teacher) -> Q:
    """Everybody of the school once it is confirmed; before that whoever works on plans.

    A superior reads all plans below it.
    """
    schools = [post.organisation_id for post in teacher.posts_today]
    return (
        Q(organisation__in=schools, state=Plan.State.CONFIRMED)
        | Q(organisation__in=teacher.reach("see_plans"))
        | Q(unit__in=teacher.leads)
    )


def may_manage_plan(teacher: Teacher) -> Q:
    """The research office of its school or of a superior, and the leader of its unit."""
    return Q(organisation__in=teacher.reach("manage_plans")) | Q(unit__in=teacher.leads)


def may_see_proposal(teacher: Teacher) -> Q:
    """Whoever may manage the plans of the organisation it is for."""
    return Q(organisation__in=teacher.reach("manage_plans")) | Q(unit__in=teacher.leads)


def may_set_rhythm(teacher: Teacher) -> Q:
    """Whoever may manage the plan, and the leader of the unit that meets."""
    return (
        Q(plan__organisation__in=teacher.reach("manage_plans"))
        | Q(plan__unit__in=teacher.leads)
        | Q(unit__in=teacher.leads)
    )


def may_see_part(teacher: Teacher) -> Q:
    """Whoever may see the plan that the part belongs to."""
    return Q(plan__in=Plan.objects.filter(may_see_plan(teacher)))

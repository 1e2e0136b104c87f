"""Who may do what with plans and proposals."""

from django.db.models import Q

from yanxiu.people.models import Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.planning.models import Plan

COMMON = {"teacher": None}
"""What marks a plan that is not one person's own."""


def _upwards(teacher: Teacher) -> set[int]:
    """The primary keys of the organisations above those of the teacher's posts."""
    own = {post.organisation_id for post in teacher.posts_today}
    paths = [post.organisation.path for post in teacher.posts_today]
    return {pk for path in paths for pk in lineage_of(path)} - own


def may_see_plan(teacher: Teacher) -> Q:
    """Everybody of the school once it is confirmed; before that whoever works on plans.

    A superior reads all plans below it; a school reads the confirmed plans of its superiors. A
    personal plan is seen by its teacher and, once handed in, by those who approve it.
    """
    schools = [post.organisation_id for post in teacher.posts_today]
    confirmed = Q(state=Plan.State.CONFIRMED, **COMMON)
    handed_in = Q(state__in=[Plan.State.SUBMITTED, Plan.State.CONFIRMED])
    return (
        Q(organisation__in=schools) & confirmed
        | Q(organisation__in=_upwards(teacher), unit=None) & confirmed
        | Q(organisation__in=teacher.reach("see_plans"), **COMMON)
        | Q(unit__in=teacher.leads, **COMMON)
        | Q(teacher=teacher)
        | Q(organisation__in=teacher.reach("approve_plans")) & handed_in
        | Q(organisation__in=teacher.reach("manage_plans")) & handed_in
    )


def may_manage_plan(teacher: Teacher) -> Q:
    """The research office of its school or of a superior, and the leader of its unit.

    A personal plan is written by its teacher alone; whoever is named its owner writes it too.
    """
    return (
        Q(organisation__in=teacher.reach("manage_plans"), **COMMON)
        | Q(unit__in=teacher.leads, **COMMON)
        | Q(owner=teacher, organisation__in=[post.organisation_id for post in teacher.posts_today])
        | Q(teacher=teacher)
    )


def may_approve_plan(teacher: Teacher) -> Q:
    """Holders of the right to approve plans of its school or of a superior.

    Plans of a unit, a project or a person are approved by the research office too; nobody
    approves the own personal plan.
    """
    lesser = Q(unit__isnull=False) | Q(teacher__isnull=False) | Q(kind=Plan.Kind.PROJECT)
    may = Q(organisation__in=teacher.reach("approve_plans")) | (
        Q(organisation__in=teacher.reach("manage_plans")) & lesser
    )
    return may & (Q(teacher=None) | ~Q(teacher=teacher))


def may_see_proposal(teacher: Teacher) -> Q:
    """Whoever may manage the plans of the organisation it is for."""
    return Q(organisation__in=teacher.reach("manage_plans")) | Q(unit__in=teacher.leads)


def may_set_rhythm(teacher: Teacher) -> Q:
    """Whoever may manage the plan, and the leader of the unit that meets."""
    return Q(plan__in=Plan.objects.filter(may_manage_plan(teacher))) | Q(unit__in=teacher.leads)


def may_see_part(teacher: Teacher) -> Q:
    """Whoever may see the plan that the part belongs to."""
    return Q(plan__in=Plan.objects.filter(may_see_plan(teacher)))


def may_manage_demand(teacher: Teacher) -> Q:
    """The research office of the organisation that asks for the plans, or of a superior.

    A central school's researcher, who approves plans, asks for them too.
    """
    return Q(organisation__in=teacher.reach("manage_plans")) | Q(
        organisation__in=teacher.reach("approve_plans")
    )


def may_see_demand(teacher: Teacher) -> Q:
    """Whoever manages it, and everybody of the organisation that asks and of those below it."""
    above = _upwards(teacher) | {post.organisation_id for post in teacher.posts_today}
    return may_manage_demand(teacher) | Q(organisation__in=above)

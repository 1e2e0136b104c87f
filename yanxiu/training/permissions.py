"""Who may do what with outside training, series, self-study and skill checks."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.training.models import SkillResult, TrainingSeries


def _led(teacher: Teacher) -> Q:
    """Rows of the members, today, of the units that `teacher` leads."""
    members = Membership.objects.on(today()).filter(
        unit__in=teacher.leads, teacher=OuterRef("teacher")
    )
    return Q(Exists(members))


def may_see_training(teacher: Teacher) -> Q:
    """Who goes, the leader of the own group, and whoever may see the hours of the school."""
    return Q(teacher=teacher.pk) | _led(teacher) | Q(organisation__in=teacher.reach("see_hours"))


def may_change_training(teacher: Teacher) -> Q:
    """Who goes, alone: one's own application and report."""
    return Q(teacher=teacher.pk)


def may_decide_training(teacher: Teacher) -> Q:
    """The research office of the school, or of a superior: it agrees and returns."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


def may_recognise_training(teacher: Teacher) -> Q:
    """The research office, and whoever recognises hours: they decide about what was reported."""
    return Q(organisation__in=teacher.reach("recognise_hours")) | may_decide_training(teacher)


def may_see_course(teacher: Teacher) -> Q:
    """Everybody in the school that entered it or below, and whoever sees its sessions."""
    paths = [post.organisation.path for post in teacher.posts_today]
    upwards = sorted({pk for path in paths for pk in lineage_of(path)})
    return Q(organisation__in=upwards) | Q(organisation__in=teacher.reach("see_sessions"))


def may_manage_course(teacher: Teacher) -> Q:
    """The research office of the school that entered it, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


def may_see_series(teacher: Teacher) -> Q:
    """As with a course: it is no secret what is to be learned."""
    return may_see_course(teacher)


def may_see_part(teacher: Teacher) -> Q:
    """Whoever may see the series it belongs to."""
    seen = TrainingSeries.objects.filter(may_see_series(teacher))
    return Q(series__in=seen.values("pk"))


def may_manage_series(teacher: Teacher) -> Q:
    """The research office of its school, or of a superior."""
    return may_manage_course(teacher)


def may_see_self_study(teacher: Teacher) -> Q:
    """The writer, the leader of the writer's group, and whoever may see the school's hours."""
    return may_see_training(teacher)


def may_change_self_study(teacher: Teacher) -> Q:
    """The writer alone."""
    return Q(teacher=teacher.pk)


def may_read_self_study(teacher: Teacher) -> Q:
    """The leader of the writer's group and the research office; nobody reads one's own."""
    others = ~Q(teacher=teacher.pk)
    return others & (_led(teacher) | Q(organisation__in=teacher.reach("manage_sessions")))


def may_see_skill_check(teacher: Teacher) -> Q:
    """Everybody of its school, and whoever manages it; by name each sees the own result alone."""
    checked = SkillResult.objects.filter(check_of=OuterRef("pk"), teacher=teacher)
    return (
        Q(organisation__in=teacher.reach("manage_sessions"))
        | Q(organisation__in=teacher.reach("see_hours"))
        | Q(organisation__in=[post.organisation_id for post in teacher.posts_today])
        | Q(Exists(checked))
    )


def may_manage_skill_check(teacher: Teacher) -> Q:
    """The research office of its school, or of a superior: it enters what was found."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


def may_see_skill_results(teacher: Teacher) -> Q:
    """Results by name: who manages the check, and whoever may see the hours of the school."""
    return Q(organisation__in=teacher.reach("manage_sessions")) | Q(
        organisation__in=teacher.reach("see_hours")
    )

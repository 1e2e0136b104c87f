"""Who may do what with activities and sessions."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.activities.models import Attendance, Part
from yanxiu.people.models import Teacher


def _hosted(teacher: Teacher) -> Q:
    hosts = Part.objects.filter(session=OuterRef("pk"), teacher=teacher, role=Part.Role.HOST)
    return Q(Exists(hosts))


def may_manage_session(teacher: Teacher) -> Q:
    """Its host, the leader of its unit, and the research office of its school or of a superior."""
    return (
        Q(organisation__in=teacher.reach("manage_sessions"))
        | Q(unit__in=teacher.leads)
        | _hosted(teacher)
    )


def may_see_session(teacher: Teacher) -> Q:
    """Whoever is expected, came, manages it, or may see the sessions of its school."""
    invited = Part.objects.filter(session=OuterRef("pk"), teacher=teacher)
    marked = Attendance.objects.filter(session=OuterRef("pk"), teacher=teacher)
    schools = [post.organisation_id for post in teacher.posts_today]
    return (
        Q(unit__in=teacher.units)
        | Q(unit=None, organisation__in=schools)
        | Q(organisation__in=teacher.reach("see_sessions"))
        | Q(Exists(invited))
        | Q(Exists(marked))
    )


def may_see_roll(teacher: Teacher) -> Q:
    """Who came by name: whoever manages the session, or may see the sessions of its school."""
    return may_manage_session(teacher) | Q(organisation__in=teacher.reach("see_sessions"))


def may_see_attendance(teacher: Teacher) -> Q:
    """The person in question, the leader of the unit, and whoever may see the school's sessions."""
    return (
        Q(teacher=teacher.pk)
        | Q(session__unit__in=teacher.leads)
        | Q(session__organisation__in=teacher.reach("see_sessions"))
    )


def may_write_minutes(teacher: Teacher) -> Q:
    """Whoever manages the session, and its recorder."""
    recorders = Part.objects.filter(
        session=OuterRef("pk"), teacher=teacher, role=Part.Role.RECORDER
    )
    return may_manage_session(teacher) | Q(Exists(recorders))


def may_plan_for_unit(teacher: Teacher) -> Q:
    """Units for which a session can be planned: one's own to lead, or those of the office."""
    return Q(pk__in=teacher.leads) | Q(organisation__in=teacher.reach("manage_sessions"))


def may_schedule_plan(teacher: Teacher) -> Q:
    """Plans whose sessions the research office of the school, or of a superior, sets up."""
    return Q(organisation__in=teacher.reach("manage_sessions"))

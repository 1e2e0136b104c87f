"""Who may do what with activities and sessions."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.activities.models import Attendance, Part, Partner, Session
from yanxiu.people.models import Teacher
from yanxiu.people.models.organisation import lineage_of


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
        | _partner_sees(teacher)
    )


def _partner_sees(teacher: Teacher) -> Q:
    """Sessions to which a school was invited whose sessions `teacher` may see."""
    asked = Partner.objects.filter(
        activity=OuterRef("activity"), organisation__in=teacher.reach("see_sessions")
    )
    return Q(Exists(asked))


def may_see_roll(teacher: Teacher) -> Q:
    """Who came by name: who manages the session, or may see the sessions of a school in it."""
    return (
        may_manage_session(teacher)
        | Q(organisation__in=teacher.reach("see_sessions"))
        | _partner_sees(teacher)
    )


def may_see_attendance(teacher: Teacher) -> Q:
    """The person, the unit's leader, and who may see the sessions of its or the home school."""
    home = Part.objects.filter(
        session=OuterRef("session"),
        teacher=OuterRef("teacher"),
        home__in=teacher.reach("see_sessions"),
    )
    return (
        Q(teacher=teacher.pk)
        | Q(session__unit__in=teacher.leads)
        | Q(session__organisation__in=teacher.reach("see_sessions"))
        | Q(Exists(home))
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
    """Plans whose sessions the research office of the school, or of a superior, sets up.

    A personal plan is nobody's session plan but its teacher's to follow.
    """
    return Q(teacher=None, organisation__in=teacher.reach("manage_sessions"))


# ---- content tags and experts ----
def _upwards(teacher: Teacher) -> list[int]:
    """The primary keys of the organisations of `teacher`'s posts and of all above them."""
    paths = [post.organisation.path for post in teacher.posts_today]
    return sorted({pk for path in paths for pk in lineage_of(path)})


def may_see_tag(teacher: Teacher) -> Q:
    """Shipped ones, those of the own school or of a superior, and of a school seen from above."""
    return (
        Q(organisation=None)
        | Q(organisation__in=_upwards(teacher))
        | Q(organisation__in=teacher.reach("see_sessions"))
    )


def may_manage_tag(teacher: Teacher) -> Q:
    """Tags of a school whose sessions this teacher manages; what is shipped stays."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


def may_see_expert(teacher: Teacher) -> Q:
    """Experts registered by the own school or a superior, or by a school seen from above."""
    return Q(organisation__in=_upwards(teacher)) | Q(organisation__in=teacher.reach("see_sessions"))


def may_manage_expert(teacher: Teacher) -> Q:
    """The research office of the school that registered the expert, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


# ---- activities, themes, problems and what was agreed ----
def may_manage_activity(teacher: Teacher) -> Q:
    """The leader of its unit, the research office of its school or above, and its hosts."""
    hosts = Part.objects.filter(
        session__activity=OuterRef("pk"), teacher=teacher, role=Part.Role.HOST
    )
    return (
        Q(organisation__in=teacher.reach("manage_sessions"))
        | Q(unit__in=teacher.leads)
        | Q(Exists(hosts))
    )


def may_see_activity(teacher: Teacher) -> Q:
    """Whoever may see any of its sessions, or belongs to a unit or school that shares in it."""
    schools = [post.organisation_id for post in teacher.posts_today]
    invited = Part.objects.filter(session__activity=OuterRef("pk"), teacher=teacher)
    shared = Partner.objects.filter(
        Q(unit__in=teacher.units)
        | Q(unit=None, organisation__in=schools)
        | Q(organisation__in=teacher.reach("see_sessions")),
        activity=OuterRef("pk"),
    )
    return (
        Q(unit__in=teacher.units)
        | Q(unit=None, organisation__in=schools)
        | Q(organisation__in=teacher.reach("see_sessions"))
        | Q(Exists(invited))
        | Q(Exists(shared))
    )


def may_see_theme(teacher: Teacher) -> Q:
    """Everybody of the school, and whoever may see its sessions from above."""
    schools = [post.organisation_id for post in teacher.posts_today]
    return Q(organisation__in=schools) | Q(organisation__in=teacher.reach("see_sessions"))


def may_manage_theme(teacher: Teacher) -> Q:
    """A group's theme: its leader; any theme: the research office of the school or above."""
    return Q(unit__in=teacher.leads) | Q(organisation__in=teacher.reach("manage_sessions"))


def may_see_problem(teacher: Teacher) -> Q:
    """Who raised it, the members of its unit, everybody of the school, and who sees sessions."""
    return Q(raised_by=teacher.pk) | Q(unit__in=teacher.units) | may_see_theme(teacher)


def may_conclude_problem(teacher: Teacher) -> Q:
    """The leader of its unit, and the research office of its school or above."""
    return may_manage_theme(teacher)


def may_end_resolution(teacher: Teacher) -> Q:
    """Its owner, and whoever manages the session in which it was agreed."""
    managed = Session.objects.filter(may_manage_session(teacher), pk=OuterRef("session"))
    return Q(owner=teacher.pk) | Q(Exists(managed))


def may_manage_kind(teacher: Teacher) -> Q:
    """Kinds of a school whose sessions this teacher manages; what is shipped stays."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


def may_recognise_home(teacher: Teacher) -> Q:
    """The research office of the school whose people took part."""
    return Q(organisation__in=teacher.reach("manage_sessions"))


def may_undo_batch(teacher: Teacher) -> Q:
    """Whoever may set up sessions from the plan that the batch was made from."""
    return Q(plan__organisation__in=teacher.reach("manage_sessions"))

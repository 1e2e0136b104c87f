"""Who may do what with lessons, their series and the timetable."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.lessons.models import Invitation, Lesson, Listener
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today


def _schools(teacher: Teacher) -> list[int]:
    return [post.organisation_id for post in teacher.posts_today]


def _told(teacher: Teacher) -> Q:
    """All lessons but those that `teacher` is to give and is not to know of before."""
    return ~Q(teacher=teacher.pk, announced=False) | Q(state=Lesson.State.GIVEN)


def _asked(teacher: Teacher) -> Q:
    """Lessons to which the person, a group or the whole school of the person was asked."""
    invited = Invitation.objects.filter(
        Q(teacher=teacher.pk) | Q(unit__in=teacher.units) | Q(organisation__in=_schools(teacher)),
        lesson=OuterRef("pk"),
    )
    heard = Listener.objects.filter(lesson=OuterRef("pk"), teacher=teacher.pk)
    return Q(Exists(invited)) | Q(Exists(heard))


def _runs(teacher: Teacher) -> Q:
    return (
        Q(organisation__in=teacher.reach("manage_lessons"))
        | Q(unit__in=teacher.leads)
        | Q(made_by=teacher.pk)
        | Q(responsible=teacher.pk)
    )


def may_see_lesson(teacher: Teacher) -> Q:
    """Its teacher, who arranged or listens, the group or school it is open to, who sees lessons.

    A lesson that its teacher is not told of before is hidden from that teacher, whatever else the
    teacher may see.
    """
    return _told(teacher) & (
        Q(teacher=teacher.pk)
        | _runs(teacher)
        | Q(audience=Lesson.Audience.SCHOOL, announced=True, organisation__in=_schools(teacher))
        | Q(audience=Lesson.Audience.UNIT, announced=True, unit__in=teacher.units)
        | Q(organisation__in=teacher.reach("see_lessons"))
        | _asked(teacher)
    )


def may_manage_lesson(teacher: Teacher) -> Q:
    """The research office there or above, the group's leader, who arranged it, who is in charge."""
    return _told(teacher) & _runs(teacher)


def may_change_lesson(teacher: Teacher) -> Q:
    """Its own teacher, for what is taught, and whoever manages it."""
    return _told(teacher) & (Q(teacher=teacher.pk) | _runs(teacher))


def may_check_level(teacher: Teacher) -> Q:
    """The research office there or above and the group's leader, never for an own lesson."""
    office = Q(organisation__in=teacher.reach("manage_lessons"))
    return _told(teacher) & ~Q(teacher=teacher.pk) & (office | Q(unit__in=teacher.leads))


def may_answer_lesson(teacher: Teacher) -> Q:
    """Whoever may see it, but not its own teacher, can say to come."""
    return may_see_lesson(teacher) & ~Q(teacher=teacher.pk)


def may_see_series(teacher: Teacher) -> Q:
    """Everybody of its school, its group, and whoever sees lessons or has one in it."""
    own = Lesson.objects.filter(may_see_lesson(teacher), series=OuterRef("pk"))
    return (
        Q(unit__in=teacher.units)
        | Q(unit=None, organisation__in=_schools(teacher))
        | Q(organisation__in=teacher.reach("see_lessons"))
        | Q(made_by_uid=teacher.uid)
        | Q(Exists(own))
    )


def may_manage_series(teacher: Teacher) -> Q:
    """The research office there or above, the leader of its group, and who set it up."""
    return (
        Q(organisation__in=teacher.reach("manage_lessons"))
        | Q(unit__in=teacher.leads)
        | Q(made_by_uid=teacher.uid)
    )


def may_manage_kind(teacher: Teacher) -> Q:
    """Kinds of a school whose lessons this teacher manages; what is shipped stays."""
    return Q(organisation__in=teacher.reach("manage_lessons"))


def may_see_kind(teacher: Teacher) -> Q:
    """Shipped ones, those of the own school or of a superior, and of a school seen from above."""
    paths = [post.organisation.path for post in teacher.posts_today]
    upwards = sorted({pk for path in paths for pk in lineage_of(path)})
    return (
        Q(organisation=None)
        | Q(organisation__in=upwards)
        | Q(organisation__in=teacher.reach("see_lessons"))
    )


def may_see_timetable(teacher: Teacher) -> Q:
    """Readings of the timetable: the research office of the school or above."""
    return Q(organisation__in=teacher.reach("manage_lessons"))


def may_be_visited(teacher: Teacher) -> Q:
    """Teachers whose lessons `teacher` can plan to hear: of the own groups led, and the office's.

    The planner shows nobody else: who has been visited how often is not for everybody.
    """
    led = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    managed = Post.objects.on(today()).filter(organisation__in=teacher.reach("manage_lessons"))
    return Q(pk__in=led.values("teacher")) | Q(pk__in=managed.values("teacher"))

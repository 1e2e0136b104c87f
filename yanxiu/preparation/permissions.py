"""Who may do what with lesson plans, notes, schedules and requirements.

A draft is its author's (and, if it is a group's, of those who lead the group) and of nobody else.
"""

from django.db.models import Exists, OuterRef, Q

from yanxiu.activities.models import Part
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.preparation.models import GradeRequirement, LessonPlan, PlanUse

Kind, State = LessonPlan.Kind, LessonPlan.State
DONE = (State.HANDED_IN, State.CHECKED)
"""States of an own plan that its author has handed in, and that was not returned."""

SEEN = (*DONE, State.RETURNED)
"""States of an own plan that its checkers have seen."""


def _schools(teacher: Teacher) -> list[int]:
    return [post.organisation_id for post in teacher.posts_today]


def led(teacher: Teacher, who: str = "author") -> Q:
    """Rows of the members, today, of the units that `teacher` leads."""
    members = Membership.objects.on(today()).filter(unit__in=teacher.leads, teacher=OuterRef(who))
    return Q(unit__in=teacher.leads) | Q(Exists(members))


def _called(teacher: Teacher) -> Q:
    """Plans talked about in a session in which `teacher` has a part, from whichever school."""
    parts = Part.objects.filter(session=OuterRef("session"), teacher=teacher.pk)
    return Q(Exists(parts))


def _shared(teacher: Teacher) -> Q:
    """Shared plans past the draft: members of the group, all of the school if it is nobody's."""
    return (
        Q(kind=Kind.SHARED)
        & ~Q(state=State.DRAFT)
        & (
            Q(unit__in=teacher.units)
            | Q(unit=None, organisation__in=_schools(teacher))
            | Q(organisation__in=teacher.reach("see_lessons"))
            | _called(teacher)
        )
    )


def may_see_plan(teacher: Teacher) -> Q:
    """Its author; a shared one its group, once offered; an own one its checkers, once handed in.

    An example is seen by the whole school.
    """
    own = Q(kind=Kind.PERSONAL, state__in=SEEN) & (
        led(teacher) | Q(organisation__in=teacher.reach("see_lessons"))
    )
    example = Q(is_example=True, organisation__in=_schools(teacher))
    return (
        Q(author=teacher.pk)
        | Q(kind=Kind.SHARED, unit__in=teacher.leads)
        | _shared(teacher)
        | own
        | example
    )


def may_see_version(teacher: Teacher) -> Q:
    """Whoever may see its plan; one laid beside a lesson, also whoever may see that lesson."""
    plans = LessonPlan.objects.filter(may_see_plan(teacher))
    lessons = Lesson.objects.filter(may_see_lesson(teacher))
    uses = PlanUse.objects.filter(
        version=OuterRef("pk"), shown=True, lesson__in=lessons.values("pk")
    )
    return Q(plan__in=plans.values("pk")) | Q(Exists(uses))


def may_write_plan(teacher: Teacher) -> Q:
    """Its author; a shared one also those who lead its group."""
    return Q(author=teacher.pk) | Q(kind=Kind.SHARED, unit__in=teacher.leads)


def may_own_plan(teacher: Teacher) -> Q:
    """Its author alone: handing in, taking back, throwing away, noting after the lesson."""
    return Q(author=teacher.pk)


def may_comment_plan(teacher: Teacher) -> Q:
    """A shared plan past its draft: its group, who was called to its session, and its author."""
    return Q(kind=Kind.SHARED) & ~Q(state=State.DRAFT) & (
        Q(author=teacher.pk)
        | Q(unit__in=teacher.units)
        | Q(unit=None, organisation__in=_schools(teacher))
        | Q(organisation__in=teacher.reach("manage_lessons"))
        | _called(teacher)
    )  # fmt: skip


def may_settle_plan(teacher: Teacher) -> Q:
    """Its lead preparer, those who lead its group, and the research office: what is agreed."""
    return Q(kind=Kind.SHARED) & (
        Q(author=teacher.pk)
        | Q(unit__in=teacher.leads)
        | Q(organisation__in=teacher.reach("manage_lessons")) & ~Q(state=State.DRAFT)
    )


def may_adapt_plan(teacher: Teacher) -> Q:
    """An agreed shared plan, or an example, that this teacher may see: to make it one's own."""
    agreed = Q(kind=Kind.SHARED, state=State.AGREED) & (_shared(teacher) | Q(author=teacher.pk))
    return agreed | Q(is_example=True, organisation__in=_schools(teacher))


def may_see_departure(teacher: Teacher) -> Q:
    """How far an own plan departs from the agreed one: its author, and once handed in the leader.

    Nobody else: it is not a measure of a person.
    """
    return Q(kind=Kind.PERSONAL, base__isnull=False) & (
        Q(author=teacher.pk) | Q(state__in=SEEN) & led(teacher)
    )


def may_review_plan(teacher: Teacher) -> Q:
    """The author's leader and the research office; nobody checks an own plan of one's own."""
    handed = Q(kind=Kind.PERSONAL, state__in=DONE) | Q(kind=Kind.SHARED, state=State.AGREED)
    return handed & ~Q(author=teacher.pk) & (
        led(teacher) | Q(organisation__in=teacher.reach("manage_lessons"))
    )  # fmt: skip


def may_see_review(teacher: Teacher) -> Q:
    """The author, the reviewer, the author's leader and the research office."""
    plans = LessonPlan.objects.filter(
        Q(author=teacher.pk) | led(teacher) | Q(organisation__in=teacher.reach("manage_lessons"))
    )
    return Q(reviewer=teacher.pk) | Q(plan__in=plans.values("pk"))


def may_see_comment(teacher: Teacher) -> Q:
    """Whoever may see the plan it is about, if the plan is a group's."""
    plans = LessonPlan.objects.filter(may_see_plan(teacher), kind=Kind.SHARED)
    return Q(plan__in=plans.values("pk"))


def may_withdraw_comment(teacher: Teacher) -> Q:
    """Who made it, as long as it is not settled."""
    return Q(teacher=teacher.pk, state="open", withdrawn_at=None)


def may_answer_question(teacher: Teacher) -> Q:
    """Its owner, and whoever settles the plan it came from."""
    plans = LessonPlan.objects.filter(may_settle_plan(teacher))
    return Q(owner=teacher.pk) | Q(plan__in=plans.values("pk"))


def may_see_note(teacher: Teacher) -> Q:
    """Its writer; if shared, the group of the plan and whoever sees the lessons of the school."""
    seen = Q(plan__unit__in=teacher.units) | Q(plan__organisation__in=teacher.reach("see_lessons"))
    return Q(teacher=teacher.pk) | Q(is_shared=True) & seen


def may_change_note(teacher: Teacher) -> Q:
    """Its writer alone."""
    return Q(teacher=teacher.pk)


def may_see_topic(teacher: Teacher) -> Q:
    """Everybody of the school, and whoever sees its lessons from above."""
    return Q(organisation__in=_schools(teacher)) | Q(organisation__in=teacher.reach("see_lessons"))


def may_schedule_unit(teacher: Teacher) -> Q:
    """Units whose teaching schedule is one's to set: those one leads, those of the office."""
    return Q(pk__in=teacher.leads) | Q(organisation__in=teacher.reach("manage_lessons"))


def may_prepare_in_unit(teacher: Teacher) -> Q:
    """Units for which a shared plan can be drafted: one's own, and those of the office."""
    return Q(pk__in=teacher.units) | Q(organisation__in=teacher.reach("manage_lessons"))


def may_see_requirement(teacher: Teacher) -> Q:
    """Everybody of the school, and whoever sees its lessons from above."""
    return may_see_topic(teacher)


def may_propose_requirement(teacher: Teacher) -> Q:
    """Those who lead its group, and the research office."""
    return Q(unit__in=teacher.leads) | Q(organisation__in=teacher.reach("manage_lessons"))


def may_approve_requirement(teacher: Teacher) -> Q:
    """The research office of the school or of a superior."""
    return Q(organisation__in=teacher.reach("manage_lessons"))


def may_see_requirement_version(teacher: Teacher) -> Q:
    """Whoever may see the document it is a version of."""
    seen = GradeRequirement.objects.filter(may_see_requirement(teacher))
    return Q(requirement__in=seen.values("pk"))

"""Lists of observations: one's own, those about one's lessons, and those to be checked."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from yanxiu.kernel.spans import Span
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.observation.models import SAME_TIME, Advice, Observation, ObservationText
from yanxiu.observation.permissions import HANDED_IN, may_check_observation
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

State = Observation.State
JOINED = ("lesson__teacher", "lesson__kind", "observer")


def own(teacher: Teacher) -> "QuerySet[Observation]":
    """Return what a teacher has observed; what is still being written comes first."""
    rows = Observation.objects.filter(observer=teacher).select_related(*JOINED)
    return rows.order_by("-lesson__starts_at", "-pk")


def about(teacher: Teacher) -> "QuerySet[Observation]":
    """Return the handed-in observations of a teacher's own lessons."""
    rows = Observation.objects.filter(lesson__teacher=teacher, state__in=HANDED_IN)
    return rows.select_related(*JOINED).order_by("-handed_in_at", "-pk")


def advice_on(teacher: Teacher) -> "QuerySet[Advice]":
    """Return what a teacher has taken on to try, the oldest first."""
    return (
        Advice.objects.filter(presenter=teacher, state=Advice.State.TAKEN)
        .select_related("observation__lesson", "observation__observer")
        .order_by("decided_at", "pk")
    )


def lessons_near(teacher: Teacher, at: datetime) -> "QuerySet[Lesson]":
    """Return the lessons from three days ago to a week ahead that a teacher may go and hear."""
    rows = Lesson.objects.filter(
        starts_at__gte=at - timedelta(days=3), starts_at__lt=at + timedelta(days=7)
    )
    rows = allowed(may_see_lesson, teacher, rows).exclude(state=Lesson.State.CANCELLED)
    return rows.exclude(teacher=teacher).select_related("teacher", "kind").order_by("starts_at")


def to_check(teacher: Teacher) -> "QuerySet[Observation]":
    """Return what a teacher may check, in any state but the drafts.

    `same_time` of each says how another lesson was heard at the same time, None where none was.
    """
    rows = allowed(may_check_observation, teacher, Observation.objects.exclude(state=State.DRAFT))
    said = ObservationText.objects.filter(observation=OuterRef("pk"), name=SAME_TIME)
    return rows.annotate(same_time=Subquery(said.values("text")[:1])).select_related(*JOINED)


def overdue(rows: "QuerySet[Observation]", at: datetime, days: int) -> "QuerySet[Observation]":
    """Return those that wait for longer than `days` to be checked."""
    return rows.filter(state=State.HANDED_IN, handed_in_at__lt=at - timedelta(days=days))


def in_span(rows: "QuerySet[Observation]", span: Span) -> "QuerySet[Observation]":
    """Return those of lessons within `span`."""
    start, end = span.moments()
    return rows.filter(lesson__starts_at__gte=start, lesson__starts_at__lt=end)

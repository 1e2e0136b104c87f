"""Who was heard and who not yet, for those who go and listen; and which lessons lack papers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from yanxiu.kernel.spans import Span
from yanxiu.lessons.models import Lesson
from yanxiu.observation.models import LessonAccount, Observation
from yanxiu.observation.permissions import HANDED_IN
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.teacher import today


@dataclass(frozen=True)
class Whose:
    """Which teachers a reader goes to hear: of a school's path, or the members of led units."""

    path: str
    units: tuple[int, ...] | None = None


def teachers_of(whose: Whose) -> "QuerySet[Teacher]":
    """Return the teachers concerned who work there today."""
    posts = Post.objects.on(today()).filter(organisation__path__startswith=whose.path)
    rows = Teacher.objects.filter(pk__in=posts.values("teacher"), is_active=True)
    if whose.units is not None:
        members = Membership.objects.on(today()).filter(unit__in=whose.units)
        rows = rows.filter(pk__in=members.values("teacher"))
    return rows


def heard(whose: Whose, span: Span, *, unannounced: bool = False) -> "QuerySet[Teacher]":
    """Return the teachers with how often and when their lessons were last heard in `span`.

    That somebody was there is told; what was noted is not.
    """
    start, end = span.moments()
    rows = Observation.objects.filter(
        lesson__teacher=OuterRef("pk"),
        state__in=HANDED_IN,
        lesson__starts_at__gte=start,
        lesson__starts_at__lt=end,
    )
    if unannounced:
        rows = rows.filter(Q(lesson__announced=False) | Q(kind=Observation.Kind.PUSH_DOOR))
    grouped = rows.order_by().values("lesson__teacher")
    return (
        teachers_of(whose)
        .annotate(
            times_heard=Subquery(
                grouped.annotate(n=Count("lesson", distinct=True)).values("n")[:1]
            ),
            last_heard=Subquery(grouped.annotate(at=Max("lesson__starts_at")).values("at")[:1]),
        )
        .order_by("last_heard", "pinyin", "pk")
    )


def not_yet(rows: "QuerySet[Teacher]") -> "QuerySet[Any]":
    """Return those of `heard` whom nobody has heard."""
    found: QuerySet[Any] = rows
    return found.filter(last_heard=None)


def papers(rows: "QuerySet[Lesson]") -> "QuerySet[Lesson]":
    """Return given lessons with how many wrote about them and whether there is an account."""
    handed = Observation.objects.filter(lesson=OuterRef("pk"), state__in=HANDED_IN)
    accounts = LessonAccount.objects.filter(lesson=OuterRef("pk"), handed_in_at__isnull=False)
    began = Observation.objects.filter(lesson=OuterRef("pk")).exclude(state__in=HANDED_IN)

    def number(found: "QuerySet[Observation]") -> Subquery:
        counted = found.order_by().values("lesson").annotate(n=Count("pk")).values("n")
        return Subquery(counted[:1])

    return (
        rows.filter(state=Lesson.State.GIVEN)
        .annotate(given_in=number(handed), writing=number(began), has_account=Exists(accounts))
        .select_related("teacher", "kind", "unit")
        .order_by("-starts_at", "-pk")
    )


def lacking(rows: "QuerySet[Lesson]") -> "QuerySet[Lesson]":
    """Return those that lack an evaluation or an account."""
    return rows.filter(Q(given_in=None) | Q(has_account=False))

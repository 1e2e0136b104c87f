"""Which rubric is proposed for a lesson, and which ones a school has."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When

from yanxiu.lessons.models import Lesson
from yanxiu.observation.models import Rubric, RubricVersion
from yanxiu.people.models import Organisation


def at_hand(organisation: Organisation) -> "QuerySet[Rubric]":
    """Return the rubrics in use at a school: its own, those of superiors, and shipped ones.

    The nearest come first; each with its versions, the newest first.
    """
    lineage = list(organisation.lineage)
    near = [When(organisation=pk, then=Value(-place)) for place, pk in enumerate(lineage)]
    return (
        Rubric.objects.filter(
            Q(organisation=None) | Q(organisation__in=lineage), retired_at__isnull=True
        )
        .annotate(nearness=Case(*near, default=Value(1), output_field=IntegerField()))
        .order_by("nearness", "order", "pk")
        .prefetch_related(
            Prefetch("versions", RubricVersion.objects.order_by("-number"), to_attr="all_versions")
        )
    )


def newest(rubrics: Sequence[Rubric]) -> list[RubricVersion]:
    """Return the newest version of each, in the order given; read by `at_hand`."""
    found = []
    for rubric in rubrics:
        for version in rubric.all_versions[:1]:  # type: ignore[attr-defined]
            version.rubric = rubric
            found.append(version)
    return found


def proposed(lesson: Lesson) -> RubricVersion | None:
    """Return the form that fits the kind and subject of `lesson` best.

    A school's own goes before a superior's and this before a shipped one; one made for this kind
    or subject goes before one for all.
    """
    return proposed_for(lesson.organisation, kind=lesson.kind.code, subject=lesson.subject)


def proposed_for(organisation: Organisation, *, kind: str, subject: str) -> RubricVersion | None:
    """Return the form that fits a kind of lesson, by its code, and a subject best; see above."""
    fitting = [
        rubric
        for rubric in at_hand(organisation)
        if _fits(rubric.lesson_kinds, kind) and _fits(rubric.subjects, subject)
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda each: (-each.nearness, *_fit(each)))  # type: ignore[attr-defined]
    return next(iter(newest([best])), None)


def _fits(wanted: list[str], given: str) -> bool:
    return not wanted or given in wanted


def _fit(rubric: Rubric) -> tuple[int, int]:
    return (bool(rubric.lesson_kinds) + bool(rubric.subjects), -rubric.order)

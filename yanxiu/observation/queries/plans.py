"""The plan, the observed lesson and the plan revised, laid side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from yanxiu.lessons.models import Lesson
from yanxiu.observation.models import Advice, Mark, Observation
from yanxiu.observation.permissions import may_read_observation
from yanxiu.observation.queries.reading import clock_of
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation.models import PlanUse, PlanVersion
from yanxiu.preparation.permissions import may_see_version
from yanxiu.texts.differences import difference

MOST_MARKS = 200
MOST = 20


@dataclass(frozen=True)
class Section:
    """One section of the plan: as it was taught, and what became of it."""

    name: str
    before: str
    runs: Sequence[Any]


def later_lessons(teacher: Teacher, advice: Advice) -> "QuerySet[Lesson]":
    """Return the teacher's own lessons given after the one the advice came from."""
    rows = Lesson.objects.filter(
        teacher=teacher,
        state=Lesson.State.GIVEN,
        starts_at__gt=advice.observation.lesson.starts_at,
    )
    return rows.order_by("-starts_at")[:MOST]


def own_versions(teacher: Teacher, advice: Advice) -> "QuerySet[PlanVersion]":
    """Return the versions of the teacher's plans made after the lesson of the advice."""
    rows = PlanVersion.objects.filter(
        plan__author=teacher, made_at__gt=advice.observation.lesson.starts_at
    )
    return rows.select_related("plan").order_by("-made_at")[:MOST]


def before_and_after(lesson: Lesson, reader: Teacher) -> dict[str, Any]:
    """Return the taught version, what was seen, and the newest version made after the lesson.

    Each part only if this reader may see it.
    """
    use = (
        PlanUse.objects.filter(lesson=lesson)
        .select_related("version__plan")
        .order_by("-version__number")
        .first()
    )
    versions = _versions(use.version, lesson, reader) if use else []
    before = versions[0] if versions else None
    after = versions[-1] if len(versions) > 1 else None
    observations = allowed(may_read_observation, reader, Observation.objects.filter(lesson=lesson))
    marks = list(
        Mark.objects.filter(observation__in=observations.values("pk"), deleted=False)
        .select_related("observation__observer")
        .order_by("at_second", "pk")[:MOST_MARKS]
    )
    advice = Advice.objects.filter(observation__in=observations.values("pk"))
    return {
        "before": before,
        "after": after,
        "sections": _sections(before, after) if before else [],
        "marks": [(clock_of(mark.at_second), mark) for mark in marks],
        "advice": list(advice.select_related("observation__observer")),
    }


def _versions(taught: PlanVersion, lesson: Lesson, reader: Teacher) -> list[PlanVersion]:
    """Return the version that was taught, and the newest of the plan made after the lesson."""
    rows = allowed(may_see_version, reader, PlanVersion.objects.filter(plan=taught.plan))
    found = {row.pk: row for row in rows.select_related("plan").order_by("number")}
    if taught.pk not in found:
        return []
    later = [row for row in found.values() if row.made_at > lesson.starts_at]
    later = [row for row in later if row.number > taught.number]
    return [found[taught.pk], *later[-1:]]


def _paragraphs(version: PlanVersion | None, code: str) -> list[str]:
    for section in version.content if version else []:
        if section["code"] == code:
            return [each["text"] for each in section["paragraphs"]]
    return []


def _sections(before: PlanVersion, after: PlanVersion | None) -> list[Section]:
    """Return each section of the plan with what changed in it; empty ones are left out."""
    names = {each["code"]: each["name"] for each in before.content}
    if after:
        names |= {each["code"]: each["name"] for each in after.content}
    found = []
    for code, name in names.items():
        old, new = _paragraphs(before, code), _paragraphs(after, code)
        if not any(old) and not any(new):
            continue
        changes = difference(old, new) if after else []
        found.append(Section(name, "\n".join(old), changes))
    return found

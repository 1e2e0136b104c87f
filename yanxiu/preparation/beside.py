"""What preparing adds to the page of a lesson, its plan, and to that of a session, its plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yanxiu.activities.models import Session
from yanxiu.lessons.models import Lesson
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation.models import LessonPlan, PlanUse, PlanVersion
from yanxiu.preparation.permissions import may_see_plan, may_see_version
from yanxiu.preparation.queries.plans import uses_of

MOST = 20


@dataclass(frozen=True)
class Beside:
    """One version beside a lesson, and the newest kept after it that the reader may read."""

    use: PlanUse
    later: PlanVersion | None


def beside(lesson: Lesson, reader: Teacher) -> Mapping[str, Any] | None:
    """Return what `preparation/_lesson.html` shows to `reader`; two statements."""
    uses = uses_of(lesson, reader)
    mine = lesson.teacher_id == reader.pk
    if not uses and not mine:
        return None
    later: dict[int, PlanVersion] = {}
    if uses:
        plans = [use.version.plan_id for use in uses]
        rows = PlanVersion.objects.filter(plan__in=plans).defer("content")
        for one in allowed(may_see_version, reader, rows).order_by("number"):
            later[one.plan_id] = one
    return {
        "besides": [
            Beside(use, newest if newest and newest.number > use.version.number else None)
            for use in uses
            for newest in [later.get(use.version.plan_id)]
        ],
        "mine": mine,
        "lesson": lesson,
    }


def talked_about(session: Session, reader: Teacher) -> Mapping[str, Any] | None:
    """Return the plans that `session` is about, as far as `reader` may see them; one statement."""
    rows = LessonPlan.objects.filter(session=session).select_related("author")
    plans = list(allowed(may_see_plan, reader, rows.defer("content")).order_by("pk")[:MOST])
    return {"plans": plans} if plans else None

"""What preparing adds to the page of a lesson: its plan, and what became of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yanxiu.lessons.models import Lesson
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation.models import PlanUse, PlanVersion
from yanxiu.preparation.permissions import may_see_version
from yanxiu.preparation.queries.plans import uses_of


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
    }

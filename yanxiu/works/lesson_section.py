"""What the page of a lesson shows of works: one's own writing about it, and what is shared."""

from collections.abc import Mapping
from typing import Any

from yanxiu.lessons.models import Lesson
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work, WorkKind
from yanxiu.works.permissions import may_see_work

ORDER = 30
TEMPLATE = "works/_lesson.html"
MOST = 20


def of_lesson(lesson: Lesson, reader: Teacher) -> Mapping[str, Any] | None:
    """Return the works about `lesson` that `reader` may see; two statements."""
    rows = Work.objects.filter(lesson=lesson, dropped_at=None).select_related("kind", "teacher")
    works = list(allowed(may_see_work, reader, rows)[:MOST])
    mine = lesson.teacher_id == reader.pk
    reflects = None
    if mine and lesson.state == Lesson.State.GIVEN:
        reflects = WorkKind.objects.filter(organisation=None, code="reflection").first()
    if not works and reflects is None:
        return None
    written = any(one.teacher_id == reader.pk for one in works)
    return {"works": works, "reflects": reflects, "mine": mine, "written": written}

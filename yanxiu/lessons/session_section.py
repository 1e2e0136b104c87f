"""What the page of a session shows of lessons: those talked about in it, and series beside it."""

from collections.abc import Mapping
from typing import Any

from yanxiu.activities.models import Session
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.permissions import may_see_lesson, may_see_series
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

MOST = 20


def of_session(session: Session, reader: Teacher) -> Mapping[str, Any] | None:
    """Return the lessons of `session` and the series of its activity; two statements."""
    rows = Lesson.objects.filter(session=session).exclude(state=Lesson.State.CANCELLED)
    lessons = list(allowed(may_see_lesson, reader, rows.select_related("teacher", "kind"))[:MOST])
    beside = LessonSeries.objects.filter(activity=session.activity_id)
    series = list(allowed(may_see_series, reader, beside)[:MOST])
    if not lessons and not series:
        return None
    return {"lessons": lessons, "series": series}

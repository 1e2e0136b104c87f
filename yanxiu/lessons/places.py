"""The kinds of source that lessons own."""

from typing import Any

from django.db.models import BooleanField, Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson, LessonSeries, Timetable
from yanxiu.lessons.permissions import may_see_lesson, may_see_series, may_see_timetable
from yanxiu.lessons.queries.levels import UNCHECKED, levels_waiting_for
from yanxiu.places.table import Foreseen, Foresight, Place
from yanxiu.places.waiting import Waiting


def _text(row: Lesson) -> str:
    words = (row.title, row.textbook_unit, row.subject, row.class_name, row.kind.name)
    return " ".join([*words, row.teacher.name])


def _foreseen(row: Any) -> Foreseen | None:
    """Say what the record of its teacher would say; of a listener the observation tells."""
    if row.state != Lesson.State.PLANNED or not row.kind.record_kind or not row.own:
        return None
    return Foreseen(row.kind.record_kind, "presenter", row.minutes, row.level)


def _own(rows: Any, reader: Any) -> Any:
    """Say of each lesson whether `reader` gives it; no statement of its own."""
    return rows.annotate(
        own=Case(
            When(teacher=reader.pk, then=Value(value=True)),
            default=Value(value=False),
            output_field=BooleanField(),
        )
    )


PLACES = [
    Place(
        kind=Lesson.SOURCE_KIND,
        name="课",
        rows=lambda: Lesson.objects.select_related("kind", "teacher"),
        title=lambda row: row.name,
        url=lambda row: reverse("lessons:lesson", args=[row.uid]),
        seen_by=may_see_lesson,
        text=_text,
        person=lambda row: row.teacher_id,
        people=lambda row: [row.responsible_id] if row.responsible_id else [],
        day=lambda row: day_of(row.starts_at),
        foresight=Foresight(rows=_own, tell=_foreseen),
    ),
    Place(
        kind=LessonSeries.SOURCE_KIND,
        name="系列课",
        rows=LessonSeries.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("lessons:series", args=[row.uid]),
        seen_by=may_see_series,
        text=lambda row: f"{row.title} {row.purpose} {row.subject}",
        day=lambda row: row.starts_on,
    ),
    Place(
        kind=Timetable.SOURCE_KIND,
        name="课表",
        rows=Timetable.objects.all,
        title=lambda row: row.file_name,
        url=lambda row: reverse("lessons:timetable_read", args=[row.uid]),
        seen_by=may_see_timetable,
    ),
]

WAITING = [
    Waiting(
        code="lessons.levels",
        rows=levels_waiting_for,
        words=lambda number: _("%(number)d 节课写着校级以上，等您核对") % {"number": number},
        url=lambda: f"{reverse('lessons:lessons')}?level={UNCHECKED}&state=given&term=all",
    ),
]

"""The numbers that observation gives to reports, plans and dashboards: how many, never what."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of
from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.observation.models import LessonAccount, Observation
from yanxiu.observation.permissions import HANDED_IN, may_see_observation
from yanxiu.people.models import Teacher
from yanxiu.people.narrowing import narrow
from yanxiu.ui.wording import moment_text

Kind = Observation.Kind


def records_in(scope: Scope) -> "QuerySet[Observation]":
    """Return the handed-in records of lessons within `scope`, at the observer's school.

    A unit's are those of its members of the day of the lesson.
    """
    start, end = scope.span.moments()
    rows = Observation.objects.filter(
        state__in=HANDED_IN, lesson__starts_at__gte=start, lesson__starts_at__lt=end
    )
    found: QuerySet[Observation] = narrow(
        rows, scope, person="observer", day="lesson__starts_at__date"
    )
    return found


def _push_door(scope: Scope) -> "QuerySet[Observation]":
    return records_in(scope).filter(Q(kind=Kind.PUSH_DOOR) | Q(lesson__announced=False))


def _waiting(scope: Scope) -> "QuerySet[Observation]":
    return records_in(scope).filter(state=Observation.State.HANDED_IN)


def _checked(scope: Scope) -> "QuerySet[Observation]":
    return records_in(scope).filter(state=Observation.State.CHECKED)


def _record_cells(row: Observation) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.lesson.starts_at, year=True)),
        Cell(row.observer.name, Teacher.SOURCE_KIND, row.observer.uid),
        Cell(row.lesson.name, Observation.SOURCE_KIND, row.uid),
        Cell(str(row.get_kind_display())),
        Cell(str(row.get_state_display())),
    )


def _of_records(
    code: str,
    name: str,
    meaning: str,
    rows: Callable[[Scope], "QuerySet[Observation]"],
    unit: str = "节",
    **more: Any,
) -> Figure:
    return Figure(
        code=f"observation.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=("时间", "听课人", "课", "听课类型", "状态"),
        cells=_record_cells,
        seen_by=may_see_observation,
        opened=lambda found: found.select_related("observer", "lesson").order_by(
            "lesson__starts_at", "observer__pinyin", "pk"
        ),
        place=lies_in("organisation"),
        **more,
    )


# ---- lessons with their papers ----
def _given(scope: Scope) -> "QuerySet[Lesson]":
    start, end = scope.span.moments()
    rows = Lesson.objects.filter(state=Lesson.State.GIVEN, starts_at__gte=start, starts_at__lt=end)
    return scope.narrow(rows)


def _evaluated(scope: Scope) -> "QuerySet[Lesson]":
    found = Observation.objects.filter(lesson=OuterRef("pk"), state__in=HANDED_IN)
    return _given(scope).filter(Exists(found))


def _accounted(scope: Scope) -> "QuerySet[Lesson]":
    found = LessonAccount.objects.filter(
        lesson=OuterRef("pk"), teacher=OuterRef("teacher"), handed_in_at__isnull=False
    )
    return _given(scope).filter(Exists(found))


def _lesson_cells(row: Lesson) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.starts_at, year=True)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.name, Lesson.SOURCE_KIND, row.uid),
        Cell(row.kind.name),
    )


def _of_lessons(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[Lesson]"]
) -> Figure:
    return Figure(
        code=f"observation.{code}",
        name=name,
        meaning=meaning,
        unit="节",
        rows=rows,
        columns=("时间", "授课教师", "课", "类别"),
        cells=_lesson_cells,
        seen_by=may_see_lesson,
        opened=lambda found: found.select_related("teacher", "kind").order_by("starts_at", "pk"),
        place=lies_in("organisation"),
    )


FIGURES = [
    _of_records(
        "records",
        "听课节数",
        "所选日期内上的课，交了听课记录的；一人听一节算一节，草稿和退回的不算。",
        records_in,
    ),
    _of_records(
        "observers",
        "听过课的教师",
        "所选日期内听过课、交了听课记录的人数，一人只算一次。",
        records_in,
        unit="人",
        reckon=persons_of("observer"),
    ),
    _of_records(
        "push_door",
        "推门听课节数",
        "听课节数中推门听课和事先不通知的。",
        _push_door,
    ),
    _of_records(
        "waiting",
        "待检查的听课记录",
        "听课节数中交了还没有检查的份数。",
        _waiting,
        unit="份",
    ),
    _of_records(
        "checked",
        "已检查的听课记录",
        "听课节数中检查过的份数。",
        _checked,
        unit="份",
    ),
    _of_lessons(
        "evaluated",
        "有评课记录的课",
        "所选日期内已上的课中，至少有一人交了听课记录的；按上课教师的学校算。",
        _evaluated,
    ),
    _of_lessons(
        "accounted",
        "有述课表的课",
        "所选日期内已上的课中，上课教师交了述课表的。",
        _accounted,
    ),
]

"""What lessons give to growth file, handbook and chronicle."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from yanxiu.figures.leaves import Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.permissions import may_see_lesson, may_see_series
from yanxiu.lessons.queries.counts import given_in


def _given(span: Span) -> "QuerySet[Any]":
    rows = given_in(Lesson.objects.all(), span).select_related("kind", "teacher", "unit")
    heard = Count("listeners", filter=Q(listeners__recorded_at__isnull=False))
    return rows.annotate(heard=heard)


def _facts(row: Any) -> tuple[tuple[str, str], ...]:
    facts = [
        ("类别", f"{row.kind.name} · {row.level_text}"),
        ("班级", row.class_name),
        ("教材单元", row.textbook_unit),
        ("地点", row.room),
        ("听课记录", f"{row.heard} 份" if row.heard else ""),
    ]
    return tuple((name, text) for name, text in facts if text)


def _tell(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        yield Leaf(
            on=day_of(row.starts_at),
            title=row.name,
            part="上课",
            minutes=row.minutes,
            facts=_facts(row),
            source=source_of(row),
            files_of=(source_of(row),),
        )


def _of_unit(span: Span) -> "QuerySet[Any]":
    return _given(span).exclude(unit=None).filter(kind__is_open=True)


def _tell_unit(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        yield Leaf(
            on=day_of(row.starts_at),
            title=f"{row.kind.name}：{row.name}",
            minutes=row.minutes,
            facts=(("上课教师", row.teacher.name), *_facts(row)),
            source=source_of(row),
            files_of=(source_of(row),),
        )


def _series(span: Span) -> "QuerySet[Any]":
    rows = LessonSeries.objects.filter(starts_on__gte=span.start, starts_on__lt=span.end)
    given = Count("lessons", filter=Q(lessons__state=Lesson.State.GIVEN))
    return rows.exclude(unit=None).annotate(given=given)


def _tell_series(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        texts = [("想弄清什么", row.purpose), ("小结", row.summary)]
        yield Leaf(
            on=row.starts_on,
            title=row.title,
            facts=(("种类", str(row.get_kind_display())), ("已上", f"{row.given} 节")),
            texts=tuple((name, text) for name, text in texts if text),
            source=source_of(row),
            files_of=(source_of(row),),
        )


LEAVES = [
    LeafKind(
        code="lessons.given",
        name="上过的课",
        meaning="已确认上过、有人来听的课，归在上课那天。",
        category="activities",
        supplier="本人、组长或听课人，上完后点“已上”",
        rows=_given,
        tell=_tell,
        seen_by=may_see_lesson,
        teacher="teacher",
        order=("starts_at", "pk"),
    ),
    LeafKind(
        code="lessons.of_unit",
        name="教研组的公开课",
        meaning="教研组里已确认上过的公开课、研究课、展示课等。",
        category="activities",
        supplier="上课教师、组长或听课人，上完后点“已上”",
        rows=_of_unit,
        tell=_tell_unit,
        seen_by=may_see_lesson,
        teacher="",
        unit="unit",
        order=("starts_at", "pk"),
    ),
    LeafKind(
        code="lessons.series",
        name="磨课与同课异构",
        meaning="教研组的磨课、同课异构、教学节，归在开始那天，带小结。",
        category="activities",
        supplier="系列的发起人，在系列页写小结",
        rows=_series,
        tell=_tell_series,
        seen_by=may_see_series,
        teacher="",
        unit="unit",
        order=("starts_on", "pk"),
    ),
]

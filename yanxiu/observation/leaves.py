"""What observing gives to growth file and handbook: the fact for whoever sees it, words for few."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yanxiu.figures.leaves import Gap, GapKind, Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.observation.models import Observation, ObservationText
from yanxiu.observation.permissions import (
    HANDED_IN,
    may_read_observation,
    may_see_observation,
    may_write_observation,
)

Name = ObservationText.Name
OF_THE_OBSERVER = (Name.OVERALL, Name.OWN_LESSON)
"""The texts that belong in the observer's own file: what the lesson made him think."""

PATIENCE = timedelta(days=3)


def _observed(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = Observation.objects.filter(
        state__in=HANDED_IN, lesson__starts_at__gte=start, lesson__starts_at__lt=end
    )
    return rows.select_related("lesson__teacher", "lesson__kind")


def _tell_observed(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        lesson = row.lesson
        facts = [
            ("授课教师", lesson.teacher.name),
            ("学科班级", f"{lesson.subject} {lesson.class_name}".strip()),
            ("听课类型", str(row.get_kind_display())),
        ]
        yield Leaf(
            on=day_of(lesson.starts_at),
            title=lesson.name,
            part="听课",
            minutes=lesson.minutes,
            amount="1 节",
            facts=tuple((name, text) for name, text in facts if text),
            source=source_of(row),
        )


def _thoughts(span: Span) -> "QuerySet[Any]":
    texts = ObservationText.objects.filter(
        observation=OuterRef("pk"), name__in=OF_THE_OBSERVER
    ).exclude(text="")
    return _observed(span).filter(Exists(texts)).prefetch_related("texts")


def _tell_thoughts(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        said = {each.name: each.text for each in row.texts.all()}
        yield Leaf(
            on=day_of(row.lesson.starts_at),
            title=row.lesson.name,
            part="听课所思",
            texts=tuple(
                (str(name.label), said[name]) for name in OF_THE_OBSERVER if said.get(name)
            ),
            source=source_of(row),
        )


LEAVES = [
    LeafKind(
        code="observation.observed",
        name="听课",
        meaning="交了听课记录的课，归在上课那天；只有课和听课类型，没有记录的内容。",
        category="activities",
        supplier="本人，听课后交听课记录",
        rows=_observed,
        tell=_tell_observed,
        seen_by=may_see_observation,
        teacher="observer",
        order=("lesson__starts_at", "pk"),
    ),
    LeafKind(
        code="observation.thoughts",
        name="听课所思",
        meaning="听课记录里写的总的看法和对自己的启发；只给看得到那份记录内容的人。",
        category="learning",
        supplier="本人，写在听课记录里",
        rows=_thoughts,
        tell=_tell_thoughts,
        seen_by=may_read_observation,
        teacher="observer",
        order=("lesson__starts_at", "pk"),
    ),
]


# ---- what is missing ----
def _unfinished(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = Observation.objects.filter(
        state__in=(Observation.State.DRAFT, Observation.State.RETURNED),
        lesson__starts_at__gte=start,
        lesson__starts_at__lt=min(end, timezone.now() - PATIENCE),
    )
    return rows.select_related("lesson", "observer")


def _tell_unfinished(rows: Sequence[Any]) -> Iterable[Gap]:
    for row in rows:
        day = day_of(row.lesson.starts_at)
        yield Gap(day, row.lesson.name, "听课记录", row.observer.name, source_of(row))


GAPS = [
    GapKind(
        code="observation.unfinished",
        name="听课记录没有交",
        meaning="上课三天以后还没有交，或退回还没有再交的听课记录；只有本人看得到。",
        rows=_unfinished,
        tell=_tell_unfinished,
        seen_by=may_write_observation,
        mine=lambda teacher: Q(observer=teacher.pk),
        order=("lesson__starts_at", "pk"),
    ),
]

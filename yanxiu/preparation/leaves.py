"""What preparing gives to growth file, handbook and chronicle."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from yanxiu.figures.leaves import Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.preparation import content
from yanxiu.preparation.models import LessonPlan, PlanComment, PlanVersion, PostLessonNote
from yanxiu.preparation.permissions import may_see_comment, may_see_note, may_see_plan

Kind, State = LessonPlan.Kind, LessonPlan.State
_LAST = Prefetch("versions", PlanVersion.objects.order_by("-number"), to_attr="kept")


def _agreed(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = LessonPlan.objects.filter(
        kind=Kind.SHARED, state=State.AGREED, agreed_at__gte=start, agreed_at__lt=end
    )
    return rows.select_related("unit").defer("content")


def _tell_agreed(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        facts = (
            ("备课组", row.unit.name if row.unit else ""),
            ("学科年级", f"{row.subject} {row.grade}".strip()),
            ("用了哪些新理念", row.new_ideas),
            ("用了哪些教改做法", row.reform),
        )
        yield Leaf(
            on=day_of(row.agreed_at),
            title=row.title,
            part="主备",
            facts=tuple((name, text) for name, text in facts if text),
            source=source_of(row),
            files_of=(source_of(row),),
        )


def _handed_in(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = LessonPlan.objects.filter(
        kind=Kind.PERSONAL,
        state__in=[State.HANDED_IN, State.CHECKED],
        handed_in_at__gte=start,
        handed_in_at__lt=end,
    )
    return rows.defer("content").prefetch_related(_LAST)


def _tell_handed_in(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        kept = row.kept[0].content if row.kept else []
        yield Leaf(
            on=day_of(row.handed_in_at),
            title=row.title,
            part="个案",
            texts=tuple(
                (section["name"], content.section_text(section))
                for section in kept
                if section["paragraphs"]
            ),
            source=source_of(row),
            files_of=(source_of(row),),
        )


def _notes(span: Span) -> "QuerySet[Any]":
    rows = PostLessonNote.objects.filter(taught_on__gte=span.start, taught_on__lt=span.end)
    return rows.select_related("plan")


def _tell_notes(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        yield Leaf(
            on=row.taught_on,
            title=row.plan.title,
            part="教后记",
            facts=(("班级", row.class_name),) if row.class_name else (),
            texts=(("教后记", row.text),),
            source=source_of(row),
        )


def _adopted(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = PlanComment.objects.filter(
        state__in=[PlanComment.State.ADOPTED, PlanComment.State.PARTLY],
        withdrawn_at=None,
        made_at__gte=start,
        made_at__lt=end,
    )
    return rows.select_related("plan")


def _tell_adopted(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        texts = (("原来的话", row.quote), ("意见", row.text), ("建议改成", row.proposal))
        yield Leaf(
            on=day_of(row.made_at),
            title=row.plan.title,
            part="提出意见，已采纳",
            texts=tuple((name, text) for name, text in texts if text),
            source=source_of(row),
        )


LEAVES = [
    LeafKind(
        code="preparation.agreed",
        name="主备的共案",
        meaning="本人主备、已定稿的共案，归在定稿那天；全文见教案。",
        category="activities",
        supplier="主备人，定稿时在教案页",
        rows=_agreed,
        tell=_tell_agreed,
        seen_by=may_see_plan,
        teacher="author",
        unit="unit",
        order=("agreed_at", "pk"),
    ),
    LeafKind(
        code="preparation.own",
        name="自己的教案",
        meaning="本人交出的个案，归在交出那天，是交出的那一稿；草稿不在内。",
        category="activities",
        supplier="本人，在教案页交给组长看",
        rows=_handed_in,
        tell=_tell_handed_in,
        seen_by=may_see_plan,
        teacher="author",
        order=("handed_in_at", "pk"),
    ),
    LeafKind(
        code="preparation.notes",
        name="教后记",
        meaning="本人写的教后记，归在上课那天；没有给本组看的，只出现在本人自己看的册子里。",
        category="learning",
        supplier="本人，上完课在教案的“教后记”里",
        rows=_notes,
        tell=_tell_notes,
        seen_by=may_see_note,
        teacher="teacher",
        order=("taught_on", "pk"),
    ),
    LeafKind(
        code="preparation.adopted",
        name="集体备课中被采纳的意见",
        meaning="本人在集体备课中提出、被采纳或部分采纳的意见，归在提出那天。",
        category="activities",
        supplier="提出人在教案里逐段提，主备人或组长采纳",
        rows=_adopted,
        tell=_tell_adopted,
        seen_by=may_see_comment,
        teacher="teacher",
        order=("made_at", "pk"),
    ),
]

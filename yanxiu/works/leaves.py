"""What works give to growth file and handbook, and what they lack."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, Prefetch, Q, QuerySet, Value, When

from yanxiu.figures.leaves import Gap, GapKind, Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span
from yanxiu.works.calls.leaves import LEAVES as CALLS
from yanxiu.works.models import Outcome, Work, WorkText
from yanxiu.works.permissions import HANDED_IN, may_see_outcome, may_see_work

READ = Prefetch(
    "texts",
    queryset=WorkText.objects.filter(is_private=False).exclude(text=""),
    to_attr="told_texts",
)


def _works(span: Span) -> "QuerySet[Any]":
    """Return the works handed in, each with the category of a growth file it belongs to."""
    category = Case(
        When(kind__code="snippet", then=Value("moments")),
        When(kind__act="reflection", then=Value("reflections")),
        When(kind__act="reading_note", then=Value("learning")),
        When(kind__act="paper", then=Value("papers")),
        default=Value("activities"),
        output_field=CharField(),
    )
    rows = Work.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state__in=HANDED_IN,
        dropped_at=None,
    )
    return rows.select_related("kind").prefetch_related(READ).annotate(leaf_place=category)


def _tell_works(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        facts = [
            ("类别", row.kind.name),
            ("写的是", row.about),
            ("状态", str(row.get_state_display())),
            ("等次", str(row.get_grade_display())),
        ]
        yield Leaf(
            on=row.happened_on,
            title=row.title,
            part="作者",
            facts=tuple((name, text) for name, text in facts if text),
            texts=tuple((one.name or "正文", one.text) for one in row.told_texts),
            source=source_of(row),
            files_of=(source_of(row),),
            category=row.leaf_place,
        )


def _outcomes(span: Span) -> "QuerySet[Any]":
    return Outcome.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state=Outcome.State.CONFIRMED,
    )


def _tell_outcomes(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        facts = [
            ("评选活动或刊物", row.event),
            ("主办或出版单位", row.issuer),
            ("级别", str(row.get_level_display())),
            ("等次", str(row.get_prize_display())),
            ("编号或刊期", row.reference),
        ]
        yield Leaf(
            on=row.happened_on,
            title=row.title,
            part=str(row.get_kind_display()),
            facts=tuple((name, text) for name, text in facts if text),
            source=source_of(row),
            files_of=(source_of(row),),
        )


LEAVES = [
    LeafKind(
        code="works.work",
        name="作品",
        meaning="已经交出的反思、案例、论文、心得……；草稿和只给自己看的栏目不在内。",
        category="papers",
        supplier="本人，在作品页写好交出",
        rows=_works,
        tell=_tell_works,
        seen_by=may_see_work,
        teacher="teacher",
        order=("happened_on", "pk"),
        counted_in="leaf_place",
    ),
    LeafKind(
        code="works.outcome",
        name="获奖与发表",
        meaning="核对证明后登记的作品获奖与发表，带证书或刊物的文件。",
        category="honours",
        supplier="本人登记，教科室核对",
        rows=_outcomes,
        tell=_tell_outcomes,
        seen_by=may_see_outcome,
        teacher="teacher",
        order=("happened_on", "pk"),
    ),
    *CALLS,
]


# ---- what is missing ----
def _returned(span: Span) -> "QuerySet[Any]":
    rows = Work.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state=Work.State.RETURNED,
        dropped_at=None,
    )
    return rows.select_related("teacher")


def _tell_returned(rows: Sequence[Any]) -> Iterable[Gap]:
    for row in rows:
        yield Gap(row.happened_on, row.title, "作品退回待改", row.teacher.name, source_of(row))


def _unproved(span: Span) -> "QuerySet[Any]":
    rows = Outcome.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state=Outcome.State.RETURNED,
    )
    return rows.select_related("teacher")


def _tell_unproved(rows: Sequence[Any]) -> Iterable[Gap]:
    for row in rows:
        yield Gap(row.happened_on, row.title, "获奖或发表的证明", row.teacher.name, source_of(row))


GAPS = [
    GapKind(
        code="works.returned",
        name="作品退回待改",
        meaning="审阅时退回、还没有再交的作品。",
        rows=_returned,
        tell=_tell_returned,
        seen_by=may_see_work,
        mine=lambda teacher: Q(teacher=teacher.pk),
        order=("happened_on", "pk"),
    ),
    GapKind(
        code="works.unproved",
        name="获奖或发表的证明",
        meaning="登记了获奖或发表、核对时请补充证明的。",
        rows=_unproved,
        tell=_tell_unproved,
        seen_by=may_see_outcome,
        mine=lambda teacher: Q(teacher=teacher.pk),
        order=("happened_on", "pk"),
    ),
]

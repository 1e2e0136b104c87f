"""What posts, tiers and honours give to the growth file."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from yanxiu.figures.leaves import Leaf, LeafKind
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Membership, Post, Teacher, TierHolding
from yanxiu.people.permissions import may_see_teacher


def _of_seen_teacher(teacher: Teacher) -> Q:
    """Rows of those teachers whom `teacher` may see."""
    seen = Teacher.objects.filter(may_see_teacher(teacher))
    return Q(teacher=teacher.pk) | Q(teacher__in=seen.values("pk"))


def _begun(rows: "QuerySet[Any]", span: Span) -> "QuerySet[Any]":
    return rows.filter(starts_on__gte=span.start, starts_on__lt=span.end)


def _until(row: Any) -> tuple[tuple[str, str], ...]:
    return (("到", row.ends_on.isoformat()),) if row.ends_on else ()


def _tell_tiers(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        facts = [
            ("级别", row.tier.level),
            ("批次", row.round),
            ("依据", row.grounds),
            ("学科", row.subject),
        ]
        yield Leaf(
            on=row.starts_on,
            title=row.tier.name,
            part="称号" if row.tier.is_honour else "层级",
            facts=(*((name, text) for name, text in facts if text), *_until(row)),
        )


def _tell_posts(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        name = row.title or row.role.name
        yield Leaf(
            on=row.starts_on,
            title=f"{row.organisation.name} {name}",
            part="任职",
            facts=_until(row),
        )


def _tell_units(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        yield Leaf(
            on=row.starts_on,
            title=row.unit.name,
            part=str(row.get_duty_display()),
            facts=_until(row),
        )


LEAVES = [
    LeafKind(
        code="people.tiers",
        name="荣誉称号与层级",
        meaning="所选日期内开始的称号和层级，带批次和依据。",
        category="honours",
        supplier="管理员或教科室，在教师页登记",
        rows=lambda span: _begun(TierHolding.objects.select_related("tier"), span),
        tell=_tell_tiers,
        seen_by=_of_seen_teacher,
        teacher="teacher",
        order=("starts_on", "pk"),
    ),
    LeafKind(
        code="people.posts",
        name="任职",
        meaning="所选日期内开始的任职。",
        category="posts",
        supplier="管理员，在教师页登记",
        rows=lambda span: _begun(Post.objects.select_related("organisation", "role"), span),
        tell=_tell_posts,
        seen_by=_of_seen_teacher,
        teacher="teacher",
        order=("starts_on", "pk"),
    ),
    LeafKind(
        code="people.units",
        name="所在的组",
        meaning="所选日期内加入的组和在组里的职务。",
        category="posts",
        supplier="管理员，在单位页登记",
        rows=lambda span: _begun(Membership.objects.select_related("unit"), span),
        tell=_tell_units,
        seen_by=_of_seen_teacher,
        teacher="teacher",
        order=("starts_on", "pk"),
    ),
]

"""What reading gives to growth file, handbook and chronicle; notes are in none of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from yanxiu.books.models import CommonRound, Excerpt, ReadingShare
from yanxiu.books.permissions import may_see_record, may_see_round, may_see_share
from yanxiu.books.queries.quotas import finished
from yanxiu.figures.leaves import Leaf, LeafKind, LeafTable
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span
from yanxiu.ui.wording import day_text

SHARED = Prefetch(
    "excerpts", queryset=Excerpt.objects.filter(is_shared=True), to_attr="told_excerpts"
)


def _records(span: Span) -> "QuerySet[Any]":
    return finished(span).select_related("book").prefetch_related(SHARED)


def _tell_records(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        facts = [
            ("作者", row.book.author),
            ("读法", str(row.get_mode_display())),
            ("读了哪些", row.pages),
            ("开始", day_text(row.started_on, year=True) if row.started_on else ""),
        ]
        yield Leaf(
            on=row.finished_on,
            title=row.book.named,
            part="读完",
            facts=tuple((name, text) for name, text in facts if text),
            texts=tuple(
                (
                    f"摘录（{one.page}）" if one.page else "摘录",
                    "\n".join(filter(None, [one.text, one.thought])),
                )
                for one in row.told_excerpts
            ),
            source=source_of(row),
        )


def _shares(span: Span) -> "QuerySet[Any]":
    return ReadingShare.objects.filter(
        shared_on__gte=span.start, shared_on__lt=span.end
    ).select_related("reading_round__book", "session")


def _tell_shares(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        where = row.session.title if row.session else f"共读{row.reading_round.book.named}"
        yield Leaf(
            on=row.shared_on,
            title=row.about or where,
            part="分享",
            facts=(("在", where),),
            texts=(("分享", row.text),) if row.text else (),
            source=source_of(row),
        )


def _rounds(span: Span) -> "QuerySet[Any]":
    rows = CommonRound.objects.filter(starts_on__gte=span.start, starts_on__lt=span.end)
    return rows.select_related("book", "leader").prefetch_related("parts")


def _tell_rounds(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        texts = (
            ("想读出什么", row.purpose),
            ("在课上试了什么", row.practice),
            ("带动了学生什么", row.effect),
            ("学生的读书活动", row.pupil_activity),
        )
        parts = tuple((one.name, day_text(one.due_on), one.leader_name) for one in row.parts.all())
        yield Leaf(
            on=row.starts_on,
            title=f"共读{row.book.named}",
            part="共读",
            facts=(("召集人", row.leader.name),),
            texts=tuple((name, text) for name, text in texts if text),
            tables=(LeafTable(("读到", "日期", "领读"), parts, "进度"),) if parts else (),
            source=source_of(row),
        )


LEAVES = [
    LeafKind(
        code="books.record",
        name="读完的书",
        meaning="读完的书和文章，带本人愿意给人看的摘录；札记和只给自己看的不在内。",
        category="learning",
        supplier="本人，在读书记录里点“读完了”",
        rows=_records,
        tell=_tell_records,
        seen_by=may_see_record,
        teacher="teacher",
        order=("finished_on", "pk"),
    ),
    LeafKind(
        code="books.share",
        name="读书分享",
        meaning="在读书交流和共读里说给大家的话。",
        category="learning",
        supplier="本人，在场次或共读页写分享",
        rows=_shares,
        tell=_tell_shares,
        seen_by=may_see_share,
        teacher="teacher",
        order=("shared_on", "pk"),
    ),
    LeafKind(
        code="books.round",
        name="共读",
        meaning="本组共读一本书：进度、在课上试了什么、带动了学生什么。",
        category="activities",
        supplier="召集人，在共读页记述",
        rows=_rounds,
        tell=_tell_rounds,
        seen_by=may_see_round,
        unit="unit",
        order=("starts_on", "pk"),
    ),
]

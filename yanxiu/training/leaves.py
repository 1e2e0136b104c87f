"""What outside training and self-study give to growth file and handbook, and what they lack."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from yanxiu.figures.leaves import Gap, GapKind, Leaf, LeafKind
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.leaves import earned_words
from yanxiu.ledger.queries.earned import earned_by_sources
from yanxiu.training.models import OutsideTraining, SelfStudy
from yanxiu.training.permissions import may_see_self_study, may_see_training
from yanxiu.training.queries.hours import with_hours_now
from yanxiu.ui.wording import amount_text

State = OutsideTraining.State


def _trainings(span: Span) -> "QuerySet[Any]":
    rows = OutsideTraining.objects.filter(
        course__last_on__gte=span.start,
        course__last_on__lt=span.end,
        state__in=[State.REPORTED, State.RECOGNISED],
    )
    return with_hours_now(rows.select_related("course"))


def _tell_trainings(rows: Sequence[Any]) -> Iterable[Leaf]:
    kind = OutsideTraining.SOURCE_KIND
    earned = earned_by_sources(kind, [row.uid for row in rows])
    for row in rows:
        course, own = row.course, earned.get(row.uid, ())
        facts = [
            ("主办", course.organiser),
            ("级别", str(course.get_level_display())),
            ("时间", f"{course.starts_on.isoformat()} 至 {course.last_on.isoformat()}"),
            ("证书或文件编号", row.reference),
            ("状态", str(row.get_state_display())),
            ("课时", _hours(row)),
        ]
        yield Leaf(
            on=course.last_on,
            title=course.title,
            part="参加",
            amount=earned_words(own),
            earned=own,
            facts=tuple((name, text) for name, text in facts if text),
            texts=(("学到了什么，打算怎样用", row.report),) if row.report else (),
            source=source_of(row),
            files_of=(source_of(row),),
        )


def _hours(row: Any) -> str:
    if row.hours_recognised is not None:
        return f"认定 {amount_text(row.hours_now)} 课时"
    return f"自报 {amount_text(row.hours_claimed)} 课时" if row.hours_claimed is not None else ""


def _studies(span: Span) -> "QuerySet[Any]":
    return SelfStudy.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state=SelfStudy.State.ACCEPTED,
    )


def _tell_studies(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        minutes = row.minutes if row.minutes_accepted is None else row.minutes_accepted
        yield Leaf(
            on=row.happened_on,
            title=row.title,
            part="自学",
            minutes=minutes,
            texts=(("要点与想法", row.note),),
            source=source_of(row),
            files_of=(source_of(row),),
        )


LEAVES = [
    LeafKind(
        code="training.outside",
        name="外出培训",
        meaning="已交汇报或已认定的外出培训，归在最后一天；带汇报和证明文件。",
        category="training",
        supplier="本人，培训结束后在培训页交汇报",
        rows=_trainings,
        tell=_tell_trainings,
        seen_by=may_see_training,
        teacher="teacher",
        order=("course__last_on", "pk"),
    ),
    LeafKind(
        code="training.self_study",
        name="自学记录",
        meaning="审阅通过的自学记录，带要点与想法。",
        category="learning",
        supplier="本人，在培训页写自学记录",
        rows=_studies,
        tell=_tell_studies,
        seen_by=may_see_self_study,
        teacher="teacher",
        order=("happened_on", "pk"),
    ),
]


# ---- what is missing ----
def _without_report(span: Span) -> "QuerySet[Any]":
    rows = OutsideTraining.objects.filter(
        course__last_on__gte=span.start,
        course__last_on__lt=min(span.end, day_of(timezone.now())),
        state=State.APPROVED,
    )
    return rows.select_related("course", "teacher")


def _tell_without_report(rows: Sequence[Any]) -> Iterable[Gap]:
    for row in rows:
        yield Gap(
            row.course.last_on, row.course.title, "培训汇报", row.teacher.name, source_of(row)
        )


def _returned(span: Span) -> "QuerySet[Any]":
    rows = SelfStudy.objects.filter(
        happened_on__gte=span.start,
        happened_on__lt=span.end,
        state=SelfStudy.State.RETURNED,
    )
    return rows.select_related("teacher")


def _tell_returned(rows: Sequence[Any]) -> Iterable[Gap]:
    for row in rows:
        yield Gap(row.happened_on, row.title, "自学记录退回待补", row.teacher.name, source_of(row))


GAPS = [
    GapKind(
        code="training.no_report",
        name="培训汇报",
        meaning="同意外出、培训已经结束、还没有交汇报的。",
        rows=_without_report,
        tell=_tell_without_report,
        seen_by=may_see_training,
        mine=lambda teacher: Q(teacher=teacher.pk),
        order=("course__last_on", "pk"),
    ),
    GapKind(
        code="training.study_returned",
        name="自学记录退回待补",
        meaning="审阅时退回、还没有再交的自学记录。",
        rows=_returned,
        tell=_tell_returned,
        seen_by=may_see_self_study,
        mine=lambda teacher: Q(teacher=teacher.pk),
        order=("happened_on", "pk"),
    ),
]

"""The numbers that lessons give to reports and dashboards."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of
from yanxiu.lessons.models import Lesson, LessonSeries
from yanxiu.lessons.permissions import may_see_lesson, may_see_series
from yanxiu.lessons.queries.counts import given_in, with_record
from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.ui.wording import day_text, moment_text

Rows = Callable[[Scope], "QuerySet[Any]"]
COLUMNS = ("时间", "课题", "上课教师", "类别", "级别", "学科")
KINDS = (
    ("open_lesson", "公开课"), ("study_lesson", "研究课"), ("seminar_lesson", "研讨课"),
    ("demonstration_lesson", "示范课"), ("display_lesson", "展示课"), ("report_lesson", "汇报课"),
    ("debut_lesson", "亮相课"), ("model_lesson", "观摩课"), ("same_topic_lesson", "同课异构课"),
    ("guest_lesson", "送课"), ("contest_lesson", "评优课"), ("trial_lesson", "磨课试教"),
    ("routine_lesson", "随堂课"), ("push_door_lesson", "推门课"),
)  # fmt: skip
"""Shipped kinds with a number of their own; a quota of a plan may name it."""


def given(scope: Scope) -> "QuerySet[Any]":
    """Return the lessons given within `scope`; those not confirmed are none of them."""
    return scope.narrow(given_in(Lesson.objects.all(), scope.span))


def _open(scope: Scope) -> "QuerySet[Any]":
    return given(scope).filter(kind__is_open=True)


def _of_kind(code: str) -> Rows:
    return lambda scope: given(scope).filter(kind__code=code)


def _of_group(scope: Scope) -> "QuerySet[Any]":
    codes = ("open_lesson", "seminar_lesson", "study_lesson")
    return given(scope).filter(level=Lesson.Level.GROUP, kind__code__in=codes)


def _shown_by_school(scope: Scope) -> "QuerySet[Any]":
    return given(scope).filter(level=Lesson.Level.SCHOOL, kind__code="display_lesson")


def _recorded(scope: Scope) -> "QuerySet[Any]":
    return with_record(given(scope)).filter(recorded=True)


def _by_leaders(scope: Scope) -> "QuerySet[Any]":
    leading = Post.objects.filter(held_on(today()), teacher=OuterRef("teacher"), role__leading=True)
    return given(scope).filter(Exists(leading))


def _with_researcher(scope: Scope) -> "QuerySet[Any]":
    return given(scope).filter(researcher_came=True)


def _cells(row: Lesson) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.starts_at, year=True)),
        Cell(row.name, Lesson.SOURCE_KIND, row.uid),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.kind.name),
        Cell(row.level_text),
        Cell(row.subject),
    )


def _figure(
    code: str, name: str, meaning: str, rows: Rows, unit: str = "节", **more: Any
) -> Figure:
    return Figure(
        code=f"lessons.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=COLUMNS,
        cells=_cells,
        seen_by=may_see_lesson,
        opened=lambda found: found.select_related("teacher", "kind").order_by("starts_at", "pk"),
        place=lies_in("organisation"),
        **more,
    )


# ---- series ----
def _series(scope: Scope) -> "QuerySet[Any]":
    lessons = given_in(Lesson.objects.filter(series=OuterRef("pk")), scope.span)
    if scope.teacher is not None:
        lessons = lessons.filter(teacher=scope.teacher)
    return scope.narrow(LessonSeries.objects.filter(Exists(lessons)), teacher=None)


def _series_cells(row: LessonSeries) -> Sequence[Cell]:
    return (
        Cell(day_text(row.starts_on, year=True)),
        Cell(row.title, LessonSeries.SOURCE_KIND, row.uid),
        Cell(str(row.get_kind_display())),
        Cell(row.unit.name if row.unit else ""),
    )


FIGURES = [
    _figure("given_open", "上过的公开课等", "所选日期内已确认上过、对全校开放的各类课。", _open),
    _figure("given", "有人听的课", "所选日期内已确认上过的各类课，随堂课、推门课也在内。", given),
    *(
        _figure(code, f"{name}节数", f"已确认上过的{name}；取消和没有确认的不算。", _of_kind(code))
        for code, name in KINDS
    ),
    _figure(
        "of_group", "组内公开课、研讨课", "已确认上过的教研组级公开课、研究课和研讨课。", _of_group
    ),
    _figure("shown_by_school", "校级展示课", "校级的展示课，已确认上过的。", _shown_by_school),
    _figure(
        "recorded", "有听课记录的课", "已确认上过、至少交了一份听课记录的课。", _recorded
    ),
    _figure("by_leaders", "干部上的课", "现任干部岗位的教师上的课，已确认上过的。", _by_leaders),
    _figure(
        "with_researcher", "有教研员到场的课",
        "已确认上过、登记了上级教研员到场的课；没有登记的，不论是否来过都不算。", _with_researcher,
    ),
    _figure(
        "presenters", "上过公开课等的教师",
        "所选日期内上过公开课等的教师，已确认上过的；每人只算一次。",
        _open, unit="人", reckon=persons_of("teacher"),
    ),
    Figure(
        code="lessons.series",
        name="磨课、同课异构等系列",
        meaning="所选日期内至少上过一节课的磨课、同课异构、教学节和开放周。",
        unit="个",
        rows=_series,
        columns=("开始", "名称", "种类", "教研组"),
        cells=_series_cells,
        seen_by=may_see_series,
        opened=lambda found: found.select_related("unit").order_by("starts_on", "pk"),
        place=lies_in("organisation"),
    ),
]  # fmt: skip

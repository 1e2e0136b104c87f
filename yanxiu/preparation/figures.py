"""The numbers that preparing gives to reports and dashboards."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in
from yanxiu.preparation.models import (
    GradeRequirement,
    LessonPlan,
    PlanComment,
    PlanQuestion,
    PlanReview,
    RequirementVersion,
    TeachingTopic,
)
from yanxiu.preparation.permissions import (
    may_see_comment,
    may_see_plan,
    may_see_requirement,
    may_see_topic,
)
from yanxiu.ui.wording import moment_text

Kind, State = LessonPlan.Kind, LessonPlan.State


# ---- plans ----
def _agreed(scope: Scope) -> "QuerySet[LessonPlan]":
    start, end = scope.span.moments()
    rows = LessonPlan.objects.filter(
        kind=Kind.SHARED, state=State.AGREED, agreed_at__gte=start, agreed_at__lt=end
    )
    return scope.narrow(rows, teacher="author")


def _handed_in(scope: Scope) -> "QuerySet[LessonPlan]":
    start, end = scope.span.moments()
    rows = LessonPlan.objects.filter(
        kind=Kind.PERSONAL,
        state__in=[State.HANDED_IN, State.CHECKED, State.RETURNED],
        handed_in_at__gte=start,
        handed_in_at__lt=end,
    )
    return scope.narrow(rows, teacher="author")


def _checked(scope: Scope) -> "QuerySet[LessonPlan]":
    looked_at = PlanReview.objects.filter(plan=OuterRef("pk"))
    return _handed_in(scope).filter(Exists(looked_at))


def _linked(scope: Scope) -> "QuerySet[LessonPlan]":
    return _agreed(scope).filter(~Q(project=None) | ~Q(new_ideas="") | ~Q(reform=""))


def _plan_cells(row: LessonPlan) -> Sequence[Cell]:
    at = row.agreed_at or row.handed_in_at or row.edited_at
    return (
        Cell(moment_text(at, year=True)),
        Cell(row.title, LessonPlan.SOURCE_KIND, row.uid),
        Cell(row.unit.name if row.unit else ""),
        Cell(row.author.name),
    )


def _of_plans(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[LessonPlan]"]
) -> Figure:
    return Figure(
        code=f"preparation.{code}",
        name=name,
        meaning=meaning,
        unit="份",
        rows=rows,
        columns=("时间", "课题", "组", "主备或执教"),
        cells=_plan_cells,
        seen_by=may_see_plan,
        opened=lambda found: found.select_related("unit", "author").order_by("edited_at", "pk"),
        place=lies_in("organisation"),
    )


# ---- the schedule ----
def _topics(scope: Scope) -> "QuerySet[TeachingTopic]":
    rows = TeachingTopic.objects.filter(
        term__starts_on__lt=scope.span.end, term__ends_on__gt=scope.span.start
    )
    return scope.narrow(rows, teacher=None)


def _together(scope: Scope) -> "QuerySet[TeachingTopic]":
    plans = LessonPlan.objects.filter(topic=OuterRef("pk"), kind=Kind.SHARED, state=State.AGREED)
    return _topics(scope).filter(Exists(plans))


def _topic_cells(row: TeachingTopic) -> Sequence[Cell]:
    return (
        Cell(row.unit.name),
        Cell(row.grade),
        Cell(row.title, TeachingTopic.SOURCE_KIND, row.uid),
        Cell(f"{row.periods} 课时"),
    )


def _of_topics(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[TeachingTopic]"]
) -> Figure:
    return Figure(
        code=f"preparation.{code}",
        name=name,
        meaning=meaning,
        unit="课",
        rows=rows,
        columns=("组", "年级", "课题", "课时"),
        cells=_topic_cells,
        seen_by=may_see_topic,
        opened=lambda found: found.select_related("unit").order_by("unit", "grade", "order"),
        place=lies_in("organisation"),
    )


# ---- what was said ----
def _adopted(scope: Scope) -> "QuerySet[PlanComment]":
    start, end = scope.span.moments()
    rows = PlanComment.objects.filter(
        state__in=[PlanComment.State.ADOPTED, PlanComment.State.PARTLY],
        withdrawn_at=None,
        settled_at__gte=start,
        settled_at__lt=end,
    )
    return scope.narrow(rows, organisation="plan__organisation", unit="plan__unit")


def _comment_cells(row: PlanComment) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.made_at, year=True)),
        Cell(row.plan.title, LessonPlan.SOURCE_KIND, row.plan.uid),
        Cell(row.proposal or row.text),
    )


def _questions(scope: Scope) -> "QuerySet[PlanQuestion]":
    start, end = scope.span.moments()
    rows = PlanQuestion.objects.filter(
        problem__raised_at__gte=start, problem__raised_at__lt=end, answered_at__isnull=False
    )
    return scope.narrow(rows, organisation="plan__organisation", unit="plan__unit", teacher="owner")


def _may_see_question(teacher: Any) -> Q:
    """Questions of the plans that this teacher may see."""
    plans = LessonPlan.objects.filter(may_see_plan(teacher))
    return Q(plan__in=plans.values("pk"))


def _question_cells(row: PlanQuestion) -> Sequence[Cell]:
    return (
        Cell(row.problem.text),
        Cell(row.plan.title, LessonPlan.SOURCE_KIND, row.plan.uid),
        Cell(row.answer),
    )


# ---- requirements ----
def _in_force(scope: Scope) -> "QuerySet[GradeRequirement]":
    approved = RequirementVersion.objects.filter(
        requirement=OuterRef("pk"), state=RequirementVersion.State.APPROVED,
        decided_at__lt=scope.span.moments()[1],
    )  # fmt: skip
    return scope.narrow(GradeRequirement.objects.filter(Exists(approved)), teacher=None)


FIGURES = [
    _of_plans("agreed_plans", "定稿的共案",
        "这段时间里定稿、现在仍是定稿的共案；草稿和研讨中的不算。", _agreed),
    _of_plans(
        "linked_plans", "结合课题、理念或教改的共案",
        "定稿的共案里，写明了结合的课题、新理念或教改做法中至少一项的。", _linked,
    ),
    _of_plans("handed_in_plans", "交来的个案",
        "这段时间里本人交出的个案；草稿和撤回的不算。", _handed_in),
    _of_plans("checked_plans", "检查过的个案",
        "这段时间里交出、至少被检查过一次的个案。", _checked),
    _of_topics("topics", "教学进度里的课题", "学期在这段时间里的教学进度课题。", _topics),
    _of_topics(
        "topics_together", "一起备了的课题", "教学进度的课题里，已有定稿共案的。", _together
    ),
    Figure(
        code="preparation.adopted",
        name="集体备课采纳的意见",
        meaning="这段时间里采纳或部分采纳的备课意见；撤回的、保留原稿的不算，不按人排列。",
        unit="条",
        rows=_adopted,
        columns=("时间", "课题", "意见"),
        cells=_comment_cells,
        seen_by=may_see_comment,
        opened=lambda found: found.select_related("plan").order_by("made_at", "pk"),
        place=lies_in("plan__organisation"),
    ),
    Figure(
        code="preparation.questions_answered",
        name="弄清楚的备课问题",
        meaning="这段时间里备课时提出、现在已经写了结果的问题。",
        unit="个",
        rows=_questions,
        columns=("问题", "课题", "弄清楚了什么"),
        cells=_question_cells,
        seen_by=_may_see_question,
        opened=lambda found: found.select_related("plan", "problem").order_by("pk"),
        place=lies_in("plan__organisation"),
    ),
    Figure(
        code="preparation.requirements",
        name="审定的分年级教学要求",
        meaning="到这段时间结束时，至少有一稿审定过的分年级教学要求。",
        unit="份",
        rows=_in_force,
        columns=("组", "学科年级"),
        cells=lambda row: (
            Cell(row.unit.name),
            Cell(f"{row.grade}{row.subject}", GradeRequirement.SOURCE_KIND, row.uid),
        ),
        seen_by=may_see_requirement,
        opened=lambda found: found.select_related("unit").order_by("unit", "grade"),
        place=lies_in("organisation"),
    ),
]  # fmt: skip

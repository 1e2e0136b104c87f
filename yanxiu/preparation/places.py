"""The kinds of source that preparation owns."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.kernel.spans import day_of
from yanxiu.places.table import Place
from yanxiu.places.waiting import Waiting
from yanxiu.preparation import content
from yanxiu.preparation.models import (
    GradeRequirement,
    LessonPlan,
    PlanComment,
    PlanQuestion,
    PlanReview,
    PlanVersion,
    PostLessonNote,
    TeachingTopic,
)
from yanxiu.preparation.permissions import (
    may_answer_question,
    may_see_comment,
    may_see_note,
    may_see_plan,
    may_see_requirement,
    may_see_review,
    may_see_topic,
    may_see_version,
)
from yanxiu.preparation.queries.plans import waiting_for


def _plan_text(plan: Any) -> str:
    """The words of what others read; what an author is still changing is found by nobody.

    While a group talks it reads each word at once, and so may search for it.
    """
    if plan.state == LessonPlan.State.DISCUSSED:
        shown = plan.content
    else:
        last = plan.versions.order_by("-number").first()
        shown = last.content if last else []
    return f"{plan.title} {plan.textbook_unit}\n{content.plain_text(shown)}"


def _requirement_text(one: Any) -> str:
    last = one.versions.filter(state="approved").first()
    return f"{one.subject} {one.grade}\n{last.text if last else ''}"


PLACES = [
    Place(
        kind=LessonPlan.SOURCE_KIND,
        name="教案",
        rows=lambda: LessonPlan.objects.select_related("author"),
        title=lambda row: row.title,
        url=lambda row: reverse("preparation:plan", args=[row.uid]),
        seen_by=may_see_plan,
        text=_plan_text,
        person=lambda row: row.author_id,
        day=lambda row: day_of(row.edited_at),
    ),
    Place(
        kind=PlanVersion.SOURCE_KIND,
        name="教案的一稿",
        rows=lambda: PlanVersion.objects.select_related("plan"),
        title=lambda row: f"{row.plan.title}（{row.get_moment_display()}）",
        url=lambda row: reverse("preparation:version", args=[row.uid]),
        seen_by=may_see_version,
    ),
    Place(
        kind=PlanComment.SOURCE_KIND,
        name="备课意见",
        rows=lambda: PlanComment.objects.select_related("plan"),
        title=lambda row: row.plan.title,
        url=lambda row: reverse("preparation:comments", args=[row.plan.uid]),
        seen_by=may_see_comment,
    ),
    Place(
        kind=PlanQuestion.SOURCE_KIND,
        name="备课问题",
        rows=lambda: PlanQuestion.objects.select_related("plan", "problem"),
        title=lambda row: row.problem.text,
        url=lambda row: reverse("preparation:question", args=[row.uid]),
        seen_by=may_answer_question,
    ),
    Place(
        kind=PostLessonNote.SOURCE_KIND,
        name="教后记",
        rows=lambda: PostLessonNote.objects.select_related("plan"),
        title=lambda row: row.plan.title,
        url=lambda row: reverse("preparation:note", args=[row.uid]),
        seen_by=may_see_note,
        text=lambda row: f"{row.plan.title}\n{row.text}",
        person=lambda row: row.teacher_id,
        day=lambda row: row.taught_on or day_of(row.made_at),
        organisation=lambda row: row.plan.organisation_id,
    ),
    Place(
        kind=PlanReview.SOURCE_KIND,
        name="教案检查",
        rows=lambda: PlanReview.objects.select_related("plan"),
        title=lambda row: row.plan.title,
        url=lambda row: reverse("preparation:plan", args=[row.plan.uid]),
        seen_by=may_see_review,
    ),
    Place(
        kind=TeachingTopic.SOURCE_KIND,
        name="进度课题",
        rows=lambda: TeachingTopic.objects.select_related("unit"),
        title=lambda row: row.title,
        url=lambda row: reverse("preparation:schedule", args=[row.unit.uid]),
        seen_by=may_see_topic,
    ),
    Place(
        kind=GradeRequirement.SOURCE_KIND,
        name="分年级教学要求",
        rows=GradeRequirement.objects.all,
        title=lambda row: f"{row.grade}{row.subject}教学要求",
        url=lambda row: reverse("preparation:requirement", args=[row.uid]),
        seen_by=may_see_requirement,
        text=_requirement_text,
    ),
]

WAITING = [
    Waiting(
        code="preparation.handed_in",
        rows=waiting_for,
        words=lambda n: _("%(n)s 份教案等您检查") % {"n": n},
        url=lambda: f"{reverse('preparation:plans')}?whose=check",
    ),
]

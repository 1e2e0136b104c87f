"""The kinds of source that question setting owns; what stands in a paper is never searched."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.question_setting.models import Nomination, PaperTask, PaperVersion, QuestionDeed
from yanxiu.question_setting.permissions import (
    may_open_version,
    may_see_deed,
    may_see_nomination,
    may_see_task,
)

PLACES = [
    Place(
        kind=PaperTask.SOURCE_KIND,
        name="命题任务",
        rows=PaperTask.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("question_setting:task", args=[row.uid]),
        seen_by=may_see_task,
        text=lambda row: f"{row.title} {row.subject} {row.grade}",
        person=lambda row: row.author_id,
        people=lambda row: [row.reader_id] if row.reader_id else [],
        day=lambda row: row.used_on,
    ),
    Place(
        kind=PaperVersion.SOURCE_KIND,
        name="试卷的一稿",
        rows=lambda: PaperVersion.objects.select_related("task"),
        title=lambda row: f"{row.task.title}第{row.number}稿",
        url=lambda row: reverse("question_setting:task", args=[row.task.uid]),
        seen_by=may_open_version,
    ),
    Place(
        kind=QuestionDeed.SOURCE_KIND,
        name="命题活动",
        rows=QuestionDeed.objects.all,
        title=lambda row: f"{row.get_kind_display()}：{row.title}",
        url=lambda row: reverse("question_setting:deed", args=[row.uid]),
        seen_by=may_see_deed,
    ),
    Place(
        kind=Nomination.SOURCE_KIND,
        name="命题班推荐",
        rows=Nomination.objects.all,
        title=lambda row: row.course,
        url=lambda row: reverse("question_setting:nomination", args=[row.uid]),
        seen_by=may_see_nomination,
    ),
]

"""The kinds of source that observation owns.

What a search finds of an observation is which lesson it was and who sat in it, never its words.
"""

from django.urls import reverse

from yanxiu.kernel.spans import day_of
from yanxiu.observation.models import (
    Advice,
    AppraisalNotice,
    LessonAccount,
    Mark,
    Observation,
    Rubric,
)
from yanxiu.observation.permissions import (
    may_see_account,
    may_see_advice,
    may_see_mark,
    may_see_notice,
    may_see_observation,
    may_see_rubric,
)
from yanxiu.places.table import Place


def _text(row: Observation) -> str:
    lesson = row.lesson
    words = (lesson.title, lesson.subject, lesson.class_name, lesson.teacher.name)
    return " ".join([*words, row.observer.name])


PLACES = [
    Place(
        kind=Observation.SOURCE_KIND,
        name="听课记录",
        rows=lambda: Observation.objects.select_related("lesson__teacher", "observer"),
        title=lambda row: row.lesson.name,
        url=lambda row: reverse("observation:observation", args=[row.uid]),
        seen_by=may_see_observation,
        text=_text,
        person=lambda row: row.observer_id,
        people=lambda row: [row.lesson.teacher_id],
        day=lambda row: day_of(row.lesson.starts_at),
    ),
    Place(
        kind=Mark.SOURCE_KIND,
        name="课堂片段",
        rows=lambda: Mark.objects.select_related("observation__lesson"),
        title=lambda row: row.observation.lesson.name,
        url=lambda row: reverse("observation:observation", args=[row.observation.uid]),
        seen_by=may_see_mark,
    ),
    Place(
        kind=Advice.SOURCE_KIND,
        name="听课建议",
        rows=lambda: Advice.objects.select_related("observation"),
        title=lambda row: row.text,
        url=lambda row: reverse("observation:observation", args=[row.observation.uid]),
        seen_by=may_see_advice,
    ),
    Place(
        kind=LessonAccount.SOURCE_KIND,
        name="述课表",
        rows=lambda: LessonAccount.objects.select_related("lesson"),
        title=lambda row: row.lesson.name,
        url=lambda row: reverse("observation:account", args=[row.lesson.uid]),
        seen_by=may_see_account,
    ),
    Place(
        kind=AppraisalNotice.SOURCE_KIND,
        name="评价听课告知",
        rows=lambda: AppraisalNotice.objects.select_related("lesson"),
        title=lambda row: row.lesson.name,
        url=lambda row: reverse("observation:lesson", args=[row.lesson.uid]),
        seen_by=may_see_notice,
    ),
    Place(
        kind=Rubric.SOURCE_KIND,
        name="评课量表",
        rows=Rubric.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("observation:rubric", args=[row.uid]),
        seen_by=may_see_rubric,
        text=lambda row: f"{row.name} {row.purpose}",
    ),
]

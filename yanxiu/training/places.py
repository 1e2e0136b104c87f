"""The kinds of source that training owns, and those of content tags and experts."""

from django.urls import reverse

from yanxiu.activities.models import Expert
from yanxiu.activities.permissions import may_see_expert
from yanxiu.places.table import Place, Told
from yanxiu.training.models import (
    OutsideCourse,
    OutsideTraining,
    SelfStudy,
    SeriesPart,
    SkillCheck,
    TrainingSeries,
)
from yanxiu.training.permissions import (
    may_see_course,
    may_see_part,
    may_see_self_study,
    may_see_series,
    may_see_skill_check,
    may_see_training,
)

PLACES = [
    Place(
        kind=OutsideTraining.SOURCE_KIND,
        name="外出培训",
        rows=lambda: OutsideTraining.objects.select_related("course"),
        title=lambda row: row.course.title,
        url=lambda row: reverse("training:training", args=[row.uid]),
        seen_by=may_see_training,
        text=lambda row: f"{row.course.title} {row.course.organiser}",
        person=lambda row: row.teacher_id,
        day=lambda row: row.course.starts_on,
        told=Told(
            rows=lambda teacher: (
                OutsideTraining.objects.select_related("course")
                .filter(teacher=teacher)
                .exclude(state=OutsideTraining.State.WITHDRAWN)
            ),
            days=lambda row: (row.course.starts_on, row.course.last_on),
        ),
    ),
    Place(
        kind=OutsideCourse.SOURCE_KIND,
        name="外训课程",
        rows=OutsideCourse.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("training:course", args=[row.uid]),
        seen_by=may_see_course,
        text=lambda row: f"{row.title} {row.organiser}",
        day=lambda row: row.starts_on,
    ),
    Place(
        kind=TrainingSeries.SOURCE_KIND,
        name="培训系列",
        rows=TrainingSeries.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("training:series", args=[row.uid]),
        seen_by=may_see_series,
        text=lambda row: f"{row.name} {row.purpose}",
        day=lambda row: row.starts_on,
    ),
    Place(
        kind=SeriesPart.SOURCE_KIND,
        name="系列内容",
        rows=lambda: SeriesPart.objects.select_related("series"),
        title=lambda row: row.title,
        url=lambda row: reverse("training:series", args=[row.series.uid]),
        seen_by=may_see_part,
        text=lambda row: row.title,
        day=lambda row: row.due_on or row.series.starts_on,
        organisation=lambda row: row.series.organisation_id,
    ),
    Place(
        kind=SelfStudy.SOURCE_KIND,
        name="自学记录",
        rows=SelfStudy.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("training:study", args=[row.uid]),
        seen_by=may_see_self_study,
        text=lambda row: row.title,
        person=lambda row: row.teacher_id,
        day=lambda row: row.happened_on,
    ),
    Place(
        kind=SkillCheck.SOURCE_KIND,
        name="技能测查",
        rows=SkillCheck.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("training:skill", args=[row.uid]),
        seen_by=may_see_skill_check,
        text=lambda row: row.name,
        day=lambda row: row.held_on,
    ),
    Place(
        kind=Expert.SOURCE_KIND,
        name="专家",
        rows=Expert.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("activities:expert", args=[row.uid]),
        seen_by=may_see_expert,
        text=lambda row: f"{row.name} {row.topics}",
        person=lambda row: row.teacher_id,
    ),
]

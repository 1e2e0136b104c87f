"""Entering a course: once for all who go."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from yanxiu.activities.models import Activity
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.models import Organisation, Teacher
from yanxiu.training.models import OutsideCourse


def make_course(
    organisation: Organisation, facts: Mapping[str, Any], *, by: Teacher, at: datetime
) -> OutsideCourse:
    """Return the course that `facts` describe: the one entered before, or a new one.

    Raises:
        BadInput: it has no title or organiser, or days and hours that cannot be meant.
    """
    title = str(facts["title"]).strip()
    if not title or not str(facts["organiser"]).strip():
        raise BadInput("课程名称和主办单位都要写，没有保存。请补上后再提交。")
    if facts["last_on"] < facts["starts_on"]:
        raise BadInput("结束日期早于开始日期，没有保存。请核对两个日期。")
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    standing = OutsideCourse.objects.filter(
        organisation=organisation, title=title, starts_on=facts["starts_on"]
    ).first()
    if standing:
        return standing
    course = OutsideCourse.objects.create(
        organisation=organisation,
        title=title,
        organiser=str(facts["organiser"]).strip(),
        level=facts.get("level") or OutsideCourse.Level.COUNTY,
        mode=facts.get("mode") or Activity.Mode.ON_SITE,
        place=str(facts.get("place") or "").strip(),
        subject=str(facts.get("subject") or "").strip(),
        starts_on=facts["starts_on"],
        last_on=facts["last_on"],
        hours=facts.get("hours") or Decimal(0),
        made_at=at,
        made_by_uid=by.uid,
    )
    course.tags.set(facts.get("tags") or [])
    trail.record(by, "training.course-entered", course, at=at, detail={"title": title})
    return course

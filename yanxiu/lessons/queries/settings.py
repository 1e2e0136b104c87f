"""What a school has set about its lessons."""

from datetime import date

from django.db.models import Q, QuerySet

from yanxiu.lessons.models import LessonKind, LessonSetting
from yanxiu.people.models import Organisation


def setting_of(organisation: Organisation) -> LessonSetting:
    """Return the setting of `organisation`, or the shipped one, which is not stored."""
    found = LessonSetting.objects.filter(organisation=organisation).first()
    return found or LessonSetting(organisation=organisation)


def kinds_for(organisation: Organisation, day: date) -> "QuerySet[LessonKind]":
    """Return the kinds that can be chosen in `organisation` on `day`: shipped, its own, above's."""
    return LessonKind.objects.filter(
        Q(organisation=None) | Q(organisation__in=organisation.lineage),
        Q(retired_on=None) | Q(retired_on__gt=day),
    )

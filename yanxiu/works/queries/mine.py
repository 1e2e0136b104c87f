"""What a teacher has written, and what there would be to write about."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.works.models import Work, WorkKind
from yanxiu.works.permissions import may_write_work

LATELY = timedelta(days=7)


def works_of(teacher: Teacher) -> "QuerySet[Work]":
    """Return what `teacher` wrote alone or with others, drafts included."""
    return Work.objects.filter(may_write_work(teacher)).select_related("kind", "teacher")


def kinds_for(organisation: Organisation, on: date) -> "QuerySet[WorkKind]":
    """Return the kinds in use that a teacher of `organisation` may choose from."""
    return WorkKind.objects.filter(
        Q(organisation=None) | Q(organisation__in=lineage_of(organisation.path)),
        Q(retired_on=None) | Q(retired_on__gt=on),
    )


def lessons_to_write_about(teacher: Teacher, on: date) -> "QuerySet[Lesson]":
    """Return the lessons that `teacher` gave in the last days and has written nothing about."""
    written = Work.objects.filter(teacher=teacher, lesson=OuterRef("pk"), dropped_at=None)
    return Lesson.objects.filter(
        ~Exists(written),
        teacher=teacher,
        state=Lesson.State.GIVEN,
        starts_at__date__gt=on - LATELY,
        starts_at__date__lte=on,
    ).order_by("-starts_at")

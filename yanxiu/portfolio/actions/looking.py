"""What looking leaves behind."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher
from yanxiu.portfolio.permissions import may_see_file, may_see_hours
from yanxiu.portfolio.queries.files import FILE_TAKEN, FILE_VIEWED, looks_at
from yanxiu.portfolio.queries.hours import HOURS_VIEWED, views_of


@transaction.atomic
def view_hours(teacher: Teacher, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` looks at the hours of `teacher`, one a day for each reader.

    Raises:
        NotAllowed: `by` may not see these hours.
    """
    require(may_see_hours, by, teacher)
    start, _end = Span(day_of(at), day_of(at)).moments()
    if not views_of(teacher).filter(actor_uid=by.uid, at__gte=start).exists():
        trail.record(by, HOURS_VIEWED, teacher, at=at)


@transaction.atomic
def view_file(teacher: Teacher, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` looks at the growth file of `teacher`, one a day for each reader.

    The person's own looks leave none.

    Raises:
        NotAllowed: `by` may not see this file.
    """
    require(may_see_file, by, teacher)
    if teacher.pk == by.pk:
        return
    start, _end = Span(day_of(at), day_of(at)).moments()
    seen = looks_at(teacher).filter(actor_uid=by.uid, at__gte=start, verb=FILE_VIEWED)
    if not seen.exists():
        trail.record(by, FILE_VIEWED, teacher, at=at)


@transaction.atomic
def take_files(teachers: Sequence[Teacher], what: str, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` takes a document about each of `teachers` out of the house.

    Args:
        teachers: whose it is; the caller has found them by `may_see_file`.
        what: the document, in words.
        by: who takes it.
        at: when, aware.

    Raises:
        NotAllowed: `by` may not see one of the files.
    """
    allowed = Teacher.objects.filter(may_see_file(by), pk__in=[one.pk for one in teachers])
    if allowed.count() != len({one.pk for one in teachers}):
        raise NotAllowed
    for teacher in teachers:
        if teacher.pk != by.pk:
            trail.record(by, FILE_TAKEN, teacher, at=at, detail={"what": what})

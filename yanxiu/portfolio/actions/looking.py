"""What looking leaves behind."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import may_see_record
from yanxiu.ledger.queries import looks
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher
from yanxiu.portfolio.permissions import may_see_file, may_see_hours
from yanxiu.portfolio.queries.files import FILE_TAKEN


@transaction.atomic
def view_hours(teacher: Teacher, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` looks at the hours of `teacher`, one a day for each reader.

    Raises:
        NotAllowed: `by` may not see these hours.
    """
    require(may_see_hours, by, teacher)
    note_look([teacher], looks.HOURS, by=by, at=at)


@transaction.atomic
def view_record(record: Record, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` looks at a record of somebody else, one a day for each reader.

    Raises:
        NotAllowed: `by` may not see this record.
    """
    require(may_see_record, by, record)
    note_look([record.teacher], looks.RECORD, by=by, at=at)


@transaction.atomic
def take_list(teachers: Sequence[Teacher], *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` takes a list of hours with `teachers` out of the house.

    The caller has found them by `may_see_hours`.
    """
    note_look(teachers, looks.LIST, by=by, at=at)


@transaction.atomic
def view_list(teachers: Sequence[Teacher], what: str, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` reads `what`, a list of hours with `teachers`, on the screen.

    The caller has found them by `may_see_hours`.
    """
    note_look(teachers, looks.LISTED, by=by, at=at, detail={"what": what})


@transaction.atomic
def view_file(teacher: Teacher, *, by: Teacher, at: datetime) -> None:
    """Leave a line that `by` looks at the growth file of `teacher`, one a day for each reader.

    The person's own looks leave none.

    Raises:
        NotAllowed: `by` may not see this file.
    """
    require(may_see_file, by, teacher)
    note_look([teacher], looks.FILE, by=by, at=at)


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

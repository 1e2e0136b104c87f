"""What looking leaves behind: lines that the person looked at can read."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.audit.models import TrailLine
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.queries.looks import CHECKING, HOURS, LIST
from yanxiu.people.models import Teacher


@transaction.atomic
def look_at(teacher: Teacher, *, by: Teacher, at: datetime, checking: bool = False) -> None:
    """Leave a line that `by` reads the hours or, for a check, the records; one a day."""
    verb = CHECKING if checking else HOURS
    start, _end = Span(day_of(at), day_of(at)).moments()
    seen = TrailLine.objects.filter(
        source_kind=Teacher.SOURCE_KIND, source_id=teacher.uid, verb=verb, actor_uid=by.uid,
        at__gte=start,
    )  # fmt: skip
    if by.pk != teacher.pk and not seen.exists():
        trail.record(by, verb, teacher, at=at)


@transaction.atomic
def take_list(teachers: Sequence[Teacher], what: str, *, by: Teacher, at: datetime) -> None:
    """Leave a line with each of `teachers` that `by` takes a list out of the house."""
    TrailLine.objects.bulk_create(
        [
            TrailLine(
                at=at, actor_uid=by.uid, actor_name=by.name, verb=LIST,
                source_kind=Teacher.SOURCE_KIND, source_id=one.uid, detail={"what": what},
            )
            for one in teachers
            if one.pk != by.pk
        ],
        batch_size=500,
    )  # fmt: skip

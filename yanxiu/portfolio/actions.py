"""What looking leaves behind."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.portfolio.permissions import may_see_hours
from yanxiu.portfolio.queries import HOURS_VIEWED, views_of


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

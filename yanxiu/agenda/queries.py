"""What is on for somebody."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.agenda.models import Occasion, Task
from yanxiu.agenda.permissions import mine
from yanxiu.kernel.spans import Span
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher


def occasions_of(teacher: Teacher, span: Span) -> "QuerySet[Occasion]":
    """Return the occasions of `teacher` that start within `span`, cancelled ones left out."""
    start, end = span.moments()
    return (
        allowed(mine, teacher, Occasion.objects.all())
        .filter(starts_at__gte=start, starts_at__lt=end)
        .exclude(state=Occasion.State.CANCELLED)
        .select_related("unit", "organisation")
    )


def open_tasks(teacher: Teacher) -> "QuerySet[Task]":
    """Return what `teacher` owes, the earliest due first."""
    return Task.objects.filter(teacher=teacher, state=Task.State.OPEN)


def overdue_days(task: Task, today: date) -> int:
    """Return for how many days `task` is overdue, 0 if it is not."""
    return max(0, (today - task.due_on).days) if task.due_on else 0


def clashes(
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    *,
    organisation: int,
    leave_out: UUID | None = None,
) -> "QuerySet[Occasion]":
    """Return occasions of the organisation at the same place and time."""
    rows = Occasion.objects.filter(
        organisation=organisation,
        place=place,
        state=Occasion.State.PLANNED,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        starts_at__gt=starts_at - timedelta(days=1),
    )
    return rows.exclude(source_id=leave_out) if leave_out else rows

"""What doing apps tell the agenda, in the transaction of their own deed."""

from collections.abc import Iterable
from datetime import date, datetime

from yanxiu.agenda.models import Attendee, Occasion, Task
from yanxiu.kernel.sources import Source
from yanxiu.people.models import Organisation, Teacher


def plan_occasions(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Add new occasions, each with its own source; one statement for all."""
    return Occasion.objects.bulk_create(occasions)


def move_occasion(
    source: Source, *, title: str, starts_at: datetime, ends_at: datetime, place: str
) -> None:
    """Tell the agenda the new title, time and place of the occasion of `source`."""
    Occasion.objects.filter(source_kind=source.kind, source_id=source.uid).update(
        title=title, starts_at=starts_at, ends_at=ends_at, place=place
    )


def end_occasion(source: Source, state: str) -> None:
    """Mark the occasion of `source` as held or cancelled."""
    Occasion.objects.filter(source_kind=source.kind, source_id=source.uid).update(state=state)


def invite(source: Source, teachers: Iterable[Teacher]) -> None:
    """Add persons to the occasion of `source`, beside its unit."""
    occasion = Occasion.objects.get(source_kind=source.kind, source_id=source.uid)
    Attendee.objects.bulk_create(
        [Attendee(occasion=occasion, teacher=teacher) for teacher in teachers],
        ignore_conflicts=True,
    )


def assign_task(
    source: Source,
    teachers: Iterable[Teacher],
    *,
    kind: str,
    title: str,
    due_on: date | None,
    organisation: Organisation,
    at: datetime,
) -> None:
    """Give each of `teachers` the task `kind` about `source`; who has it keeps the one task."""
    Task.objects.bulk_create(
        [
            Task(
                organisation=organisation,
                teacher=teacher,
                kind=kind,
                title=title,
                due_on=due_on,
                source_kind=source.kind,
                source_id=source.uid,
                made_at=at,
            )
            for teacher in teachers
        ],
        ignore_conflicts=True,
    )


def finish_tasks(source: Source, *, kind: str, at: datetime, state: str = Task.State.DONE) -> None:
    """End the open tasks `kind` about `source`: what one person did, nobody owes any more."""
    Task.objects.filter(
        source_kind=source.kind, source_id=source.uid, kind=kind, state=Task.State.OPEN
    ).update(state=state, ended_at=at)

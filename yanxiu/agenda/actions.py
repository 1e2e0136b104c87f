"""What doing apps tell the agenda, in the transaction of their own deed."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, QuerySet, When
from django.utils import timezone

from yanxiu.agenda.models import Attendee, Occasion, Task
from yanxiu.kernel.sources import Source
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people.models import Organisation, Teacher


def plan_occasions(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Add new occasions, each with its own source; one statement for all."""
    return Occasion.objects.bulk_create(occasions)


def move_occasion(
    source: Source,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    at: datetime | None = None,
) -> None:
    """Tell the agenda the new title, time and place of the occasion of `source`.

    Calendars that subscribe see a change by its sequence, so what stays the same changes nothing.
    """
    new = {"title": title, "starts_at": starts_at, "ends_at": ends_at, "place": place}
    rows = Occasion.objects.filter(source_kind=source.kind, source_id=source.uid)
    rows.exclude(**new).update(
        **new,
        sequence=F("sequence") + 1,
        changed_at=at or timezone.now(),
        moved_from=Case(When(starts_at=starts_at, then=F("moved_from")), default=F("starts_at")),
    )


def end_occasion(source: Source, state: str, *, at: datetime | None = None) -> None:
    """Mark the occasion of `source` as held or cancelled."""
    rows = Occasion.objects.filter(source_kind=source.kind, source_id=source.uid)
    if state == Occasion.State.CANCELLED:
        rows.exclude(state=state).update(
            state=state, sequence=F("sequence") + 1, changed_at=at or timezone.now()
        )
    else:
        # What was called off and is on again is a change that subscribed calendars must see.
        rows.filter(state=Occasion.State.CANCELLED).exclude(state=state).update(
            sequence=F("sequence") + 1, changed_at=at or timezone.now()
        )
        rows.update(state=state)


def drop_occasions(kind: str, uids: Iterable[UUID]) -> None:
    """Take away occasions that were set by mistake and at which nothing happened."""
    Occasion.objects.filter(source_kind=kind, source_id__in=list(uids)).delete()


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
    assign_tasks(
        source, [(kind, teachers)], title=title, due_on=due_on, organisation=organisation, at=at
    )


def assign_tasks(
    source: Source,
    whose: Iterable[tuple[str, Iterable[Teacher]]],
    *,
    title: str,
    due_on: date | None,
    organisation: Organisation,
    at: datetime,
) -> None:
    """Give tasks of several kinds about `source`, each with those who owe it, as `assign_task`."""
    Task.objects.bulk_create(
        [
            Task(
                organisation=organisation,
                teacher=teacher,
                kind=kind,
                title=title[:120],
                due_on=due_on,
                source_kind=source.kind,
                source_id=source.uid,
                made_at=at,
            )
            for kind, teachers in whose
            for teacher in teachers
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def ask_again(
    source: Source,
    teachers: Iterable[Teacher],
    *,
    kind: str,
    title: str,
    due_on: date | None,
    organisation: Organisation,
    at: datetime,
) -> None:
    """Give each of `teachers` the task `kind` about `source`, be it for the second time.

    Who had it and has ended it, or has it open still, has it open until `due_on`.
    """
    people = list(teachers)
    _of_kind(source, kind).filter(teacher__in=people).update(
        state=Task.State.OPEN, ended_at=None, due_on=due_on
    )
    assign_task(
        source, people, kind=kind, title=title, due_on=due_on, organisation=organisation, at=at
    )


def ask_no_others(
    source: Source, teachers: Iterable[Teacher], *, kind: str, at: datetime
) -> set[int]:
    """Drop what anybody but `teachers` has open; return who has it open, by primary key."""
    tasks = _of_kind(source, kind).filter(state=Task.State.OPEN)
    tasks.exclude(teacher__in=list(teachers)).update(state=Task.State.DROPPED, ended_at=at)
    return set(tasks.values_list("teacher", flat=True))


def remind_of_tasks(
    source: Source, *, title: str, text: str, organisation: Organisation, by: Teacher, at: datetime
) -> int:
    """Send a notice to whoever has an open task about `source`, `by` left out; return how many."""
    owing = _open(source).values("teacher")
    teachers = list(Teacher.objects.filter(pk__in=owing).exclude(pk=by.pk))
    notices.notify(
        teachers,
        kind=Notice.Kind.REQUEST,
        title=title,
        source=source,
        organisation=organisation,
        at=at,
        text=text,
    )
    return len(teachers)


def _open(source: Source) -> "QuerySet[Task]":
    return Task.objects.filter(source_kind=source.kind, source_id=source.uid, state=Task.State.OPEN)


def _of_kind(source: Source, kind: str) -> "QuerySet[Task]":
    return Task.objects.filter(source_kind=source.kind, source_id=source.uid, kind=kind)


def finish_tasks(source: Source, *, kind: str, at: datetime, state: str = Task.State.DONE) -> None:
    """End the open tasks `kind` about `source`: what one person did, nobody owes any more."""
    _open(source).filter(kind=kind).update(state=state, ended_at=at)


def pass_task(source: Source, *, kind: str, was: Teacher, to: Teacher, due_on: date | None) -> None:
    """Let `to` owe the task `kind` about `source` instead of `was`, until `due_on`.

    Done or open, it stays as it was; for the same person only the day changes.
    """
    rows = Task.objects.filter(source_kind=source.kind, source_id=source.uid, kind=kind)
    if was.pk != to.pk:
        rows.filter(teacher=to).delete()
    rows.filter(teacher=was).update(teacher=to, due_on=due_on)


def drop_tasks(source: Source, *, at: datetime) -> None:
    """End all open tasks about `source` undone: nobody owes them any more."""
    _open(source).update(state=Task.State.DROPPED, ended_at=at)


def reopen_tasks(source: Source, *, kind: str) -> None:
    """Open the tasks `kind` about `source` again, as nothing had been done."""
    _of_kind(source, kind).update(state=Task.State.OPEN, ended_at=None)


def finish_task_of(source: Source, teacher: Teacher, *, kind: str, at: datetime) -> None:
    """End the open task `kind` of one person about `source`; others still owe theirs."""
    _open(source).filter(kind=kind, teacher=teacher).update(state=Task.State.DONE, ended_at=at)

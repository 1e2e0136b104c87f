"""Telling those who decide that something waits: one task each, however many records wait."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.permissions import stands_in_for
from yanxiu.ledger.rules.process import AT_ONCE, GROUP_LEADER, SELF
from yanxiu.notices.actions import notify
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Membership, Organisation, Teacher

QUEUE: Final = "recognition.queue"
"""The kind of source that a task points to: the queue of one organisation, by its uid."""

RECOGNISE: Final = "recognise"
RECOGNISE_GROUP: Final = "recognise_group"
RECOGNISE_OVERDUE: Final = "recognise_overdue"
PUT_RIGHT: Final = "put_right"
"""The task of whose record was returned: to add what is missing, or to take it back."""

RIGHT: Final = "recognise_hours"


def waiting_at(organisation: Organisation) -> "QuerySet[Record]":
    """Return what waits now, and not for the end of the year, at `organisation` itself."""
    return Record.objects.filter(
        state=Record.State.WAITING,
        withdrawn_at=None,
        waiting_at=organisation,
        waiting_when=AT_ONCE,
    )


def ask_deciders(records: Sequence[Record], at: datetime) -> None:
    """Give those who decide on `records` their one task; who has it already keeps it."""
    offices: dict[int, Organisation] = {}
    led: dict[int, tuple[Organisation, list[int]]] = {}
    for one in records:
        place = one.waiting_at
        if place is None or one.waiting_when != AT_ONCE or one.waiting_by == SELF:
            continue
        if one.waiting_by == GROUP_LEADER:
            led.setdefault(place.pk, (place, []))[1].append(one.teacher_id)
        else:
            offices[place.pk] = place
    for _pk, office in sorted(offices.items()):
        _assign(office, _asked_at(office, at), RECOGNISE, at)
    for school, own in led.values():
        _assign(school, leaders_of(own, school, at), RECOGNISE_GROUP, at)


def _asked_at(office: Organisation, at: datetime) -> list[Teacher]:
    """Return whom to ask at `office`: not the one to whom all that waits there belongs."""
    owners = (
        waiting_at(office)
        .exclude(waiting_by__in=(SELF, GROUP_LEADER))
        .aggregate(first=Min("teacher"), last=Max("teacher"))
    )
    alone = owners["first"] if owners["first"] == owners["last"] else None
    return nearest_holders(office, at, without={alone} if alone else ())


def nearest_holders(
    organisation: Organisation,
    at: datetime,
    *,
    without: Collection[int] = (),
    right: str = RIGHT,
) -> list[Teacher]:
    """Return who recognises hours at `organisation`, or at the nearest superior where nobody does.

    Rights reach down, so whoever is above can act where a house has nobody but those `without`,
    named by primary key: whom the matter itself is about. Another `right` is asked for as well.
    """
    day = day_of(at)
    here: Organisation | None = organisation
    while here is not None:
        found = [
            one
            for one in teachers_holding(right, here, day)
            if one.pk not in without and not _only_for(one, without, right)
        ]
        if found:
            return found
        here = here.parent
    return []


def _only_for(teacher: Teacher, without: Collection[int], right: str) -> bool:
    """Tell whether `teacher` holds `right` only as deputy of somebody of `without`."""
    lenders = stands_in_for(teacher, right) if without else set()
    return bool(lenders & set(without)) and not teacher.reach_paths(right, own=True)


def leaders_of(teachers: Iterable[int], school: Organisation, at: datetime) -> list[Teacher]:
    """Return who leads a unit of any of `teachers` in `school`, without themselves."""
    day = day_of(at)
    units = Membership.objects.on(day).filter(teacher__in=teachers, unit__organisation=school)
    leading = (Membership.Duty.LEADER, Membership.Duty.DEPUTY)
    led = Membership.objects.on(day).filter(unit__in=units.values("unit"), duty__in=leading)
    return list(Teacher.objects.filter(is_active=True, pk__in=led.values("teacher")))


def _assign(organisation: Organisation, people: list[Teacher], kind: str, at: datetime) -> None:
    if not people:
        return
    due = waiting_at(organisation).aggregate(first=Min("due_on"))["first"]
    agenda.ask_again(
        Source(QUEUE, organisation.uid),
        people,
        kind=kind,
        title=f"认定研修记录：{organisation.name}"[:120],
        due_on=due,
        organisation=organisation,
        at=at,
    )


def settle_tasks(organisations: Iterable[Organisation], at: datetime) -> None:
    """End the tasks of those organisations at which nothing waits any more.

    Where something goes on waiting, the tasks are due when the first of it is.
    """
    here = {one.pk: one for one in organisations}
    left = {
        row["waiting_at"]: row
        for row in Record.objects.filter(
            state=Record.State.WAITING, withdrawn_at=None, waiting_at__in=here, waiting_when=AT_ONCE
        )
        .exclude(waiting_by=SELF)
        .order_by()
        .values("waiting_at")
        .annotate(first=Min("due_on"), one=Min("teacher"), other=Max("teacher"))
    }
    for pk in sorted(here):
        source = Source(QUEUE, here[pk].uid)
        if pk in left:
            tasks = Task.objects.filter(
                source_kind=QUEUE, source_id=source.uid, state=Task.State.OPEN
            )
            tasks.update(due_on=left[pk]["first"])
            owner = left[pk]["one"]
            if owner == left[pk]["other"] and tasks.filter(teacher=owner).exists():
                _ask_anew(here[pk], at)  # all that is left is of one who is asked about it
            continue
        for kind in (RECOGNISE, RECOGNISE_GROUP, RECOGNISE_OVERDUE):
            agenda.finish_tasks(source, kind=kind, at=at)


def keep_asking(at: datetime) -> None:
    """Ask those who hold the right by today, and nobody who does not hold it any more.

    Posts and deputies change while something waits: who stands in since this morning has it on the
    own list, and whose days are over has it no longer.
    """
    rows = Record.objects.filter(
        state=Record.State.WAITING, withdrawn_at=None, waiting_when=AT_ONCE
    ).exclude(waiting_by=SELF)
    places = Organisation.objects.filter(pk__in=rows.order_by().values("waiting_at"))
    for place in places.select_related("parent").order_by("pk"):
        _ask_anew(place, at)


@transaction.atomic
def _ask_anew(place: Organisation, at: datetime) -> None:
    """Ask those of today at one place, about what waits there still once it is locked.

    Otherwise what is decided meanwhile would leave an open task with nothing behind it.
    """
    rows = waiting_at(place).exclude(waiting_by=SELF).select_for_update(of=("self",))
    told = set(rows.order_by("pk").values_list("waiting_by", "teacher"))
    if not told:
        return
    led = [teacher for by, teacher in told if by == GROUP_LEADER]
    asked = _asked_at(place, at) if len(led) < len(told) else []
    leading = leaders_of(led, place, at) if led else []
    for kind, people in ((RECOGNISE, asked), (RECOGNISE_GROUP, leading)):
        _assign(place, people, kind, at)
        agenda.ask_no_others(Source(QUEUE, place.uid), people, kind=kind, at=at)


def ask_to_put_right(records: Iterable[Record], at: datetime) -> None:
    """Put each of the returned `records` on the list of its teacher."""
    for record in records:
        agenda.assign_task(
            source_of(record), [record.teacher], kind=PUT_RIGHT,
            title=f"补充后再交：{record.title}"[:120], due_on=None,
            organisation=record.organisation, at=at,
        )  # fmt: skip
        agenda.reopen_tasks(source_of(record), kind=PUT_RIGHT)


def was_put_right(record: Record, at: datetime) -> None:
    """End the teacher's task about a record that waits again, or was taken back."""
    agenda.finish_tasks(source_of(record), kind=PUT_RIGHT, at=at)


def escalate(at: datetime) -> int:
    """Tell the level above what is overdue, once a day at most; return how many places it was.

    Silence never decides: an overdue record goes on waiting, and those above can act. Who stands
    above no more (a deputy whose days are over) has it on the own list no longer.
    """
    late = _late(at).order_by().values("waiting_at")
    places = Organisation.objects.filter(pk__in=late).select_related("parent").order_by("pk")
    return sum(_tell_above(place, at) for place in places)


def _late(at: datetime) -> "QuerySet[Record]":
    rows = Record.objects.filter(
        state=Record.State.WAITING, withdrawn_at=None, due_on__lt=day_of(at)
    )
    return rows.exclude(waiting_by=SELF)


@transaction.atomic
def _tell_above(place: Organisation, at: datetime) -> bool:
    """Tell those above `place` what is late there still, once it is locked; tell whether any is."""
    rows = _late(at).filter(waiting_at=place).select_for_update(of=("self",))
    late = Counter(
        by == GROUP_LEADER for by in rows.order_by("pk").values_list("waiting_by", flat=True)
    )
    if not late:
        return False
    owed: Counter[Teacher] = Counter()
    for is_led, count in late.items():
        # Above the leader of a group is the office of the school itself.
        upper = place if is_led else place.parent
        for one in nearest_holders(upper, at) if upper else []:
            owed[one] += count
    source = Source(QUEUE, place.uid)
    known = agenda.ask_no_others(source, owed, kind=RECOGNISE_OVERDUE, at=at)
    fresh = [one for one in owed if one.pk not in known]
    _assign(place, fresh, RECOGNISE_OVERDUE, at)
    for count in sorted({owed[one] for one in fresh}):
        notify(
            [one for one in fresh if owed[one] == count],
            kind="request",
            title=f"{place.name}有{count}条研修记录逾期未认定",
            source=source,
            organisation=place,
            at=at,
        )
    return True

"""Reminding those who agree on their own time that a month has passed without a meeting."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from yanxiu.activities.actions.planning import AGREE_TIME
from yanxiu.activities.models import Session
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Task
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.people.models import Membership, Teacher, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.planning.models import Plan, Rhythm

PATIENCE = timedelta(days=30)


def units_without_meeting(at: datetime) -> "QuerySet[Unit]":
    """Return the units whose time is to be agreed, and that met not in the last 30 days.

    A session that is set for a later day is a meeting too; a called off one is none. In the first
    30 days of a term nobody is late.
    """
    day = day_of(at)
    rhythms = Rhythm.objects.filter(
        unit=OuterRef("pk"),
        weekday=None,
        plan__state=Plan.State.CONFIRMED,
        plan__term__starts_on__lte=day - PATIENCE,
        plan__term__ends_on__gt=day,
    )
    met = Session.objects.filter(
        unit=OuterRef("pk"), cancelled_at=None, starts_at__gte=at - PATIENCE
    )
    return Unit.objects.filter(Exists(rhythms), ~Exists(met), ends_on=None)


@transaction.atomic
def remind_of_meetings(*, at: datetime) -> int:
    """Remind the leaders of `units_without_meeting`, each once until the unit has met.

    Returns:
        How many leaders were reminded.
    """
    told = 0
    for unit in units_without_meeting(at).select_related("organisation"):
        source = source_of(unit)
        leaders = Teacher.objects.filter(
            pk__in=Membership.objects.filter(
                held_on(day_of(at)), unit=unit, duty=Membership.Duty.LEADER
            ).values("teacher")
        )
        owing = Task.objects.filter(
            source_kind=source.kind, source_id=source.uid, kind=AGREE_TIME, state=Task.State.OPEN
        )
        fresh = list(leaders.exclude(pk__in=owing.values("teacher")))
        Task.objects.filter(
            source_kind=source.kind, source_id=source.uid, kind=AGREE_TIME, teacher__in=fresh
        ).delete()
        title = f"{unit}一个月没有活动，请商量定下一次的时间"
        agenda.assign_task(
            source, fresh, kind=AGREE_TIME, title=title[:120], due_on=None,
            organisation=unit.organisation, at=at,
        )  # fmt: skip
        notices.notify(
            fresh, kind="reminder", title=title, source=source,
            organisation=unit.organisation, at=at,
        )  # fmt: skip
        told += len(fresh)
    return told

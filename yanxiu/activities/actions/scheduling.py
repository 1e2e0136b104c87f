"""From the rhythm and the schedule of a confirmed plan to sessions."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from yanxiu.activities.actions.planning import locked, occasion_of
from yanxiu.activities.models import Activity, ActivityKind, Part, SchedulingBatch, Session
from yanxiu.activities.permissions import may_manage_session, may_schedule_plan
from yanxiu.activities.queries import touched
from yanxiu.activities.refusals import BatchInUse, BatchUndone
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.places.writing import tell_written
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, PlanItem, Rhythm
from yanxiu.planning.rhythms import rhythm_days, start_of
from yanxiu.terms.models import Term
from yanxiu.terms.queries import SchoolDays, school_days

MOST_NAMED = 5
"""Of the sessions that stand in the way of an undo so many are named."""


@transaction.atomic
def schedule_rhythms(
    plan: Plan,
    *,
    by: Teacher,
    at: datetime,
    term: Term | None = None,
    since: date | None = None,
) -> list[Session]:
    """Make the sessions of every rhythm of `plan` that names a unit and a weekday, in one term.

    Doing it again adds only what is missing: a day on which the rhythm has a session, moved or
    cancelled ones included, gets no second one. What one call makes is one batch. The number of
    statements does not depend on how many groups there are.

    Args:
        plan: a confirmed plan.
        by: who schedules.
        at: when, aware.
        term: which of the terms that the plan reaches into, the first of them if None.
        since: leave out the days before it.

    Raises:
        NotAllowed: `by` does not manage the sessions of the plan's organisation, or the plan is
            a person's own.
    """
    require(may_schedule_plan, by, plan)
    term = term or plan.term
    rhythms = fixed_rhythms(plan)
    batch = SchedulingBatch(
        plan=plan, since=since or term.starts_on, at=at, by_uid=by.uid, by_name=by.name
    )
    series = _series(rhythms, plan, term, by, at)
    made = _sessions_of(rhythms, series, plan, term, since)
    if made:
        batch.count = len(made)
        batch.save()
        for session in made:
            session.batch = batch
        Session.objects.bulk_create(made)
        tell_written(made)
        agenda.plan_occasions([occasion_of(session) for session in made])
        _hosts(made, day_of(at))
    trail.record(by, "activities.rhythms-scheduled", plan, at=at, detail={"sessions": len(made)})
    return made


def fixed_rhythms(plan: Plan) -> list[Rhythm]:
    """Return the rhythms of `plan` from which sessions can be made without asking anybody."""
    rows = plan.rhythms.select_related("unit").exclude(unit=None).exclude(weekday=None)
    return list(rows)


def _series(
    rhythms: Iterable[Rhythm], plan: Plan, term: Term, by: Teacher, at: datetime
) -> dict[int, Activity]:
    """Return the activity that holds the sessions of each rhythm in `term`."""
    rhythms = list(rhythms)
    kind = ActivityKind.objects.get(organisation=None, code="research_activity")
    missing = [
        Activity(
            rhythm=rhythm,
            term=term,
            organisation=plan.organisation,
            unit=rhythm.unit,
            kind=kind,
            subject=rhythm.unit.subject if rhythm.unit else "",
            theme=f"{rhythm.unit}教研活动",
            made_at=at,
            made_by_uid=by.uid,
        )
        for rhythm in rhythms
    ]
    Activity.objects.bulk_create(missing, ignore_conflicts=True)
    rows = Activity.objects.filter(rhythm__in=rhythms, term=term).select_related("unit", "kind")
    tell_written(rows)
    return {int(row.rhythm_id or 0): row for row in rows}


def days_taken(term: Term, units: Iterable[int | None]) -> dict[int, set[date]]:
    """Return by unit the days for which a rhythm has made a session in `term`."""
    rows = Session.objects.filter(unit__in=list(units), activity__term=term)
    taken: dict[int, set[date]] = {}
    for unit, day in rows.exclude(slot_on=None).values_list("unit_id", "slot_on"):
        if day:
            taken.setdefault(int(unit or 0), set()).add(day)
    return taken


def _sessions_of(
    rhythms: list[Rhythm],
    series: dict[int, Activity],
    plan: Plan,
    term: Term,
    since: date | None,
) -> list[Session]:
    """Return the unsaved sessions that the rhythms still lack in `term`."""
    calendar = school_days(plan.organisation)
    taken = days_taken(term, {rhythm.unit_id for rhythm in rhythms})
    last = dict(
        Session.objects.filter(activity__in=series.values())
        .values_list("activity")
        .annotate(last=Max("number"))
    )
    made = []
    for rhythm in rhythms:
        days = days_to_fill(rhythm, plan, term, calendar)
        activity = series[rhythm.pk]
        number = last.get(activity.pk, 0)
        for day in days:
            mine = taken.setdefault(rhythm.unit_id or 0, set())
            if day in mine or (since and day < since):
                continue
            mine.add(day)
            number += 1
            made.append(_session(rhythm, activity, number, day))
    return made


def days_to_fill(rhythm: Rhythm, plan: Plan, term: Term, calendar: SchoolDays) -> list[date]:
    """Return the days of `rhythm` in `term` that its plan covers; the weeks are the term's."""
    # A plan for the term is for all of it, though the term was moved after it was written.
    whole = plan.term_id == term.pk and plan.period == Plan.Period.TERM
    span = term.span if whole else plan.span
    return [day for day in rhythm_days(rhythm, term.span, calendar) if day in span]


def _session(rhythm: Rhythm, activity: Activity, number: int, day: date) -> Session:
    starts_at = moment_at(day, start_of(rhythm))
    return Session(
        activity=activity,
        organisation_id=activity.organisation_id,
        unit=rhythm.unit,
        number=number,
        slot_on=day,
        title=f"{rhythm.unit}第{number}次教研活动",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=rhythm.minutes),
        place=rhythm.place,
    )


def _hosts(sessions: list[Session], day: date) -> None:
    """Make the leader of each unit the host of its sessions."""
    leaders = dict(
        Membership.objects.filter(
            held_on(day),
            unit__in={session.unit_id for session in sessions},
            duty=Membership.Duty.LEADER,
        ).values_list("unit_id", "teacher_id")
    )
    Part.objects.bulk_create(
        Part(session=session, teacher_id=leaders[session.unit_id], role=Part.Role.HOST)
        for session in sessions
        if session.unit_id in leaders
    )


@transaction.atomic
def undo_schedule(batch: SchedulingBatch, *, by: Teacher, at: datetime) -> int:
    """Take the sessions of one batch away again, as long as nothing happened in any of them.

    Returns:
        How many sessions were taken away.

    Raises:
        NotAllowed: `by` does not manage the sessions of the plan's organisation.
        BatchUndone: it was taken back before.
        BatchInUse: something happened in one of the sessions; they are named.
    """
    require_right(by, "manage_sessions", batch.plan.organisation)
    batch = (
        SchedulingBatch.objects.select_for_update(of=("self",))
        .select_related("plan__organisation")
        .get(pk=batch.pk)
    )
    if batch.undone_at:
        raise BatchUndone(batch.undone_by_name, batch.undone_at)
    used = list(touched(batch.sessions.all()).order_by("starts_at")[: MOST_NAMED + 1])
    if used:
        raise BatchInUse([(row.title, row.starts_at) for row in used], MOST_NAMED)
    rows = list(batch.sessions.values_list("pk", "uid", "activity_id"))
    agenda.drop_occasions(Session.SOURCE_KIND, [uid for _pk, uid, _activity in rows])
    batch.sessions.all().delete()
    Activity.objects.filter(
        pk__in={activity for _pk, _uid, activity in rows}, sessions=None, rhythm__isnull=False,
        partners=None, remarks=None,
    ).delete()  # fmt: skip
    batch.undone_at, batch.undone_by_name = at, by.name
    batch.save(update_fields=["undone_at", "undone_by_name"])
    trail.record(by, "activities.schedule-undone", batch, at=at, detail={"sessions": len(rows)})
    return len(rows)


@transaction.atomic
def link_item(session: Session, item: PlanItem, *, by: Teacher, at: datetime) -> Session:
    """Let `session` be the one in which a plan item is done; its title becomes the item's.

    A series made by a rhythm holds many sessions; the linked one becomes an activity of its own.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it can no longer be changed.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    series = session.activity
    session.activity = Activity.objects.create(
        organisation=series.organisation,
        unit=series.unit,
        term=series.term,
        kind=series.kind,
        theme=item.text[:120],
        mode=series.mode,
        form=series.form,
        level=series.level,
        subject=series.subject,
        research_theme=series.research_theme,
        plan_item=item,
        made_at=at,
        made_by_uid=by.uid,
    )
    session.title, session.number = item.text[:120], 1
    session.save(update_fields=["activity", "title", "number"])
    agenda.move_occasion(
        source_of(session),
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
    )
    planning.mark_scheduled(item, source=source_of(session), on=day_of(session.starts_at))
    trail.record(by, "activities.item-linked", session, at=at, detail={"item": str(item.uid)})
    return session

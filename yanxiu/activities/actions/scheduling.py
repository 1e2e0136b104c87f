"""From the rhythm and the schedule of a confirmed plan to sessions."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from yanxiu.activities.actions.planning import locked, next_number, occasion_of
from yanxiu.activities.models import Activity, ActivityKind, Part, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of, moment_at
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Membership, Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, PlanItem, Rhythm
from yanxiu.terms.queries import SchoolDays, school_days

USUAL_START = {
    "morning": time(9, 30),
    "afternoon": time(14, 30),
    "evening": time(19, 0),
    "": time(14, 30),
}
"""When a slot begins that names only the half-day."""


def rhythm_days(rhythm: Rhythm, span: Span, calendar: SchoolDays) -> Iterator[date]:
    """Yield the days in `span` on which `rhythm` meets.

    Weeks are counted from the week in which the span begins. A day off is left out, not moved; a
    make-up day counts as the weekday that is taught on it.
    """
    first_monday = span.start - timedelta(days=span.start.weekday())
    for day in span.days():
        week = (day - first_monday).days // 7
        if week % rhythm.every_weeks == 0 and calendar.weekday(day) == rhythm.weekday:
            yield day


@transaction.atomic
def schedule_rhythms(
    plan: Plan, *, by: Teacher, at: datetime, span: Span | None = None
) -> list[Session]:
    """Make the sessions of every rhythm of `plan` that names a unit and a weekday.

    Doing it again adds only what is missing: a day on which the rhythm has a session, moved or
    cancelled ones included, gets no second one.

    Args:
        plan: a confirmed plan.
        by: who schedules.
        at: when, aware.
        span: the days to fill, the whole term if None.

    Raises:
        NotAllowed: `by` does not manage the sessions of the plan's organisation.
    """
    require_right(by, "manage_sessions", plan.organisation)
    kind = ActivityKind.objects.get(organisation=None, code="research_activity")
    calendar = school_days(plan.organisation)
    made: list[Session] = []
    for rhythm in plan.rhythms.select_related("unit").exclude(unit=None).exclude(weekday=None):
        series = _series(rhythm, plan, kind, by, at)
        made += _sessions_of(rhythm, series, calendar, span or plan.term.span)
    Session.objects.bulk_create(made)
    agenda.plan_occasions([occasion_of(session) for session in made])
    _hosts(made)
    trail.record(by, "activities.rhythms-scheduled", plan, at=at, detail={"sessions": len(made)})
    return made


def _series(rhythm: Rhythm, plan: Plan, kind: ActivityKind, by: Teacher, at: datetime) -> Activity:
    """Return the activity that holds the sessions of `rhythm` in the plan's term."""
    activity, _fresh = Activity.objects.get_or_create(
        rhythm=rhythm,
        term=plan.term,
        defaults={
            "organisation": plan.organisation,
            "unit": rhythm.unit,
            "kind": kind,
            "theme": f"{rhythm.unit}教研活动",
            "made_at": at,
            "made_by_uid": by.uid,
        },
    )
    return activity


def _sessions_of(
    rhythm: Rhythm, activity: Activity, calendar: SchoolDays, span: Span
) -> list[Session]:
    """Return the unsaved sessions that `rhythm` still lacks in `span`."""
    filled = Session.objects.filter(unit=rhythm.unit, activity__term=activity.term)
    taken = set(filled.exclude(slot_on=None).values_list("slot_on", flat=True))
    days = [day for day in rhythm_days(rhythm, span, calendar) if day not in taken]
    start = rhythm.starts_at or USUAL_START[rhythm.half_day]
    sessions = []
    for number, day in enumerate(days, next_number(activity)):
        starts_at = moment_at(day, start)
        sessions.append(
            Session(
                activity=activity,
                organisation=activity.organisation,
                unit=rhythm.unit,
                number=number,
                slot_on=day,
                title=f"{rhythm.unit}第{number}次教研活动",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=rhythm.minutes),
                place=rhythm.place,
            )
        )
    return sessions


def _hosts(sessions: list[Session]) -> None:
    """Make the leader of each unit the host of its sessions."""
    leaders = dict(
        Membership.objects.filter(
            unit__in={session.unit_id for session in sessions},
            duty=Membership.Duty.LEADER,
            ends_on=None,
        ).values_list("unit_id", "teacher_id")
    )
    Part.objects.bulk_create(
        Part(session=session, teacher_id=leaders[session.unit_id], role=Part.Role.HOST)
        for session in sessions
        if session.unit_id in leaders
    )


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

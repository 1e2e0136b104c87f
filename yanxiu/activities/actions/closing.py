"""Closing: attendance becomes final and turns into records."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from yanxiu.activities import records
from yanxiu.activities.actions.deciding import settle
from yanxiu.activities.actions.planning import locked
from yanxiu.activities.models import Attendance, HomeRecognition, Minutes, Session
from yanxiu.activities.permissions import may_manage_session
from yanxiu.activities.queries import (
    CAME,
    away_on,
    expected_teachers,
    hosts_present,
    minutes_duty,
    office_of,
    setting_of,
)
from yanxiu.activities.refusals import SessionNotStarted
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.models import Occasion
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.planning import actions as planning

WRITE_MINUTES = "write_minutes"
"""The task of whoever has to write the minutes of a session closed without them."""

RECOGNISE = "recognise_home"
"""The task of an invited school's office: to recognise its own people."""

ON_LEAVE = "离岗登记"
"""The reason in the row of somebody who is away for long."""

Method = Attendance.Method


@transaction.atomic
def close_session(session: Session, *, by: Teacher, at: datetime) -> Session:
    """Make the attendance of `session` final and write the records of those who came.

    Nobody can sign in afterwards; `amend_attendance` corrects mistakes. A host who closed the
    session or called its roll was there, if anybody was, unless marked otherwise. Everybody else
    who was expected and has no mark is absent, or excused if on leave for long. People of invited
    schools are recorded once their own school has recognised them.

    Args:
        session: the sitting to close.
        by: the teacher who closes it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the session.
        SessionAlreadyClosed, SessionCancelled: it was ended before.
        SessionNotStarted: it lies in the future.
        Undecided: some sign-ins wait for the host's word.

    Source: docs/decisions/0004.
    """
    require(may_manage_session, by, session)
    session = locked(session)
    if at < session.starts_at:
        raise SessionNotStarted(session.starts_at)
    settle(session)
    # Whoever signed in while this closing waited for the lock came before the end.
    last = session.attendances.aggregate(last=Max("at"))["last"]
    at = max(at, last) if last else at
    session.closed_at, session.closed_by_uid, session.closed_by_name = at, by.uid, by.name
    session.sign_in_key = ""
    session.save(update_fields=["closed_at", "closed_by_uid", "closed_by_name", "sign_in_key"])
    _mark_hosts(session, by, at)
    _mark_absent(session, by, at)
    _ask_homes(session, at)
    for news in records.by_school(records.of_session(session)):
        ledger.submit(news, by=by, at=at)
    agenda.end_occasion(source_of(session), Occasion.State.HELD)
    item = session.activity.plan_item
    if item:
        planning.mark_held(item, source=source_of(session), on=day_of(session.starts_at))
    if not Minutes.objects.filter(session=session).exists():
        agenda.assign_task(
            source_of(session),
            minutes_duty(session),
            kind=WRITE_MINUTES,
            title=f"补写活动记录：{session.title}"[:120],
            due_on=minutes_due(session),
            organisation=session.organisation,
            at=at,
        )
    trail.record(by, "activities.session-closed", session, at=at)
    return session


def minutes_due(session: Session) -> date:
    """Return the day by which the minutes of `session` are to be written."""
    days = setting_of(session.organisation).minutes_due_days
    return day_of(session.ends_at) + timedelta(days=days)


def _mark_hosts(session: Session, by: Teacher, at: datetime) -> None:
    """Give the hosts who ran the session and have no mark the row `present`."""
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            teacher=host,
            state=Attendance.State.PRESENT,
            method=Method.CLOSING,
            at=at,
            by_uid=by.uid,
        )
        for host in hosts_present(session, by)
    )


def _ask_homes(session: Session, at: datetime) -> None:
    """Ask each invited school of which somebody came to recognise its own people."""
    came = session.attendances.filter(state__in=CAME).values("teacher")
    homes = Organisation.objects.filter(
        pk__in=session.parts.filter(teacher__in=came).exclude(home=None).values("home")
    )
    for home in homes:
        asked = HomeRecognition.objects.create(session=session, organisation=home)
        agenda.assign_task(
            source_of(asked),
            office_of(home),
            kind=RECOGNISE,
            title=f"认定本校教师参加的联合活动：{session.title}"[:120],
            due_on=None,
            organisation=home,
            at=at,
        )


def _mark_absent(session: Session, by: Teacher, at: datetime) -> None:
    """Give everybody who was expected and has no mark the row `absent`; `leave` if away for long.

    Why somebody is on leave is nobody's business here: the row says only that it is entered.
    """
    marked = set(session.attendances.values_list("teacher_id", flat=True))
    away = away_on(session)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            teacher=teacher,
            state=Attendance.State.LEAVE if teacher.pk in away else Attendance.State.ABSENT,
            reason=ON_LEAVE if teacher.pk in away else "",
            method=Attendance.Method.CLOSING,
            at=at,
            by_uid=by.uid,
        )
        for teacher in expected_teachers(session)
        if teacher.pk not in marked
    )

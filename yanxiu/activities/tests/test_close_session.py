"""Closing makes attendance final and turns it into records, awards and entries."""

from datetime import timedelta
from functools import partial

import pytest

from yanxiu.activities import actions, codes
from yanxiu.activities.models import Activity, Attendance, Session
from yanxiu.activities.refusals import SessionAlreadyClosed, SessionClosed, SessionNotStarted
from yanxiu.cast import MORNING, NOON
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger import chain
from yanxiu.ledger.models import Entry, Record
from yanxiu.ledger.models.levels import OrganiserLevel
from yanxiu.people.models import Teacher


@pytest.fixture
def open_session(session: Session, li: Teacher) -> Session:
    return actions.open_sign_in(session, by=li, at=session.starts_at)


def signs_in(session: Session, teacher: Teacher, minutes: int = 1) -> Attendance:
    at = session.starts_at + timedelta(minutes=minutes)
    _session, row = actions.sign_in(session.uid, teacher, at=at, code=codes.code_at(session, at))
    return row


def test_it_gives_hours_to_those_who_came(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    signs_in(open_session, wang)

    actions.close_session(open_session, by=li, at=NOON)

    entry = Entry.objects.get(teacher=wang)
    assert entry.amount > 0
    assert entry.record.assurance == Record.Assurance.OWN_CODE
    assert Entry.objects.get(teacher=li).record.assurance == Record.Assurance.HOST


def test_the_host_who_ran_it_was_there(open_session: Session, li: Teacher, wang: Teacher) -> None:
    signs_in(open_session, wang)

    actions.close_session(open_session, by=li, at=NOON)

    row = open_session.attendances.get(teacher=li)
    assert (row.state, row.method) == (Attendance.State.PRESENT, Attendance.Method.CLOSING)


def test_a_host_whom_somebody_else_stood_in_for_is_not(
    open_session: Session, li: Teacher, wang: Teacher, zhou: Teacher
) -> None:
    signs_in(open_session, wang)

    actions.close_session(open_session, by=zhou, at=NOON)

    assert open_session.attendances.get(teacher=li).state == Attendance.State.ABSENT


def test_what_the_host_says_of_himself_stands(open_session: Session, li: Teacher) -> None:
    actions.call_roll(open_session, {li: "leave"}, by=li, at=open_session.starts_at)

    actions.close_session(open_session, by=li, at=NOON)

    assert open_session.attendances.get(teacher=li).state == Attendance.State.LEAVE


def test_nobody_was_there_where_nobody_came(open_session: Session, li: Teacher) -> None:
    actions.close_session(open_session, by=li, at=NOON)

    assert set(open_session.attendances.values_list("state", flat=True)) == {"absent"}


def test_whoever_has_no_mark_is_absent(open_session: Session, li: Teacher) -> None:
    actions.call_roll(open_session, {li: "present"}, by=li, at=open_session.starts_at)

    actions.close_session(open_session, by=li, at=NOON)

    states = dict(open_session.attendances.values_list("teacher__name", "state"))
    assert states == {"李组长": "present", "王老师": "absent"}


def test_the_late_are_late(open_session: Session, wang: Teacher) -> None:
    assert signs_in(open_session, wang, minutes=11).state == Attendance.State.LATE


def test_nobody_signs_in_afterwards(open_session: Session, li: Teacher, wang: Teacher) -> None:
    at = open_session.starts_at
    code = codes.code_at(open_session, at)
    actions.close_session(open_session, by=li, at=NOON)

    with pytest.raises(SessionClosed, match="更正考勤"):
        actions.sign_in(open_session.uid, wang, at=at, code=code)


def test_it_happens_once(open_session: Session, li: Teacher) -> None:
    actions.close_session(open_session, by=li, at=NOON)

    with pytest.raises(SessionAlreadyClosed, match="12:00"):
        actions.close_session(open_session, by=li, at=NOON)


def test_a_future_session_stays_open(session: Session, li: Teacher) -> None:
    with pytest.raises(SessionNotStarted):
        actions.close_session(session, by=li, at=MORNING)


def test_a_member_cannot_do_it(session: Session, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.close_session(session, by=wang, at=NOON)
    assert Session.objects.get(pk=session.pk).closed_at is None


def test_an_amendment_reverses_and_earns_anew(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    signs_in(open_session, wang)
    actions.call_roll(open_session, {li: "leave"}, by=li, at=open_session.starts_at)
    closed = actions.close_session(open_session, by=li, at=NOON)

    actions.amend_attendance(
        closed, wang, state="absent", reason="代签，本人当天出差", by=li, at=NOON
    )
    actions.amend_attendance(closed, li, state="present", reason="漏点主持人", by=li, at=NOON)

    first, counter = Entry.objects.filter(teacher=wang).order_by("number")
    assert (counter.reverses, counter.amount) == (first, -first.amount)
    assert Entry.objects.get(teacher=li).record.assurance == Record.Assurance.MADE_UP
    assert Record.objects.get(teacher=wang).withdrawn_because.startswith("更正考勤")
    assert chain.faults() == []


def test_the_recorder_writes_the_minutes(session: Session, li: Teacher, wang: Teacher) -> None:
    write = partial(
        actions.save_minutes,
        session,
        process="",
        conclusions="先画图再列式",
        next_steps="",
        version=0,
    )
    with pytest.raises(NotAllowed):
        write(by=wang, at=NOON)

    actions.give_part(session, wang, "recorder", by=li, at=MORNING)

    assert write(by=wang, at=NOON).version == 1


def test_records_say_the_level_in_the_words_of_the_schemes(
    open_session: Session, li: Teacher, wang: Teacher
) -> None:
    signs_in(open_session, wang)
    Activity.objects.update(level=Activity.Level.CENTRAL_SCHOOL)

    actions.close_session(open_session, by=li, at=NOON)

    assert Record.objects.get(teacher=wang).organiser_level == OrganiserLevel.CENTRAL_SCHOOL

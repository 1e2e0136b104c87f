"""Closing and signing in at the same moment: nobody is at a session without a record.

Everything here runs on either database with threads that really write side by side. What is told
of row locks is asked of PostgreSQL alone, for SQLite has none: there one writes at a time.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from tests.conftest import Group, close, make_group, sign_in
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.refusals import SessionAlreadyClosed, SessionClosed
from yanxiu.conftest import Cast
from yanxiu.kernel.refusals import Refusal
from yanxiu.ledger import chain
from yanxiu.ledger.models import Entry, Record
from yanxiu.people.models import Membership, Teacher

ROUNDS = 30
WITH_ROW_LOCKS = pytest.mark.skipif(
    not str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql"),
    reason="SQLite has no row locks: one writes at a time; the second run is on PostgreSQL",
)
PATIENCE_MS = 400
"""How long a lock is waited for where the test is about who waits for whom."""


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that threads can open."""
    return house


@pytest.fixture
def group(cast: Cast) -> Group:
    return make_group(cast, 8)


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all `deeds` at once, each in a thread and connection of its own; refusals are answers."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        start.wait()
        try:
            return in_a_line_of_its_own(deed)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def in_a_line_of_its_own(deed: Callable[[], Any]) -> Any:
    """Do `deed` in this thread and close the connection that the thread opened for it."""
    try:
        return deed()
    finally:
        connection.close()


def later(seconds: float, deed: Callable[[], Any]) -> Callable[[], Any]:
    def wait_and_do() -> Any:
        time.sleep(seconds)
        return deed()

    return wait_and_do


def assert_final(session: Session, came: set[int]) -> None:
    """Assert that exactly `came` are present, each with a record and an entry, nobody late."""
    session = Session.objects.get(pk=session.pk)
    rows = list(Attendance.objects.filter(session=session))
    present = {row.teacher_id for row in rows if row.state == Attendance.State.PRESENT}
    records = Record.objects.filter(source_id=session.uid)
    assert present == came
    assert sorted(records.values_list("teacher_id", flat=True)) == sorted(came)
    assert {row.state for row in rows} <= {"present", "absent"}
    assert len(rows) == Membership.objects.filter(unit=session.unit_id).count()
    assert Entry.objects.filter(record__in=records).count() == len(came)
    assert session.closed_at
    assert [row.at for row in rows if row.at > session.closed_at] == []


def with_host(came: set[int], group: Group) -> set[int]:
    """Return who is present when the leader closes: she ran it, if anybody came at all."""
    return came | {group.leader.pk} if came else came


# ---- the crowd at the door ----
def test_whoever_is_let_in_has_a_record_and_nobody_comes_after_closing(group: Group) -> None:
    let_in = turned_away = 0
    for number in range(ROUNDS):
        session = group.session()
        arrivals = [
            later(place * 0.012, lambda one=one, session=session: sign_in(session, one))  # type: ignore[misc]
            for place, one in enumerate(group.members)
        ]
        closing = later(number * 0.003, lambda session=session: close(session, group.leader))  # type: ignore[misc]

        *answers, closed = together(*arrivals, closing)

        assert isinstance(closed, Session)
        refused = [one for one in answers if not isinstance(one, Attendance)]
        assert {type(one) for one in refused} <= {SessionClosed}
        came = {one.teacher_id for one in answers if isinstance(one, Attendance)}
        assert_final(session, with_host(came, group))
        let_in, turned_away = let_in + len(came), turned_away + len(refused)

    # Otherwise the two have never met, and the rounds have shown nothing.
    assert let_in
    assert turned_away
    assert chain.faults() == []


def test_of_two_hosts_exactly_one_closes(group: Group, zhou: Teacher) -> None:
    for _round in range(10):
        session = group.session()
        sign_in(session, group.members[0])

        answers = together(lambda: close(session, group.leader), lambda: close(session, zhou))  # noqa: B023

        kinds = sorted(type(one).__name__ for one in answers)
        assert kinds == [Session.__name__, SessionAlreadyClosed.__name__]
        came = {group.members[0].pk}
        # Closing shows that the host was there; the office closes from its desk.
        by_the_host = isinstance(answers[0], Session)
        assert_final(session, with_host(came, group) if by_the_host else came)


def test_two_sessions_of_the_same_people_close_at_once_without_a_gap(
    group: Group, zhou: Teacher
) -> None:
    for _round in range(10):
        first, second = group.session(), group.session()
        for member in group.members:
            sign_in(first, member)
        for member in reversed(group.members):
            sign_in(second, member)

        answers = together(lambda: close(first, group.leader), lambda: close(second, zhou))  # noqa: B023

        assert [type(one) for one in answers] == [Session, Session]
    for member in group.members:
        numbers = Entry.objects.filter(teacher=member).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, 21))
    assert chain.faults() == []


def test_the_same_person_on_two_phones_is_there_once(group: Group) -> None:
    session, one = group.session(), group.members[0]

    answers = together(*[lambda: sign_in(session, one)] * 6)

    assert {type(answer) for answer in answers} == {Attendance}
    assert Attendance.objects.get(session=session).teacher == one


# ---- who waits for whom ----
@pytest.fixture
def other_line() -> Iterator[ThreadPoolExecutor]:
    """Somebody else, with a connection of its own that does not wait for locks for long."""

    def impatient() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE_MS}ms'")

    with ThreadPoolExecutor(1) as pool:
        pool.submit(impatient).result()
        yield pool
        # Looked up in there: each thread has a connection of its own.
        pool.submit(lambda: connection.close()).result()  # noqa: PLW0108


def waited_in_vain(deed: Callable[[], Any], line: ThreadPoolExecutor) -> bool:
    """Tell whether `deed` was kept waiting by somebody's lock."""
    try:
        line.submit(deed).result()
    except OperationalError as error:
        return "lock timeout" in str(error)
    return False


@WITH_ROW_LOCKS
def test_a_sign_in_under_way_lets_others_sign_in(
    group: Group, other_line: ThreadPoolExecutor
) -> None:
    session = group.session()
    with transaction.atomic():
        sign_in(session, group.members[0])

        row = other_line.submit(sign_in, session, group.members[1]).result()

    assert row.state == Attendance.State.PRESENT


@WITH_ROW_LOCKS
def test_closing_waits_for_a_sign_in_under_way(
    group: Group, zhao: Teacher, other_line: ThreadPoolExecutor
) -> None:
    session = group.session()
    with transaction.atomic():
        # A walk-in: of one who is expected, closing would meet the row anyway.
        sign_in(session, zhao)

        assert waited_in_vain(lambda: close(session, group.leader), other_line)
    other_line.submit(close, session, group.leader).result()

    records = Record.objects.filter(source_id=session.uid)
    assert set(records.values_list("teacher", flat=True)) == with_host({zhao.pk}, group)


@WITH_ROW_LOCKS
def test_a_sign_in_waits_for_a_closing_under_way_and_is_refused(
    group: Group, zhao: Teacher
) -> None:
    session = group.session()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            close(session, group.leader)
            late = pool.submit(in_a_line_of_its_own, lambda: sign_in(session, zhao))
            assert somebody_waits()

        with pytest.raises(SessionClosed):
            late.result()
    assert_final(session, set())


def somebody_waits() -> bool:
    """Tell whether somebody comes to wait for a lock of ours within some seconds."""
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False


@WITH_ROW_LOCKS
def test_a_sign_in_holds_only_shared_locks_on_sessions(group: Group) -> None:
    session = group.session()
    with transaction.atomic():
        sign_in(session, group.members[0])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT mode FROM pg_locks WHERE pid = pg_backend_pid()"
                " AND relation = 'activities_session'::regclass"
            )
            modes = {mode for (mode,) in cursor.fetchall()}

    assert modes <= {"AccessShareLock", "RowShareLock"}

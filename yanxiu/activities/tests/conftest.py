"""A clock that stands at the hour of the session, and browsers that have logged in."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yanxiu.activities import actions
from yanxiu.activities.models import Session
from yanxiu.people.models import Teacher

LogIn = Callable[[Teacher], Client]


@pytest.fixture
def clock(session: Session) -> Iterator[time_machine.Traveller]:
    """The clock at two minutes past the beginning of the session."""
    with time_machine.travel(session.starts_at + timedelta(minutes=2), tick=False) as traveller:
        yield traveller


@pytest.fixture
def log_in() -> LogIn:
    """Give a browser of its own to a teacher."""

    def enter(teacher: Teacher) -> Client:
        client = Client()
        client.force_login(teacher)
        return client

    return enter


@pytest.fixture
def open_session(session: Session, li: Teacher, clock: time_machine.Traveller) -> Session:
    """The session while people sign in."""
    clock.move_to(session.starts_at + timedelta(minutes=2))
    return actions.open_sign_in(session, by=li, at=session.starts_at)


class Statements(CaptureQueriesContext):
    """The statements of a block without transaction control."""

    CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")

    def __init__(self) -> None:
        super().__init__(connection)
        self.sql: list[str] = []

    def __exit__(self, *problem: object) -> None:
        """Keep the statements: the next request empties the log."""
        super().__exit__(*problem)  # type: ignore[arg-type]
        found = [str(query["sql"]) for query in self.captured_queries]
        self.sql = [sql for sql in found if not sql.startswith(self.CONTROL)]

    @property
    def writes(self) -> list[str]:
        """Those that write."""
        return [sql for sql in self.sql if sql.startswith(("INSERT", "UPDATE", "DELETE"))]

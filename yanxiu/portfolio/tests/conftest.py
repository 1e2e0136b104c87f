"""A clock at the evening of 15 October 2026, browsers, and records made on the way they come."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher

EVENING = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
"""20:00 in Shanghai."""

LogIn = Callable[[Teacher], Client]
TakePart = Callable[..., Record]


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def log_in() -> LogIn:
    """Give a browser of its own to a teacher."""

    def enter(teacher: Teacher) -> Client:
        client = Client()
        client.force_login(teacher)
        return client

    return enter


def statements(client: Client, address: str) -> int:
    """Return how many statements a page needs, transaction control left out."""
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200
    control = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return sum(not one["sql"].startswith(control) for one in found.captured_queries)

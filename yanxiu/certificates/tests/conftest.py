"""A clock at the evening of 15 October 2026, browsers, and a certificate of 王老师."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yanxiu.cast import Cast
from yanxiu.certificates import actions
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.queries.facts import Asked
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher

EVENING = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
"""20:00 in Shanghai."""

TODAY = date(2026, 10, 15)
SCHEME = "cn-central-school-handbook"
YEAR = Span(date(2026, 9, 1), date(2027, 9, 1))

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


@pytest.fixture
def asked(cast: Cast) -> Asked:
    """The school year that runs, asked for today."""
    return Asked(cast.school, SCHEME, YEAR, TODAY)


@pytest.fixture
def certificate(asked: Asked, wang: Teacher, zhou: Teacher, take_part: TakePart) -> Certificate:
    """A certificate of two records of 王老师, issued by 周主任."""
    take_part(wang)
    take_part(wang, date(2026, 9, 20), title="怎样听一节课", role="main_speaker")
    return actions.issue(wang, asked, by=zhou, at=EVENING)


def statements(client: Client, address: str) -> int:
    """Return how many statements a page needs, transaction control left out."""
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200
    control = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return sum(not one["sql"].startswith(control) for one in found.captured_queries)

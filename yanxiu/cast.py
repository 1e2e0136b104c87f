"""Who plays in the tests, when, and what they ask: no fixtures, so that every app may name them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.terms.models import Term

MORNING = datetime(2026, 10, 15, 0, 30, tzinfo=UTC)
"""15 October 2026, 08:30 in Shanghai, a Thursday."""

NOON = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)
"""The same day, 12:00 in Shanghai."""

EVENING = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
"""The same day, 20:00 in Shanghai."""

LogIn = Callable[[Teacher], Client]
"""Gives a browser of its own to a teacher."""


@dataclass
class Cast:
    """The school, its maths and Chinese groups, and everybody in it."""

    school: Organisation
    other_school: Organisation
    maths: Unit
    chinese: Unit
    term: Term
    people: dict[str, Teacher]


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


def statements(client: Client, address: str) -> int:
    """Return how many statements a page needs."""
    with Statements() as found:
        answer = client.get(address)
    assert answer.status_code == 200  # noqa: PLR2004, S101 (asserted for a test)
    return len(found.sql)

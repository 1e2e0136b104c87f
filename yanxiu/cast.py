"""Who plays in the tests, and when: the types alone, so that every app's tests may name them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.terms.models import Term

MORNING = datetime(2026, 10, 15, 0, 30, tzinfo=UTC)
"""15 October 2026, 08:30 in Shanghai, a Thursday."""

NOON = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)
"""The same day, 12:00 in Shanghai."""


@dataclass
class Cast:
    """The school, its maths and Chinese groups, and everybody in it."""

    school: Organisation
    other_school: Organisation
    maths: Unit
    chinese: Unit
    term: Term
    people: dict[str, Teacher]

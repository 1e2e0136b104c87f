"""What the tests of reading stand on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from yanxiu.books import actions
from yanxiu.books.models import ReadingRecord
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.people.models import Teacher

Read = Callable[..., ReadingRecord]


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    """Stand on the day of the cast, so that a term and a list of the day are the same ones."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def read(cast: Cast) -> Read:
    """Begin a book, and read it to the end if `done`."""

    def begun(
        by: Teacher, title: str = "用心做教研", *, done: bool = False, **more: Any
    ) -> ReadingRecord:
        school = by.organisation or cast.school
        record = actions.start_reading(school, title=title, by=by, at=MORNING, **more)
        return actions.change_state(record, "read", by=by, at=NOON) if done else record

    return begun

"""Records of the cast, made on the way they come."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger import actions
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher

TakePart = Callable[..., Record]


@pytest.fixture
def take_part(cast: Cast) -> TakePart:
    """Write the record of one person's part in something that happened at the school."""

    def take(teacher: Teacher, on: date = date(2026, 10, 12), **more: Any) -> Record:
        given = {
            "kind": "research_activity",
            "role": "attendee",
            "title": "单元整体设计",
            "minutes": 90,
            "assurance": Record.Assurance.OWN_CODE,
            "source": Source("made.up", new_uid()),
            **more,
        }
        new = actions.NewRecord(
            teacher=teacher,
            organisation=cast.school,
            happened_at=moment_at(on, time(15)),
            **given,
        )
        return actions.submit([new], by=None, at=NOON)[0]

    return take

"""Occasions without the app that would make them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from yanxiu.agenda import actions
from yanxiu.agenda.models import Occasion
from yanxiu.cast import Cast
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Unit

Plan = Callable[..., Occasion]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Plan an occasion of a unit or, with None, of the school."""

    def made(starts_at: datetime, unit: Unit | None = None, **rest: Any) -> Occasion:
        given: dict[str, Any] = {
            "organisation": cast.school,
            "unit": unit,
            "title": "研讨",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=90),
            "source_kind": "activities.session",
            "source_id": new_uid(),
        }
        (row,) = actions.plan_occasions([Occasion(**{**given, **rest})])
        return row

    return made

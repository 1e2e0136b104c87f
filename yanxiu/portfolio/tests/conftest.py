"""A clock at the evening of 15 October 2026, and records made on the way they come."""

from collections.abc import Callable

import pytest
import time_machine

from yanxiu.ledger.models import Record

TakePart = Callable[..., Record]


@pytest.fixture(autouse=True)
def _evening(clock: time_machine.Traveller) -> None:
    """Everything here happens at EVENING."""

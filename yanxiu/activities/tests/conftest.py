"""A clock that stands at the hour of the session."""

from datetime import timedelta

import pytest
import time_machine

from yanxiu.activities import actions
from yanxiu.activities.models import Session
from yanxiu.people.models import Teacher


@pytest.fixture
def clock(clock: time_machine.Traveller, session: Session) -> time_machine.Traveller:
    """The clock at two minutes past the beginning of the session."""
    clock.move_to(session.starts_at + timedelta(minutes=2))
    return clock


@pytest.fixture
def open_session(session: Session, li: Teacher, clock: time_machine.Traveller) -> Session:
    """The session while people sign in."""
    clock.move_to(session.starts_at + timedelta(minutes=2))
    return actions.open_sign_in(session, by=li, at=session.starts_at)

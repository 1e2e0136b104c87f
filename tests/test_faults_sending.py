"""A channel that hangs holds up no other: each sends in a thread of its own."""

import time
from pathlib import Path

import pytest

from yanxiu.cast import MORNING
from yanxiu.notices import keys, sending
from yanxiu.notices.channels import door
from yanxiu.notices.keys import RobotKey
from yanxiu.notices.models import Message, Robot
from yanxiu.notices.tests.conftest import Put, _local_robots, put, reader, robot
from yanxiu.notices.tests.fakes import fake
from yanxiu.people.models import Teacher

__all__ = ["_local_robots", "put", "reader", "robot"]


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that threads can open."""
    return house


def state(message: Message) -> tuple[str, int]:
    message.refresh_from_db()
    return message.state, message.attempts


def test_a_channel_that_hangs_delays_no_other(
    put: Put, robot: Robot, reader: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = door.post_json
    monkeypatch.setattr(door, "post_json", lambda url, body: given(url, body, seconds=3.0))
    ended: dict[str, float] = {}
    kept = sending._end
    began = time.monotonic()

    def end(message: Message, *rest: object, **named: object) -> str:
        ended[message.channel] = time.monotonic() - began
        return kept(message, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_end", end)
    hanging = put(channel="wecom", robot=robot)
    put(channel="email", teacher=reader)
    with fake("hanging") as there:
        keys.keep(robot.uid, RobotKey(there.url))
        sending.send_waiting(clock=lambda: MORNING)

    assert ended["email"] < 2
    assert time.monotonic() - began >= 3
    assert state(hanging) == ("waiting", 1)

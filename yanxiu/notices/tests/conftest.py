"""A robot of the maths group, and messages on their way."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.uids import new_uid
from yanxiu.notices import actions
from yanxiu.notices.models import Message, NoticeWishes, Robot
from yanxiu.people.models import Teacher

Put = Callable[..., Message]


@pytest.fixture(autouse=True)
def _local_robots(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let robots be on this machine, asked without a proxy."""
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    settings.EMAIL_HOST = "mail.example.cn"
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def robot(
    cast: Cast, li: Teacher, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Robot:
    """The robot of the maths group; nobody listens at its address."""
    with django_capture_on_commit_callbacks(execute=True):
        return actions.add_robot(
            cast.school, cast.maths, channel="wecom", name="数学组群", digest_hour=7,
            url="http://127.0.0.1:9/robot?key=very-secret-key", secret="", by=li, at=MORNING,
        )  # fmt: skip


@pytest.fixture
def put(cast: Cast) -> Put:
    """Put a message on its way."""

    def made(due_at: datetime = MORNING, **rest: Any) -> Message:
        given: dict[str, Any] = {
            "key": f"x:{new_uid()}",
            "purpose": Message.Purpose.DIGEST,
            "organisation": cast.school,
            "title": "今天的安排",
            "made_at": MORNING,
            "due_at": due_at,
        }
        message: Message = Message.objects.create(**{**given, **rest})
        return message

    return made


@pytest.fixture
def reader(wang: Teacher) -> Teacher:
    """王老师 with a confirmed address."""
    NoticeWishes.objects.create(teacher=wang, email="wang@example.cn", email_confirmed_at=MORNING)
    return wang

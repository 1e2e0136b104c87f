"""A job of 王老师, and somebody who begins it."""

from collections.abc import Callable
from typing import Any

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.jobs import actions, table
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import Running
from yanxiu.jobs.table import Work
from yanxiu.jobs.tests.works import CODE
from yanxiu.people.models import Teacher

Begin = Callable[..., Job]


@pytest.fixture
def begin(cast: Cast, wang: Teacher, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Start a job that does what is given."""

    def begin(run: Callable[[Running], None], **more: Any) -> Job:
        monkeypatch.setitem(table._WORKS, CODE, Work(CODE, name="编的任务", run=run))
        given = {"title": "合订本", "detail": {}, "by": wang, "organisation": cast.school}
        return actions.start(CODE, **{**given, "at": MORNING, **more})

    return begin

"""What the tests of works stand on."""

from collections.abc import Callable
from typing import Any

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.models import Work, WorkKind

Write = Callable[..., Work]


def kind(code: str) -> WorkKind:
    return WorkKind.objects.get(organisation=None, code=code)


@pytest.fixture
def write(cast: Cast) -> Write:
    """Begin a work of a kind, a reflection by itself."""

    def written(by: Teacher, code: str = "reflection", **more: Any) -> Work:
        given: dict[str, Any] = {
            "title": "认识周长一课的反思",
            "texts": {"success": "用绳子围树叶这一步，孩子们都动了手。", "slips": "漏了单位。"},
        }
        if code != "reflection":
            given["texts"] = {"": "在操作里理解周长，比背公式牢。"}
        return actions.start(
            kind(code), organisation=cast.school, by=by, at=MORNING, **{**given, **more}
        )

    return written

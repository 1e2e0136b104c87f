"""The lesson kinds that every installation starts with."""

from pathlib import Path
from typing import Any

from yanxiu.kernel.shipped import shipped
from yanxiu.laying import lay
from yanxiu.lessons.models import LessonKind

HERE = Path(__file__).resolve().parent.parent
FIELDS = ("name", "record_kind", "is_open", "tells_before", "order")


def lay_ground() -> None:
    """Add the shipped lesson kinds that are missing, and count the others as shipped now."""
    given = shipped(HERE / "kinds.yaml")
    lay(LessonKind, [_kind(row, order) for order, row in enumerate(given)], FIELDS)


def _kind(given: dict[str, Any], order: int) -> LessonKind:
    return LessonKind(
        code=given["code"],
        name=given["name"],
        record_kind=given.get("record", ""),
        is_open=given.get("open", True),
        tells_before=given.get("told", True),
        order=order,
    )

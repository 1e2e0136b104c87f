"""The activity kinds that every installation starts with."""

from pathlib import Path
from typing import Any

from yanxiu.activities.models import ActivityKind
from yanxiu.kernel.shipped import shipped
from yanxiu.laying import lay

HERE = Path(__file__).resolve().parent.parent
FIELDS = ("name", "activity_class", "is_series", "is_one_way", "asks_feedback")


def lay_ground() -> None:
    """Add the shipped activity kinds that are missing, and count the others as shipped now."""
    given = shipped(HERE / "kinds.yaml")
    lay(ActivityKind, [_kind(row, order) for order, row in enumerate(given)], FIELDS)


def _kind(given: dict[str, Any], order: int) -> ActivityKind:
    return ActivityKind(
        code=given["code"],
        name=given["name"],
        record_kind=given["record_kind"],
        activity_class=given["class"],
        is_series=given.get("series", False),
        is_one_way=given.get("one_way", False),
        asks_feedback=given.get("feedback", True),
        order=order,
    )

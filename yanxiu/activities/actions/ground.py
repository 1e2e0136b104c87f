"""The activity kinds that every installation starts with."""

from pathlib import Path
from typing import Any

import yaml

from yanxiu.activities.models import ActivityKind

HERE = Path(__file__).resolve().parent.parent
FIELDS = ("name", "activity_class", "is_series", "is_one_way", "asks_feedback")


def lay_ground() -> None:
    """Add the shipped activity kinds that are missing, and count the others as shipped now.

    A school cannot change what is shipped, so nothing of its own is overwritten.
    """
    standing = {kind.code: kind for kind in ActivityKind.objects.filter(organisation=None)}
    kinds = yaml.safe_load((HERE / "kinds.yaml").read_text(encoding="utf-8"))
    shipped = [_kind(given, order) for order, given in enumerate(kinds)]
    ActivityKind.objects.bulk_create(kind for kind in shipped if kind.code not in standing)
    changed = []
    for kind in shipped:
        old = standing.get(kind.code)
        if old and any(getattr(old, name) != getattr(kind, name) for name in FIELDS):
            for name in FIELDS:
                setattr(old, name, getattr(kind, name))
            changed.append(old)
    ActivityKind.objects.bulk_update(changed, FIELDS)


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

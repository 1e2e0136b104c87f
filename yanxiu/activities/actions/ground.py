"""The activity kinds that every installation starts with."""

from pathlib import Path

import yaml

from yanxiu.activities.models import ActivityKind

HERE = Path(__file__).resolve().parent.parent


def lay_ground() -> None:
    """Add the shipped activity kinds that are missing."""
    known = set(ActivityKind.objects.filter(organisation=None).values_list("code", flat=True))
    kinds = yaml.safe_load((HERE / "kinds.yaml").read_text(encoding="utf-8"))
    ActivityKind.objects.bulk_create(
        ActivityKind(
            code=kind["code"], name=kind["name"], record_kind=kind["record_kind"], order=order
        )
        for order, kind in enumerate(kinds)
        if kind["code"] not in known
    )

"""The rows that every installation starts with."""

from pathlib import Path

import yaml

from yanxiu.people.models import Role, UnitKind

HERE = Path(__file__).resolve().parent.parent


def lay_ground() -> None:
    """Add the shipped roles and unit kinds that are missing; change none that a school edited."""
    known = set(Role.objects.values_list("code", flat=True))
    roles = yaml.safe_load((HERE / "roles.yaml").read_text(encoding="utf-8"))
    Role.objects.bulk_create(
        Role(code=role["code"], name=role["name"], rights=role["rights"], order=order)
        for order, role in enumerate(roles)
        if role["code"] not in known
    )
    known = set(UnitKind.objects.filter(organisation=None).values_list("code", flat=True))
    kinds = yaml.safe_load((HERE / "unit_kinds.yaml").read_text(encoding="utf-8"))
    UnitKind.objects.bulk_create(
        UnitKind(code=kind["code"], name=kind["name"], order=order)
        for order, kind in enumerate(kinds)
        if kind["code"] not in known
    )

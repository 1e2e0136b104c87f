"""The rows that every installation starts with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yanxiu.kernel.shipped import shipped
from yanxiu.people.models import Role, UnitKind

HERE = Path(__file__).resolve().parent.parent
_GAINED = ("governs", "rights", "leader_rights", "leader_title", "leader_text", "across")
"""What unit kinds have gained since the first version."""


def lay_ground() -> None:
    """Add the shipped roles and unit kinds that are missing; change none that a school edited."""
    known = {role.code: role for role in Role.objects.all()}
    for order, role in enumerate(_shipped("roles.yaml")):
        standing = known.get(role["code"])
        if standing is None:
            Role.objects.create(order=order, **role)
        elif standing.leading is None:
            _complete(standing, role)
    kinds = UnitKind.objects.filter(organisation=None)
    seen = {kind.code: kind for kind in kinds}
    for order, kind in enumerate(_shipped("unit_kinds.yaml")):
        standing_kind = seen.get(kind["code"])
        if standing_kind is None:
            UnitKind.objects.create(order=order, **kind)
        elif not (standing_kind.governs or standing_kind.leader_text or standing_kind.across):
            _complete_kind(standing_kind, kind)


def _shipped(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = shipped(HERE / name)
    return rows


def _complete(role: Role, shipped: Mapping[str, Any]) -> None:
    """Give a role of an earlier version what roles have gained since; rights stay as they are."""
    role.leading = shipped["leading"]
    role.text = role.text or shipped["text"]
    role.save(update_fields=["leading", "text"])


def _complete_kind(kind: UnitKind, shipped: Mapping[str, Any]) -> None:
    """Give a shipped kind of an earlier version what kinds have gained since."""
    gained = [name for name in _GAINED if name in shipped]
    for name in gained:
        setattr(kind, name, shipped[name])
    if gained:
        kind.save(update_fields=gained)

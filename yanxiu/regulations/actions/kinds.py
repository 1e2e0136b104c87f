"""Kinds of rules, and which of them every school must have."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.shipped import shipped
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.regulations.models import RegulationKind, RequiredKind
from yanxiu.regulations.permissions import RIGHT
from yanxiu.regulations.queries import kinds_offered

SHIPPED = Path(__file__).resolve().parent.parent / "kinds.yaml"


@transaction.atomic
def lay_ground() -> None:
    """Add the shipped kinds that are missing; what is there is left as it is."""
    there = set(RegulationKind.objects.filter(organisation=None).values_list("code", flat=True))
    RegulationKind.objects.bulk_create(
        RegulationKind(
            code=kind["code"],
            name=kind["name"],
            is_required=kind.get("required", False),
            governs=kind.get("governs", []),
            order=order,
        )
        for order, kind in enumerate(shipped(SHIPPED))
        if kind["code"] not in there
    )


@transaction.atomic
def add_kind(organisation: Organisation, name: str, *, by: Teacher, at: datetime) -> RegulationKind:
    """Add a kind of rule for `organisation` and all below it.

    Raises:
        NotAllowed: `by` does not write the rules there.
        BadInput: the name is empty or taken.
    """
    require_right(by, RIGHT, organisation)
    name = name.strip()
    if not name:
        raise BadInput("没有写类别名称，没有添加。请写上名称，如“课题管理制度”。")
    if kinds_offered(organisation).filter(name=name).exists():
        raise BadInput(f"已有“{name}”这一类，没有重复添加。请直接使用。")
    kind = RegulationKind.objects.create(
        organisation=organisation, code=f"own-{new_uid().hex[-12:]}", name=name, order=100
    )
    detail = {"kind": name}
    trail.record(by, "regulations.kind-added", organisation, at=at, detail=detail)
    return kind


@transaction.atomic
def require_kinds(
    organisation: Organisation, kinds: Iterable[RegulationKind], *, by: Teacher, at: datetime
) -> None:
    """Set which kinds `organisation` and every school below it must have in force.

    None at all means: follow the superior again.

    Raises:
        NotAllowed: `by` does not write the rules there.
    """
    require_right(by, RIGHT, organisation)
    wanted = list(kinds)
    RequiredKind.objects.filter(organisation=organisation).exclude(kind__in=wanted).delete()
    RequiredKind.objects.bulk_create(
        [RequiredKind(organisation=organisation, kind=kind) for kind in wanted],
        ignore_conflicts=True,
    )
    detail = {"kinds": [kind.name for kind in wanted]}
    trail.record(by, "regulations.kinds-required", organisation, at=at, detail=detail)

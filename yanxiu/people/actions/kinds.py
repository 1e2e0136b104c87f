"""Kinds of unit: what a school adds, renames or no longer uses."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import require_own_right
from yanxiu.people.actions.roles import in_order, require_reach_of
from yanxiu.people.models import Organisation, Teacher, Unit, UnitKind


@dataclass(frozen=True)
class KindFacts:
    """What a kind of unit is, as a form asks for it."""

    name: str
    leader_title: str = "组长"
    leader_text: str = ""
    governs: str = ""
    rights: Collection[str] = field(default_factory=list)
    leader_rights: Collection[str] = field(default_factory=list)
    across: bool = False
    retired: bool = False

    def values(self) -> dict[str, Any]:
        """Return the columns; only what governs carries rights, and leaders have all of them."""
        rights = in_order(self.rights) if self.governs else []
        leading = in_order({*self.leader_rights, *rights}) if self.governs else []
        return {
            "name": self.name.strip(),
            "leader_title": self.leader_title.strip() or "组长",
            "leader_text": self.leader_text.strip(),
            "governs": self.governs,
            "rights": rights,
            "leader_rights": leading,
            "across": self.across,
            "retired": self.retired,
        }


def _require_name(name: str, organisation: Organisation, code: str) -> None:
    here = Q(organisation=None) | Q(organisation__in=organisation.lineage)
    taken = UnitKind.objects.filter(here, name=name, retired=False).exclude(code=code)
    if not name or taken.exists():
        raise BadInput(f"类别名称“{name}”是空的，或这里已有，没有保存。请换一个名称。")


@transaction.atomic
def add_kind(
    organisation: Organisation, facts: KindFacts, *, by: Teacher, at: datetime
) -> UnitKind:
    """Add a kind of unit for `organisation` and all below it.

    Raises:
        NotAllowed: `by` does not manage its people in the own name.
        OutOfReach: its units would carry rights that `by` does not hold there.
        BadInput: the name is empty or taken.
    """
    require_own_right(by, "manage_people", organisation)
    values = facts.values()
    _require_name(values["name"], organisation, code="")
    require_reach_of(values["leader_rights"], organisation, by=by)
    kind = UnitKind.objects.create(
        organisation=organisation, code=new_uid().hex, order=50, **values
    )
    trail.record(by, "people.unit-kind-added", kind, at=at, detail=_told(organisation, values))
    return kind


@transaction.atomic
def change_kind(
    kind: UnitKind, organisation: Organisation, facts: KindFacts, *, by: Teacher, at: datetime
) -> UnitKind:
    """Change a kind for `organisation` and below; what others use stays as it is.

    A kind from above, or one that came with the system, gets a row of the organisation's own with
    the same code, and the units of the organisation and below go over to it.

    Raises:
        NotAllowed: `by` does not manage its people in the own name.
        OutOfReach: a right is added that `by` does not hold there.
        BadInput: the name is empty or taken, or the kind is still used and would be retired.
    """
    require_own_right(by, "manage_people", organisation)
    values = facts.values()
    _require_name(values["name"], organisation, code=kind.code)
    before = {*kind.rights, *kind.leader_rights}
    require_reach_of(set(values["leader_rights"]) - before, organisation, by=by)
    here = Unit.objects.filter(
        kind__code=kind.code, organisation__path__startswith=organisation.path
    )
    if values["retired"] and (living := here.filter(ends_on=None).count()):
        raise BadInput(f"还有{living}个单位属于这一类，没有停用。请先撤销它们，或只改名称。")
    changed, _fresh = UnitKind.objects.update_or_create(
        organisation=organisation,
        code=kind.code,
        defaults=values,
        create_defaults={**values, "order": kind.order},
    )
    here.filter(kind=kind).update(kind=changed)
    detail = {"before": sorted(before), **_told(organisation, values)}
    trail.record(by, "people.unit-kind-changed", changed, at=at, detail=detail)
    return changed


def _told(organisation: Organisation, values: dict[str, Any]) -> dict[str, Any]:
    told = ("name", "governs", "rights", "leader_rights", "retired")
    return {"organisation": str(organisation.uid), **{name: values[name] for name in told}}

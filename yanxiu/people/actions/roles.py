"""Roles that a school makes for itself, and the rights that kinds of unit carry."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import require_own_right
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.people.refusals.rights import OutOfReach, ShippedStays
from yanxiu.people.rights import RIGHTS


def require_reach_of(rights: Iterable[str], organisation: Organisation, *, by: Teacher) -> None:
    """Make sure that `by` holds each of `rights` in `organisation` in the own name.

    Raises:
        OutOfReach: some are not held there, or only lent.
    """
    beyond = [
        right
        for right in rights
        if not any(organisation.path.startswith(path) for path in by.reach_paths(right, own=True))
    ]
    if beyond:
        raise OutOfReach([str(RIGHTS[right]) for right in beyond])


def in_order(rights: Collection[str]) -> list[str]:
    """Return the known ones of `rights` in the order in which they are always shown."""
    return [right for right in RIGHTS if right in rights]


def _require_name(name: str, organisation: Organisation, own: Role | None = None) -> str:
    name = name.strip()
    here = Q(organisation=None) | Q(organisation__in=organisation.lineage)
    taken = Role.objects.filter(here, name=name)
    if not name or (taken.exclude(pk=own.pk) if own else taken).exists():
        raise BadInput(f"岗位名称“{name}”是空的，或这里已有，没有保存。请换一个名称。")
    return name


@transaction.atomic
def make_role(
    organisation: Organisation,
    name: str,
    rights: Collection[str],
    *,
    by: Teacher,
    at: datetime,
    text: str = "",
    leading: bool = False,
) -> Role:
    """Make a role for `organisation` and all below it.

    Raises:
        NotAllowed: `by` does not manage its people in the own name.
        OutOfReach: a right is wanted that `by` does not hold there.
        BadInput: the name is empty or taken.
    """
    require_own_right(by, "manage_people", organisation)
    name = _require_name(name, organisation)
    rights = in_order(rights)
    require_reach_of(rights, organisation, by=by)
    role = Role.objects.create(
        organisation=organisation, code=new_uid().hex, name=name, rights=rights,
        text=text.strip(), leading=leading, order=50,
    )  # fmt: skip
    detail = {"name": name, "rights": rights, "organisation": str(organisation.uid)}
    trail.record(by, "people.role-made", role, at=at, detail=detail)
    return role


@transaction.atomic
def change_role(
    role: Role,
    *,
    name: str,
    rights: Collection[str],
    by: Teacher,
    at: datetime,
    text: str = "",
    leading: bool = False,
    retired: bool = False,
) -> Role:
    """Change a role of a school; whoever holds it has the new rights at once.

    A retired role is given to nobody any more; those who hold it keep it until their post ends.

    Raises:
        ShippedStays: the role came with the system.
        NotAllowed: `by` does not manage the people of its organisation in the own name.
        OutOfReach: a right is added that `by` does not hold there.
        BadInput: the name is empty or taken.
    """
    if role.organisation is None:
        raise ShippedStays(role.name)
    require_own_right(by, "manage_people", role.organisation)
    organisation = role.organisation
    role = Role.objects.select_for_update().get(pk=role.pk)
    name = _require_name(name, organisation, own=role)
    before, after = list(role.rights), in_order(rights)
    require_reach_of(set(after) - set(before), organisation, by=by)
    role.name, role.rights, role.text = name, after, text.strip()
    role.leading, role.retired = leading, retired
    role.save()
    detail = {"name": name, "before": before, "after": after, "retired": retired}
    trail.record(by, "people.role-changed", role, at=at, detail=detail)
    return role

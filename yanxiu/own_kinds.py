"""Kinds that a school adds beside those that are shipped, of activities, lessons or works.

A kind is a row of a model with `organisation`, which is empty for what is shipped, `code`, `name`,
`order` and `retired_on`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Max, Model, Q, QuerySet

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, Refusal
from yanxiu.people.models import Organisation, Teacher

LONGEST_NAME = 40

Kind = TypeVar("Kind", bound=Model)


def near(model: type[Kind], organisation: Organisation) -> "QuerySet[Kind]":
    """Return the shipped kinds, those of `organisation` and those of its superiors."""
    return model._default_manager.filter(
        Q(organisation=None) | Q(organisation__in=organisation.lineage)
    )


def own_code(model: type[Model], organisation: Organisation) -> str:
    """Return a code that no kind of `organisation` has, the retired ones included."""
    rows: Any = model._default_manager.filter(organisation=organisation)
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"own_{number}" in taken:
        number += 1
    return f"own_{number}"


def next_order(model: type[Model]) -> int:
    """Return the place behind all kinds."""
    last: int | None = model._default_manager.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def free_name(
    among: "QuerySet[Any]",
    name: str,
    *,
    missing: str,
    taken: Callable[[str], Refusal],
    leave_out: int | None = None,
) -> str:
    """Return `name` as it can be stored, if none of the kinds `among` has it that is not retired.

    Args:
        among: the kinds that somebody chooses from.
        name: as it was typed.
        missing: the sentence that says that there is none.
        taken: makes the refusal that says that it is taken.
        leave_out: the primary key of the kind that is renamed or comes back.

    Raises:
        BadInput: there is none. What `taken` makes: another kind has it.
    """
    name = name.strip()[:LONGEST_NAME]
    if not name:
        raise BadInput(missing)
    if among.filter(name=name, retired_on=None).exclude(pk=leave_out or 0).exists():
        raise taken(name)
    return name


def retire(kind: Kind, verb: str, *, on: date | None, by: Teacher, at: datetime) -> Kind:
    """Offer `kind` no more from `on`, or again where `on` is None; the caller asked who may.

    `verb` is that of the line in the trail of its organisation.
    """
    row: Any = kind
    row.retired_on = on
    row.save(update_fields=["retired_on"])
    detail = {"name": row.name, "on": on.isoformat() if on else ""}
    trail.record(by, verb, row.organisation, at=at, detail=detail)
    return kind

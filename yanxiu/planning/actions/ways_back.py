"""What a merge of a document and its way back share: rows as JSON can hold them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from yanxiu.kernel.amounts import plain
from yanxiu.planning.actions.pairing import pointing_at
from yanxiu.planning.models import Plan, PlanPart

REASON = 200


@dataclass(frozen=True)
class Merged:
    """How much of a plan a document changed, or how much of that was taken back and what not."""

    plan: Plan
    added: int = 0
    changed: int = 0
    removed: int = 0
    left: int = 0

    @property
    def total(self) -> int:
        """How many places there are in all."""
        return self.added + self.changed + self.removed


def locked(plan: Plan) -> Plan:
    """Return the plan as it is now, its row locked."""
    rows = Plan.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "unit", "term", "teacher").get(pk=plan.pk)


def written(row: models.Model, name: str) -> Any:
    """Return a column as JSON can hold it; another row by its uid, which outlives a move."""
    value = getattr(row, name)
    if isinstance(value, models.Model):
        return str(getattr(value, "uid", value.pk))
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date | time | UUID):
        return str(value)
    return value


def value_of(model: type[models.Model], name: str, text: Any) -> Any:
    """Return what `written` wrote; None for another row that is no longer there."""
    column = model._meta.get_field(name)
    other = column.related_model
    if text is None or not isinstance(column, models.Field):
        return None
    if isinstance(other, type):
        by = "uid" if any(each.name == "uid" for each in other._meta.fields) else "pk"
        return other._default_manager.filter(**{by: text}).first()
    return column.to_python(text)


def links_to(parts: Iterable[PlanPart]) -> dict[UUID, list[list[Any]]]:
    """Return which rows point at each of `parts` and lose that when it goes, by its uid."""
    found: defaultdict[UUID, list[list[Any]]] = defaultdict(list)
    for rows, relation in pointing_at(parts, models.SET_NULL):
        name, other = relation.field.name, relation.related_model
        pointing = other._default_manager.filter(**{f"{name}__in": rows})
        uids: defaultdict[int, list[str]] = defaultdict(list)
        for pk, uid in pointing.values_list(relation.field.attname, "uid"):
            uids[pk].append(str(uid))
        for row in rows:
            if row.pk in uids:
                found[row.uid].append([other._meta.label, name, uids[row.pk]])
    return found

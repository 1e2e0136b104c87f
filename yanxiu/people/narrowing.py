"""Rows of persons within the scope of a report: a unit's are those of its members of the day."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from yanxiu.figures.table import Scope
from yanxiu.people.models import Membership


def narrow(rows: Any, scope: Scope, person: str = "teacher", day: str = "happened_on") -> Any:
    """Narrow `rows`, dated by the column `day`, to `scope`; a unit by its members of that day."""
    rows = scope.narrow(rows, unit=None, teacher=person)
    if scope.unit is None:
        return rows
    members = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef(day)),
        unit=scope.unit,
        teacher=OuterRef(person),
        starts_on__lte=OuterRef(day),
    )
    return rows.filter(Exists(members))

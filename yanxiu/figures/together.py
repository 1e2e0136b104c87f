"""Several numbers in one statement, for a page that shows many at once."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from yanxiu.figures.reckoning import Counted, Persons
from yanxiu.figures.table import Figure, Scope


class CountOf(Subquery):
    """How many rows a query has, as one column of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def values_together(
    figures: Iterable[Figure], scope: Scope, beside: "QuerySet[Any]"
) -> dict[str, Decimal]:
    """Return the numbers of `figures` by code, each as `Figure.value` gives it.

    Those that count rows or persons come in one statement, as columns of `beside`, a query of one
    row; a sum is asked for by itself.
    """
    counted, found = {}, {}
    for figure in figures:
        rows = _counted(figure, scope)
        if rows is None:
            found[figure.code] = figure.value(scope)
        else:
            counted[figure.code] = CountOf(rows)
    numbers = beside.order_by().values_list(*counted.values()) if counted else []
    row = next(iter(numbers), (0,) * len(counted))
    return found | {code: Decimal(number or 0) for code, number in zip(counted, row, strict=True)}


def _counted(figure: Figure, scope: Scope) -> "QuerySet[Any] | None":
    """Return the query whose rows are the number, None if they have to be added up."""
    if isinstance(figure.reckon, Counted):
        return figure.rows(scope).order_by().values("pk")
    if isinstance(figure.reckon, Persons):
        return figure.rows(scope).order_by().values(figure.reckon.field).distinct()
    return None

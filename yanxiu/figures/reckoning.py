"""Ways to make one number of rows: of all at once, or of each organisation's, joined afterwards."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Aggregate, Count, QuerySet


class Reckon(Protocol):
    """How rows become a number; `parts` and `joined` do the same by way of the organisations."""

    def __call__(self, rows: "QuerySet[Any]") -> Decimal:
        """Return the number of `rows`."""

    def parts(self, rows: "QuerySet[Any]") -> Iterable[tuple[str, Any]]:
        """Yield for each organisation (`place_path`) what its rows add to the number."""

    def joined(self, parts: Iterable[Any]) -> Decimal:
        """Return the number that `parts` make together."""


@dataclass(frozen=True)
class Counted:
    """The number of rows, each of which lies in one organisation."""

    def __call__(self, rows: "QuerySet[Any]") -> Decimal:
        """Count them."""
        return Decimal(rows.count())

    def parts(self, rows: "QuerySet[Any]") -> Iterable[tuple[str, Any]]:
        """Count them by organisation."""
        counted = rows.values("place_path").annotate(number=Count("pk"))
        yield from counted.values_list("place_path", "number")

    def joined(self, parts: Iterable[Any]) -> Decimal:
        """Add them up."""
        return Decimal(sum(parts))


COUNTED = Counted()


@dataclass(frozen=True)
class Persons:
    """The number of different values of `field`; one that lies in two organisations is one."""

    field: str

    def __call__(self, rows: "QuerySet[Any]") -> Decimal:
        """Count the different ones."""
        return Decimal(rows.order_by().values(self.field).distinct().count())

    def parts(self, rows: "QuerySet[Any]") -> Iterable[tuple[str, Any]]:
        """Tell which there are in each organisation."""
        return rows.values_list("place_path", self.field).distinct()

    def joined(self, parts: Iterable[Any]) -> Decimal:
        """Count the different ones of all."""
        return Decimal(len(set(parts)))


@dataclass(frozen=True)
class Total:
    """What `add` (a Sum) makes of the rows; `finish` turns the total into the number."""

    add: Aggregate
    finish: Callable[[Any], Decimal] = Decimal

    def __call__(self, rows: "QuerySet[Any]") -> Decimal:
        """Add up all."""
        return self.finish(rows.aggregate(total=self.add)["total"] or 0)

    def parts(self, rows: "QuerySet[Any]") -> Iterable[tuple[str, Any]]:
        """Add up by organisation."""
        added = rows.values("place_path").annotate(total=self.add)
        yield from added.values_list("place_path", "total")

    def joined(self, parts: Iterable[Any]) -> Decimal:
        """Add up the totals."""
        known = [part for part in parts if part is not None]
        return self.finish(sum(known[1:], start=known[0]) if known else 0)

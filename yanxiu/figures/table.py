"""The table of figures: numbers that can be opened down to the rows behind them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet, Sum

from yanxiu.figures.reckoning import COUNTED, Persons, Reckon, Total
from yanxiu.kernel.spans import Span

Rows = TypeVar("Rows", bound="QuerySet[Any]")


@dataclass(frozen=True)
class Scope:
    """What a figure is asked about.

    Attributes:
        organisation: the primary key of the school (or superior body).
        path: the organisation's path; its own rows and those of all below it belong to the scope.
        span: the days `[start, end)`.
        unit: the primary key of one unit, or None for all.
        teacher: the primary key of one teacher, or None for all.
    """

    organisation: int
    path: str
    span: Span
    unit: int | None = None
    teacher: int | None = None

    def narrow(
        self,
        rows: Rows,
        *,
        organisation: str = "organisation",
        unit: str | None = "unit",
        teacher: str | None = "teacher",
    ) -> Rows:
        """Return those of `rows` that belong to the scope; the days are left to the caller.

        Args:
            rows: rows of any model.
            organisation: the lookup of the organisation.
            unit: the lookup of the unit, None where `rows` know no unit or the caller asks.
            teacher: the lookup of the teacher, None likewise.
        """
        wanted: dict[str, Any] = {f"{organisation}__path__startswith": self.path}
        if unit is not None and self.unit is not None:
            wanted[unit] = self.unit
        if teacher is not None and self.teacher is not None:
            wanted[teacher] = self.teacher
        return rows.filter(**wanted)


@dataclass(frozen=True)
class Cell:
    """One cell of an opened figure; `uid` and `kind` make it a link where the reader may go."""

    text: str
    kind: str = ""
    uid: Any = None


Place = Callable[["QuerySet[Any]", Scope], "QuerySet[Any]"]
"""Gives each row the path of its organisation as `place_path`; a row may stand in several."""


@dataclass(frozen=True)
class Figure:
    """数据项: one number with its meaning and the rows it is reckoned from.

    The number is always an aggregate over `rows(scope)`, so it cannot differ from what opens.

    Attributes:
        code: the stable name, `app.what`.
        name: what people call it.
        meaning: one sentence that says what is counted and what is not.
        unit: the unit of the number (场, 人次, 学时 …).
        rows: the rows behind the number.
        reckon: the number of those rows; counting them is the usual way.
        seen_by: which rows a reader may open, a function from a teacher to `Q`.
        columns: the headings of an opened figure.
        cells: one opened row.
        opened: `rows` with all that `cells` needs, in their order.
        place: tells in which organisation each row lies, so that the numbers of all schools come
            in one statement; the same as asking each school, which a test holds it to.
    """

    code: str
    name: str
    meaning: str
    unit: str
    rows: Callable[[Scope], "QuerySet[Any]"]
    columns: Sequence[str]
    cells: Callable[[Any], Sequence[Cell]]
    seen_by: Callable[[Any], Q]
    reckon: Reckon = COUNTED
    opened: Callable[["QuerySet[Any]"], "QuerySet[Any]"] = lambda rows: rows
    place: Place | None = None

    def value(self, scope: Scope) -> Decimal:
        """Return the number for `scope`."""
        return self.reckon(self.rows(scope))

    def values(self, scope: Scope, paths: Iterable[str]) -> dict[str, Decimal]:
        """Return the number for `scope` narrowed to each of `paths`, which lie below its own.

        One statement, where the figure says in which organisation its rows lie; else one a path.
        """
        if self.place is None:
            return {path: self.value(replace(scope, path=path)) for path in paths}
        rows = self.place(self.rows(scope), scope)
        parts = list(self.reckon.parts(rows.order_by()))
        return {
            path: self.reckon.joined(part for place, part in parts if place.startswith(path))
            for path in paths
        }


def lies_in(lookup: str) -> Place:
    """Return the way to tell for each row the path of the organisation that `lookup` names."""

    def place(rows: "QuerySet[Any]", _scope: Scope) -> "QuerySet[Any]":
        placed: QuerySet[Any] = rows.annotate(place_path=F(f"{lookup}__path"))
        return placed

    return place


def total_of(field: str) -> Reckon:
    """Return a way to reckon that adds up `field` over the rows."""
    return Total(Sum(field))


def persons_of(field: str) -> Reckon:
    """Return a way to reckon that counts different values of `field`, as persons are counted."""
    return Persons(field)


_FIGURES: dict[str, Figure] = {}


def register(figure: Figure) -> None:
    """Add `figure` to the table; a code is declared once."""
    if _FIGURES.setdefault(figure.code, figure) is not figure:
        message = f"the figure {figure.code!r} is declared twice"
        raise ValueError(message)


def figure(code: str) -> Figure:
    """Return the figure `code`; KeyError when there is none."""
    return _FIGURES[code]


def all_figures() -> Mapping[str, Figure]:
    """Return every figure by its code."""
    return dict(_FIGURES)

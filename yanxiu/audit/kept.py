"""Statements put together once, for the few that run at every sign-in or on every page.

Putting the SQL of one small statement together costs the ORM more than running it. The SQL, the
columns and the conversions here are the ORM's own, only kept for the next time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)


class Slot(Expression):
    """A place in a question that is filled each time it is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        """Name the place, and say as what kind of field its value is given to the database."""
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        """Stand among the parameters in one's own person."""
        return "%s", [self]

    def filled(self, given: dict[str, Any]) -> Any:
        """Return the value of the place as the database wants it."""
        return self.output_field.get_db_prep_value(given[self.name], connection)


@dataclass(frozen=True)
class _Compiled:
    """One statement as a database of one vendor wants it."""

    sql: str
    params: Sequence[Any]
    model: Any
    names: list[str]
    columns: slice
    compiler: Any
    converters: Any
    populators: Any
    annotations: dict[str, int]

    def made(self, found: list[Any]) -> Iterator[Any]:
        """Yield the objects of the rows, as a query set makes them."""
        rows = self.compiler.apply_converters(found, self.converters) if self.converters else found
        for row in rows:
            one = self.model.from_db(connection.alias, self.names, row[self.columns])
            for populator in self.populators:
                populator.populate(row, one)
            for name, place in self.annotations.items():
                setattr(one, name, row[place])
            yield one


class KeptSelect(Generic[Row]):
    """A question that is put together once in a process, with slots for what changes.

    `rows` returns the query set, with a `Slot` wherever a value is only known when it is asked.
    It is asked with a value for each slot by its name. What a query set does after its statement,
    such as `prefetch_related`, is not done.
    """

    def __init__(self, rows: Callable[[], "QuerySet[Row]"]) -> None:
        """Keep what to ask; nothing is put together yet."""
        self.rows = rows
        self.compiled: dict[str, _Compiled] = {}

    def first(self, **given: Any) -> Row | None:
        """Return the row found, or None."""
        found = self.all(**given)
        return found[0] if found else None

    def all(self, **given: Any) -> list[Row]:
        """Return the rows found, in the order of the question."""
        kept = self.compiled.get(connection.vendor) or self._compile()
        params = [one.filled(given) if isinstance(one, Slot) else one for one in kept.params]
        with connection.cursor() as cursor:
            cursor.execute(kept.sql, params)
            found = cursor.fetchall()
        return list(kept.made(found))

    def _compile(self) -> _Compiled:
        compiler = self.rows().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        whole: Any = compiler.klass_info
        related: Any = get_related_populators  # its declared signature is a later Django's
        places = whole["select_fields"]
        columns = slice(places[0], places[-1] + 1)
        selected = [column for column, _sql, _alias in compiler.select]
        kept = _Compiled(
            sql,
            params,
            whole["model"],
            [column.target.attname for column in selected[columns]],
            columns,
            compiler,
            compiler.get_converters(selected),
            related(whole, compiler.select, connection.alias),
            compiler.annotation_col_map,
        )
        self.compiled[connection.vendor] = kept
        return kept


@cache
def _insert_sql(model: type[Model], _vendor: str) -> tuple[str, list[Any]]:
    """Return the INSERT of `model` for a database of the vendor, and its fields in their order."""
    quoted = connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quoted(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 (our own names)
    if connection.features.can_return_columns_from_insert:
        sql += f" RETURNING {quoted(str(model._meta.pk.column))}"
    return sql, fields


def insert(row: Model) -> None:
    """Insert `row`, as `save(force_insert=True)` does, but send no signals.

    Not for rows with text that a search finds: it is by their signals that they are noticed.
    """
    sql, fields = _insert_sql(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]  # noqa: FBT003
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if connection.features.can_return_columns_from_insert:
            (row.pk,) = cursor.fetchone()
        else:
            row.pk = cursor.lastrowid
    row._state.adding = False  # noqa: SLF001 (as the ORM leaves it)
    row._state.db = connection.alias  # noqa: SLF001

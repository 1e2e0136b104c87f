"""A new installation gets its tables in one go, and they are those that an old one grows into."""

from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel, RunPython
from django.db.migrations.state import ModelState, ProjectState

from yanxiu.migrating import MakeTables

BOOK = CreateModel("Book", [("id", models.BigAutoField(primary_key=True))])
TITLE = AddField("book", "title", models.CharField(max_length=20, default=""))


def told(model: ModelState) -> dict[str, Any]:
    """Return what makes a table what it is, without the order of its columns."""
    options = dict(model.options)
    for name in ("constraints", "indexes"):
        options[name] = {one.name: one.deconstruct()[1:] for one in options.get(name, [])}
    fields = {name: field.deconstruct()[1:] for name, field in model.fields.items()}
    return {"fields": fields, "options": options}


def house(*, in_one_go: bool) -> dict[tuple[str, str], dict[str, Any]]:
    loader = MigrationLoader(connection if in_one_go else None, replace_migrations=in_one_go)
    state = loader.project_state()
    return {
        (app, name): told(model)
        for (app, name), model in state.models.items()
        if "yanxiu" in str(model.bases) or app not in {"auth", "account", "sessions"}
    }


def test_both_ways_lead_to_the_same_tables(db: None) -> None:
    quick, long = house(in_one_go=True), house(in_one_go=False)

    assert quick.keys() == long.keys()
    assert {name for name in quick if quick[name] != long[name]} == set()


def test_the_table_is_made_as_it_is_in_the_end_and_goes_again(
    django_db_setup: None, transactional_db: None
) -> None:
    making = MakeTables([BOOK, TITLE])
    before, after = ProjectState(), ProjectState()
    making.state_forwards("library", after)

    with connection.schema_editor() as editor:
        making.database_forwards("library", editor, before, after)
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, "library_book")
    with connection.schema_editor() as editor:
        making.database_backwards("library", editor, after, before)

    assert [column.name for column in found] == ["id", "title"]
    assert "library_book" not in connection.introspection.table_names()


@pytest.mark.static
@pytest.mark.parametrize(
    ("operations", "wrong"), [([TITLE], ValueError), ([BOOK, RunPython(print)], TypeError)]
)
def test_it_only_makes_new_tables(operations: list[Any], wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        MakeTables(operations)

"""A new installation gets its tables in one go, and they are those that an old one grows into."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel, RunPython
from django.db.migrations.state import ModelState, ProjectState
from pytest_django import Settings

from yanxiu.config import postgresql
from yanxiu.migrating import MakeTables

BOOK = CreateModel("Book", [("id", models.BigAutoField(primary_key=True))])
TITLE = AddField("book", "title", models.CharField(max_length=20, default=""))

COMPARED = """
import django
django.setup()
from django.apps import apps
from django.db import connection
seen = connection.introspection
with connection.cursor() as cursor:
    for model in apps.get_models(include_auto_created=True):
        found = seen.get_table_description(cursor, model._meta.db_table)
        made = {column.name: bool(column.null_ok) for column in found}
        meant = {field.column: field.null for field in model._meta.local_concrete_fields}
        print(model._meta.db_table, "as meant" if made == meant else (made, meant))
"""
"""Tells of each table whether its columns are those of the model, and may be empty as meant."""


@pytest.fixture
def with_migrations(settings: Settings) -> None:
    """Look at the migrations: tests find their tables made from the models."""
    settings.MIGRATION_MODULES = {}


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


@pytest.mark.usefixtures("db", "with_migrations")
def test_both_ways_lead_to_the_same_tables() -> None:
    quick, long = house(in_one_go=True), house(in_one_go=False)

    assert ("people", "teacher") in quick
    assert quick.keys() == long.keys()
    assert {name for name in quick if quick[name] != long[name]} == set()


def migrated(folder: Path, database: str = "") -> set[str]:
    """Migrate an empty database as an installation does, and return what is said of its tables."""
    environment = {
        **os.environ,
        "YANXIU_DATA": str(folder),
        "YANXIU_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "yanxiu.config.settings",
    }
    said = b""
    for words in (["-m", "yanxiu", "migrate"], ["-c", COMPARED]):
        said = subprocess.run(
            [sys.executable, *words], env=environment, check=True, stdout=subprocess.PIPE
        ).stdout
    return set(said.decode().splitlines())


@pytest.mark.static
@pytest.mark.parametrize(
    "server", [False, pytest.param(True, marks=pytest.mark.postgresql)], ids=["file", "server"]
)
def test_an_installation_has_the_tables_of_the_models(server: bool, tmp_path: Path) -> None:
    if server:
        with postgresql.cluster() as running:
            said = migrated(tmp_path, running.url)
    else:
        said = migrated(tmp_path)

    assert "people_teacher as meant" in said
    assert {line for line in said if not line.endswith(" as meant")} == set()


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

"""The rules of growing (1, 2, 7, 8) hold over all models and migrations."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations import RunSQL

ROOT = Path(__file__).resolve().parent.parent
WITH_UID = {
    "people.Organisation",
    "people.Teacher",
    "ledger.Record",
    "ledger.Entry",
    "attachments.Attachment",
}
PORTABLE_MODULES = ("django.db.models.", "django.contrib.")
FOREIGN_IMPORTS = ("django.contrib.postgres", "django.contrib.gis", "psycopg", "sqlite3")
MAY_KNOW_ITS_DATABASE = {"yanxiu/config/backup.py"}
FOREIGN_WORDS = re.compile(
    r"__contains\s*=\s*[\[{]|__contained_by|__has_keys?\b|__trigram|__search\b|\.distinct\(\s*[\"']"
    r"|pg_advisory|\bLISTEN\b|\bNOTIFY\b|isolation_level",
)
FOREIGN_SQL = re.compile(
    r"\b(trigger|function|procedure|merge|materialized|extension|schema)\b|\w+\.\w+\.\w+",
    re.IGNORECASE,
)
GENERATED_NAME = re.compile(r"_auto_|^\d{4}_(alter|remove|rename|initial|auto)(?:_|$)|_and_more$")

pytestmark = pytest.mark.static


def our_models() -> list[type[models.Model]]:
    ours = [app for app in apps.get_app_configs() if app.name.startswith("yanxiu.")]
    return [
        model
        for app in ours
        for model in app.get_models(include_auto_created=True)
        if not model._meta.proxy
    ]


def our_code() -> list[Path]:
    return [path for path in (ROOT / "yanxiu").rglob("*.py") if "tests" not in path.parts]


def migrations() -> list[Path]:
    return sorted((ROOT / "yanxiu").glob("*/migrations/[0-9]*.py"))


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_its_key_is_a_big_number(model: type[models.Model]) -> None:
    key = model._meta.pk

    inherited = isinstance(key, models.OneToOneField) and key.remote_field.parent_link
    assert isinstance(key, models.BigAutoField) or inherited


@pytest.mark.parametrize("label", sorted(WITH_UID))
def test_what_leaves_the_database_has_a_uid(label: str) -> None:
    uid = apps.get_model(label)._meta.get_field("uid")

    assert isinstance(uid, models.UUIDField)
    assert uid.unique
    assert callable(uid.default)


def test_every_source_of_records_and_trail_lines_has_a_uid() -> None:
    sources = [model for model in our_models() if hasattr(model, "SOURCE_KIND")]

    without = [model._meta.label for model in sources if not hasattr(model, "uid")]

    assert sources
    assert without == []


def test_fields_are_those_that_every_database_has() -> None:
    foreign = [
        f"{field.model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and not type(field).__module__.startswith(PORTABLE_MODULES)
    ]

    assert foreign == []


def test_no_relation_leads_to_a_generic_key() -> None:
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.private_fields
    ]

    assert generic == []


def test_no_code_asks_for_what_only_one_database_can_do() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in our_code()
        for match in FOREIGN_WORDS.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_no_code_imports_what_only_one_database_has() -> None:
    found = []
    for path in our_code():
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            foreign = [one for one in names if one.startswith(FOREIGN_IMPORTS)]
            if foreign and name not in MAY_KNOW_ITS_DATABASE:
                found.append(f"{name}: {foreign[0]}")

    assert found == []


@pytest.mark.parametrize("path", migrations(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_is_portable_and_atomic(path: Path) -> None:
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))

    raw = [step for step in module.Migration.operations if isinstance(step, RunSQL)]

    assert module.Migration.atomic
    assert len(raw) <= 1
    for step in raw:
        text = str(step.sql).strip().rstrip(";")
        assert ";" not in text
        assert not FOREIGN_SQL.search(text)


@pytest.mark.parametrize("path", migrations(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_is_named_for_its_purpose(path: Path) -> None:
    assert not GENERATED_NAME.search(path.stem)


def test_no_app_is_left_without_its_migrations() -> None:
    with_rows = {model._meta.app_label for model in our_models()}

    assert with_rows == {path.parts[-3] for path in migrations()}


def test_keys_of_new_tables_are_big_numbers_by_default() -> None:
    assert settings.DEFAULT_AUTO_FIELD == "django.db.models.BigAutoField"

"""`docs/permissions.md` is true in every cell, and leaves out no right, role or permission."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from django.db.models import Model, Q
from pytest_django.plugin import DjangoDbBlocker

import yanxiu
from tests.stage import ACTORS, Stage, set_stage
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Teacher
from yanxiu.people.rights import RIGHTS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / "docs" / "permissions.md",
    *sorted((ROOT / "docs" / "permissions").glob("*.md")),
]
"""The page of the whole house, and one for each newer app."""
YES, NO = "✓", "✗"


def table(heading: str) -> list[dict[str, str]]:
    """Return the rows of the tables under `heading`, each cell by the head of its column."""
    return [row for page in PAGES for row in _rows(page.read_text(encoding="utf-8"), heading)]


def _rows(page: str, heading: str) -> list[dict[str, str]]:
    parts = re.split(r"(?m)^## ", page)
    section = next((one for one in parts if one.startswith(heading + "\n")), "")
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def permissions() -> dict[str, Callable[[Teacher], Q]]:
    """Return every permission of every app, by the app and its name."""
    found: dict[str, Callable[[Teacher], Q]] = {}
    for app in pkgutil.iter_modules(yanxiu.__path__):
        if not (Path(yanxiu.__path__[0]) / app.name / "permissions.py").exists():
            continue
        module = importlib.import_module(f"yanxiu.{app.name}.permissions")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("may_") and function.__module__ == module.__name__:
                found[f"{app.name}.{name}"] = function
    return found


ROWS = table("谁能做什么")


@pytest.fixture(scope="module")
def db(django_db_setup: None) -> None:
    """The test database; pytest-django makes it only where a test asks for this name."""


@pytest.fixture(scope="module")
def stage(
    db: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    with django_db_blocker.unblock(), set_stage(tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['权限']} {row['对象']}")
def test_every_cell_is_true_for_the_list_the_page_and_the_action(
    stage: Stage, row: dict[str, str]
) -> None:
    may, thing = permissions()[row["权限"]], stage.things[row["对象"]]
    found = {}
    for name in ACTORS:
        actor = Teacher.objects.get(pk=stage.actors[name].pk)
        found[name] = (is_listed(may, actor, thing), is_let_through(may, actor, thing))

    assert {row[name] for name in ACTORS} <= {YES, NO}
    assert found == {name: (row[name] == YES, row[name] == YES) for name in ACTORS}


def is_listed(may: Callable[[Teacher], Q], actor: Teacher, thing: Model) -> bool:
    """Tell whether a list and a page show it."""
    rows = type(thing)._default_manager.all()
    return allowed(may, actor, rows).filter(pk=thing.pk).exists()


def is_let_through(may: Callable[[Teacher], Q], actor: Teacher, thing: Model) -> bool:
    """Tell whether an action is begun."""
    try:
        require(may, actor, thing)
    except NotAllowed:
        return False
    return True


def test_no_permission_grants_everything(stage: Stage) -> None:
    nobody = Teacher.objects.get(pk=stage.actors["无任职者"].pk)

    assert [name for name, may in permissions().items() if not may(nobody)] == []


@pytest.mark.static
def test_every_permission_has_a_row_and_every_row_a_permission() -> None:
    assert {row["权限"] for row in table("谁能做什么")} == set(permissions())


@pytest.mark.static
def test_every_permission_says_in_one_sentence_whom_it_means() -> None:
    assert [name for name, may in permissions().items() if not may.__doc__] == []
    assert [row["权限"] for row in table("谁能做什么") if not row["意思"]] == []


@pytest.mark.static
def test_the_rights_are_those_of_the_house() -> None:
    written = {row["权利"]: row["意思"] for row in table("什么是权利")}

    assert written == {code: str(meaning) for code, meaning in RIGHTS.items()}


@pytest.mark.static
def test_the_roles_carry_the_rights_that_are_shipped() -> None:
    roles = yaml.safe_load((ROOT / "yanxiu/people/roles.yaml").read_text(encoding="utf-8"))
    shipped = {role["name"]: set(role["rights"]) for role in roles}

    rows = table("哪个岗位有哪些权利")

    written = {
        name: {row["权利"] for row in rows if row[name] == YES}
        for name in rows[0]
        if name != "权利"
    }
    assert written == shipped
    assert [row["权利"] for row in rows] == list(RIGHTS)

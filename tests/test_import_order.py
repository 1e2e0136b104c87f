"""Calls go down, the two halves of the house do not know each other, pages are private."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PRIVATE = {"views", "forms", "templates"}

pytestmark = pytest.mark.static


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


def test_the_contracts_of_import_linter_are_kept() -> None:
    tool = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [tool, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout[-2000:]


def test_views_and_forms_are_private_to_their_app() -> None:
    foreign = []
    for path in (ROOT / "yanxiu").rglob("*.py"):
        app = path.relative_to(ROOT / "yanxiu").parts[0]
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "yanxiu" and parts[1] != app and PRIVATE.intersection(parts[2:3]):
                foreign.append(f"{path.relative_to(ROOT)} imports {name}")

    assert foreign == []


def test_every_app_of_the_house_is_installed() -> None:
    folders = {path.parent.name for path in (ROOT / "yanxiu").glob("*/apps.py")}

    assert folders == {app.label for app in apps.get_app_configs() if app.name.startswith("yanxiu")}

"""What an administrator can set stands in docs/settings.md, and nothing else does."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"\bYANXIU_[A-Z_]+\b")

pytestmark = pytest.mark.static


def read_by_the_house() -> set[str]:
    return set(NAME.findall((ROOT / "yanxiu/config/settings.py").read_text(encoding="utf-8")))


def documented() -> set[str]:
    lines = (ROOT / "docs/settings.md").read_text(encoding="utf-8").splitlines()
    return {name for line in lines if line.startswith("| `") for name in NAME.findall(line)[:1]}


def test_every_setting_is_documented() -> None:
    assert read_by_the_house() - documented() == set()


def test_no_setting_is_documented_that_does_not_exist() -> None:
    assert documented() - read_by_the_house() == set()


def test_no_other_file_reads_the_environment_under_a_name_of_its_own() -> None:
    files = [path for path in (ROOT / "yanxiu").rglob("*.py") if "tests" not in path.parts]
    used = {name for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}

    assert used - documented() == set()

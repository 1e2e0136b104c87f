"""Installing does what is needed, once, and says what to do where it cannot."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from yanxiu.config import installing, tools
from yanxiu.config.installing import Trouble

ROOT = installing.ROOT


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The commands that would have been run; all go well."""
    seen: list[Sequence[str]] = []

    def calls(command: Sequence[str], *, quiet: bool = False) -> bool:
        del quiet
        seen.append(command)
        return True

    monkeypatch.setattr(installing, "calls", calls)
    monkeypatch.setattr(tools, "calls", calls)
    return seen


def test_a_second_start_installs_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(installing, "VENV", tmp_path)
    monkeypatch.setattr(installing, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(
        installing, "calls", lambda *_args, **_named: pytest.fail("installed again")
    )
    lock = ROOT / "requirements/runtime.txt"
    (tmp_path / "installed-runtime").write_text(installing.lock_hash(lock))

    installing.ensure("runtime")


def test_another_lock_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, commands: list[Sequence[str]]
) -> None:
    monkeypatch.setattr(installing, "VENV", tmp_path)
    monkeypatch.setattr(installing, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(installing, "make_door", lambda: None)
    (tmp_path / "installed-runtime").write_text("another")

    installing.ensure("runtime")

    assert any("--require-hashes" in command for command in commands)
    assert (tmp_path / "installed-runtime").read_text() == installing.lock_hash(
        ROOT / "requirements/runtime.txt"
    )


def test_pip_helps_where_uv_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def calls(command: Sequence[str], *, quiet: bool = False) -> bool:
        seen.append(f"{Path(command[0]).name} {command[1]} {quiet}")
        return command[0] != "uv"

    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(installing, "calls", calls)

    installing.install(ROOT / "requirements/runtime.txt")

    assert [one.split()[0] for one in seen] == ["uv", "python", "python"]


def test_a_failed_installation_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(installing, "calls", lambda *_args, **_named: False)

    with pytest.raises(Trouble, match="镜像"):
        installing.install(ROOT / "requirements/runtime.txt")


def test_what_tests_need_is_named_where_it_may_not_be_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absent = tools.Tool("Chromium 浏览器", "chromium", lambda: False)
    monkeypatch.setattr(tools, "TOOLS", (absent,))
    monkeypatch.setattr(tools, "may_install", lambda: False)

    with pytest.raises(Trouble, match="apt-get install --no-install-recommends chromium"):
        tools.ensure_tools()


def test_what_tests_need_is_installed_where_it_may_be(
    monkeypatch: pytest.MonkeyPatch, commands: list[Sequence[str]]
) -> None:
    tool = tools.Tool(
        "中文字体", "fonts-noto-cjk", lambda: any("install" in one for one in commands)
    )
    monkeypatch.setattr(tools, "TOOLS", (tool,))
    monkeypatch.setattr(tools, "may_install", lambda: True)

    tools.ensure_tools()

    assert [command[3:] for command in map(list, commands)] == [
        ["-qq", "update"],
        ["-qq", "install", "-y", "--no-install-recommends", "fonts-noto-cjk"],
    ]

"""`run.py` says what is missing, never mixes demo and school, and leaves no child behind."""

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_yanxiu", ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run: Any = load()

pytestmark = pytest.mark.static


def options(*words: str) -> argparse.Namespace:
    parsed: argparse.Namespace = run.parser().parse_args(words)
    return parsed


def child(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


def test_it_needs_nothing_but_the_standard_library() -> None:
    clean = [sys.executable, "-I", "-S", str(ROOT / "run.py"), "--help"]

    done = subprocess.run(clean, check=True, capture_output=True, text=True)

    assert "python3 run.py test" in done.stdout


def test_an_unknown_word_is_answered_with_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["sing"]) == 2

    said = capsys.readouterr().err
    assert "不认识“sing”" in said
    assert "python3 run.py bench" in said


def test_the_demo_stays_on_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--host", "0.0.0.0"]) == 2  # noqa: S104
    assert "--allow-demo-on-network" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [[], ["--host", "::", "--no-demo"], ["--host", "::", "--allow-demo-on-network"]]
)
def test_other_starts_are_let_through(words: list[str]) -> None:
    run.guard_demo(options(*words))


def test_a_demo_is_not_opened_as_a_school(tmp_path: Path) -> None:
    (tmp_path / run.BEGUN).touch()

    with pytest.raises(run.Trouble, match="演示学校"):
        run.guard_school(tmp_path)


def test_a_school_is_not_overlaid_with_a_demo(tmp_path: Path) -> None:
    (tmp_path / "yanxiu.sqlite3").touch()

    with pytest.raises(run.Trouble, match="没有装入演示"):
        run.discard_half_demo(tmp_path, {})
    assert (tmp_path / "yanxiu.sqlite3").exists()


def test_an_interrupted_demo_begins_anew(tmp_path: Path) -> None:
    for name in (run.BEGUN, "yanxiu.sqlite3", "yanxiu.sqlite3-wal", run.LOGINS):
        (tmp_path / name).touch()

    run.discard_half_demo(tmp_path, {})

    assert list(tmp_path.iterdir()) == []


def test_a_whole_demo_is_kept(tmp_path: Path) -> None:
    for name in (run.BEGUN, run.DONE, "yanxiu.sqlite3"):
        (tmp_path / name).touch()

    run.discard_half_demo(tmp_path, {})

    assert (tmp_path / "yanxiu.sqlite3").exists()


def test_the_checks_are_all_there() -> None:
    assert [name for name, _command in run.checks()] == [
        "ruff", "ruff format", "mypy", "import-linter", "migrations",
    ]  # fmt: skip


def test_every_check_is_told_in_its_turn_and_what_fails_is_named(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"slow": "import time; time.sleep(0.3); print('甲')", "quick": "exit('乙')"}
    found = [(name, [sys.executable, "-c", code]) for name, code in said.items()]
    monkeypatch.setattr(run, "checks", lambda: found)
    monkeypatch.setattr(run, "ensure", lambda _which: None)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")

    assert run.check() == 1
    assert capfd.readouterr().out.split("\n") == [
        "== slow", "甲", "== quick", "乙", "没有通过：quick", "",
    ]  # fmt: skip


def test_a_server_that_ends_is_not_waited_for() -> None:
    server = child("raise SystemExit(2)")

    assert not run.wait_for_page("http://127.0.0.1:9/", server)
    assert server.wait() == 2


def test_every_child_is_stopped_even_one_that_does_not_listen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = child("import time; time.sleep(60)")
    deaf = child(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(flush=True); time.sleep(60)"
    )
    time.sleep(0.3)
    wait = subprocess.Popen.wait
    monkeypatch.setattr(
        subprocess.Popen, "wait", lambda self, timeout=None: wait(self, timeout and 0.5)
    )

    run.stop([quick, deaf])

    assert quick.returncode == -signal.SIGTERM
    assert deaf.returncode == -signal.SIGKILL


def test_sigterm_is_as_good_as_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt):
        run.raise_interrupt(signal.SIGTERM, None)


def test_the_server_hears_what_the_command_line_said() -> None:
    given = options("--no-demo", "--port", "81", "--public-url", "https://yx.example.cn")

    assert run.public(given, {})["YANXIU_PUBLIC_URL"] == "https://yx.example.cn"
    assert run.public(options("--port", "81"), {})["YANXIU_PUBLIC_URL"] == "http://127.0.0.1:81"


def test_the_marks_of_a_demo_are_those_of_the_house() -> None:
    from yanxiu.config import demo_mark  # noqa: PLC0415 (after run.py has found the house)

    assert (run.BEGUN, run.DONE, run.LOGINS) == (
        demo_mark.BEGUN, demo_mark.DONE, demo_mark.LOGINS,
    )  # fmt: skip


def test_a_run_on_an_old_python_says_so_in_two_languages() -> None:
    code = (
        "import sys, runpy; sys.version_info = (3, 9); sys.argv = ['run.py'];"
        f"runpy.run_path({str(ROOT / 'run.py')!r}, run_name='__main__')"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, env=os.environ
    )

    assert done.returncode == 1
    assert "需要 Python 3.11" in done.stderr
    assert "needs Python 3.11" in done.stderr

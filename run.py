#!/usr/bin/env python3
"""Install, start, test and check Yanxiu with nothing but Python 3.11 or newer.

`python3 run.py` makes the house and opens it; `python3 run.py --help` tells the rest.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, TYPE_CHECKING

if sys.version_info < (3, 11):  # noqa: UP036 (the sentence is for whoever has an older one)
    sys.exit(
        "研修需要 Python 3.11 或更新的版本，这里是 %s。请安装新版 Python 后重试。\n"  # noqa: UP031
        "Yanxiu needs Python 3.11 or newer; this is %s. Please install a newer Python and retry."
        % (sys.version.split()[0], sys.version.split()[0])
    )

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

# Only after the check of the version.
from yanxiu.config import arguments, tools  # noqa: E402
from yanxiu.config.installing import PYTHON, WINDOWS, Trouble, ensure  # noqa: E402

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

BEGUN, DONE = "demo-begun", "demo-done"
LOGINS = "demo-logins.txt"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATIENCE = 60.0
NO_TESTS = 5

EPILOG = """\
例子：
  python3 run.py                      安装、装入演示学校并打开
  python3 run.py --no-demo            打开自己的学校（第一次会给出建校链接）
  python3 run.py test                 全部测试（SQLite 与 PostgreSQL）
  python3 run.py check                代码与文档检查
  python3 run.py bench sign-in        测量签到的耗时
  python3 run.py backup               备份自己的学校
"""


# --- starting ----------------------------------------------------------------------------------


def start(options: argparse.Namespace) -> int:
    """Install, prepare the data folder, serve, and load the demo school behind it."""
    guard_demo(options)
    ensure("runtime")
    data = Path(options.data or ROOT / "data" / ("school" if options.no_demo else "demo"))
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "YANXIU_DATA": str(data),
        "YANXIU_DEMO": "0" if options.no_demo else "1",
    }
    if options.no_demo:
        guard_school(data)
    else:
        discard_half_demo(data, environment)
        # Before the first table, so that an interruption at any time is known as a demo's.
        (data / BEGUN).touch()
    if run(["migrate"], environment):
        return 1
    return serve(options, data, environment)


def guard_demo(options: argparse.Namespace) -> None:
    """Refuse to show the demo school, whose passwords lie in a file, to a whole network.

    Raises:
        Trouble: the address is not loopback and nobody has said that it may be.
    """
    if options.no_demo or options.host in LOOPBACK or options.allow_demo_on_network:
        return
    message = (
        f"演示学校只在本机打开，没有在 {options.host} 上启动。"
        "若只是内网试看，请加 --allow-demo-on-network；正式使用请加 --no-demo。"
    )
    raise Trouble(message)


def guard_school(data: Path) -> None:
    """Refuse to open the demo school as if it were a real one.

    Raises:
        Trouble: the folder holds the demo school.
    """
    if (data / BEGUN).exists():
        message = f"{data} 里是演示学校，没有打开。请用 --data 另选一个文件夹作为自己学校的数据。"
        raise Trouble(message)


def discard_half_demo(data: Path, environment: dict[str, str]) -> None:
    """Clear away a demo school whose loading was interrupted, to begin anew.

    Only what a demo made goes: a folder without the mark of the demo is left alone.

    Raises:
        Trouble: the folder holds something else, or the half school lies in PostgreSQL.
    """
    begun, done = (data / BEGUN).exists(), (data / DONE).exists()
    if not begun and (data / "yanxiu.sqlite3").exists():
        message = f"{data} 里已有一所不是演示的学校，没有装入演示。请用 --data 另选一个空文件夹。"
        raise Trouble(message)
    if not begun or done:
        return
    if environment.get("YANXIU_DATABASE"):
        message = "上次装入演示学校中断，数据在 PostgreSQL 里。请清空那个数据库后再启动。"
        raise Trouble(message)
    print("上次装入演示学校中断，现在重新装入。", flush=True)
    for path in [*data.glob("yanxiu.sqlite3*"), data / LOGINS, data / BEGUN]:
        path.unlink(missing_ok=True)
    shutil.rmtree(data / "files", ignore_errors=True)


def run(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run one command of the house to its end and return its exit code."""
    return subprocess.run(
        [str(PYTHON), "-m", "yanxiu", *command], check=False, env=environment, cwd=ROOT
    ).returncode


def spawn(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start one command of the house as a child in a session of its own.

    A session of its own, so that Ctrl-C reaches only this process, which then ends its children
    in order.
    """
    return subprocess.Popen(
        [str(PYTHON), "-m", "yanxiu", *command], env=environment, cwd=ROOT,
        start_new_session=not WINDOWS,
    )  # fmt: skip


def serve(options: argparse.Namespace, data: Path, environment: dict[str, str]) -> int:
    """Serve until the server ends or somebody stops it; return the exit code."""
    names = ["host", "port", "public_url", "tls_cert", "tls_key", "allow_demo_on_network"]
    children = [spawn(["serve", *arguments.flags(options, names)], environment)]
    signal.signal(signal.SIGTERM, raise_interrupt)
    try:
        scheme = "https" if options.tls_cert else "http"
        host = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
        if not wait_for_page(f"{scheme}://{host}:{options.port}/", children[0]):
            return children[0].wait()
        if options.no_demo:
            run(["set-up-link", "--if-empty"], public(options, environment))
        else:
            open_demo(data, environment, children)
        return children[0].wait()
    except KeyboardInterrupt:
        print("\n正在停止……", flush=True)
        return 0
    finally:
        stop(children)


def public(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, str]:
    """Return `environment` with the address under which the house is reached."""
    scheme = "https" if options.tls_cert else "http"
    given = options.public_url or environment.get("YANXIU_PUBLIC_URL")
    host = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
    return {**environment, "YANXIU_PUBLIC_URL": given or f"{scheme}://{host}:{options.port}"}


def open_demo(
    data: Path, environment: dict[str, str], children: list[subprocess.Popen[bytes]]
) -> None:
    """Load the demo school if it is not there, and print its log-ins as soon as they exist."""
    if not (data / DONE).exists():
        children.append(spawn(["demo"], environment))
    logins = data / LOGINS
    while not logins.exists():
        if any(child.poll() is not None for child in children):
            return
        time.sleep(0.2)
    print(f"\n演示学校的登录（也在 {logins}）：\n{logins.read_text('utf-8')}", flush=True)


def wait_for_page(url: str, server: subprocess.Popen[bytes]) -> bool:
    """Tell whether the server answered at `url` while it was alive."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 (our own server)
        except urllib.error.HTTPError:
            return True
        except urllib.error.URLError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error.reason):
                return True
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """End the children that still run, the youngest first; kill those that do not listen."""
    for child in reversed(children):
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def raise_interrupt(_number: int, _frame: object) -> None:
    """Treat SIGTERM as Ctrl-C."""
    raise KeyboardInterrupt


# --- testing and checking ----------------------------------------------------------------------


def test(more: Sequence[str]) -> int:
    """Run all tests on SQLite, then those that touch the database on PostgreSQL.

    Args:
        more: handed on to pytest, both times.
    """
    ensure("dev")
    tools.ensure_tools()
    pytest = [str(PYTHON), "-m", "pytest", "-q"]
    if not any(word.startswith("-n") for word in more):
        # Stealing: what stands on one stage stays together, and nobody waits for a long one.
        pytest += ["-n", "auto", "--dist", "worksteal"]
    with tempfile.TemporaryDirectory(prefix="yanxiu-test-") as folder:
        environment = {**os.environ, "YANXIU_DATA": folder}
        environment.pop("YANXIU_DATABASE", None)
        # Hundreds of processes begin: each would compile the same files.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        print("== 测试（SQLite）", flush=True)
        first = subprocess.run([*pytest, *more], check=False, env=environment, cwd=ROOT)
        if first.returncode not in {0, NO_TESTS}:
            return first.returncode
        print("== 测试（PostgreSQL）", flush=True)
        once = ["-m", "not browser and not static and not once and not postgresql"]
        marks = [] if any(word.startswith("-m") for word in more) else once
        left_out = ["-p", "tests.only_database", "--only-database"]
        asking = [*pytest, *left_out, *marks, *more]
        inside = [str(PYTHON), "-m", "yanxiu.config.postgresql", "--", *asking]
        second = subprocess.run(inside, check=False, env=environment, cwd=ROOT)
    if first.returncode == second.returncode == NO_TESTS:
        return NO_TESTS
    return 0 if second.returncode == NO_TESTS else second.returncode


def checks() -> list[tuple[str, list[str]]]:
    """Return the name and the command of every check."""
    tool = PYTHON.parent
    return [
        ("ruff", [str(tool / "ruff"), "check", "."]),
        ("ruff format", [str(tool / "ruff"), "format", "--check", "."]),
        ("mypy", [str(PYTHON), "-m", "mypy", "yanxiu", "tests", "bench", "catalogues", "run.py"]),
        ("import-linter", [str(tool / "lint-imports")]),
        ("migrations", [str(PYTHON), "-m", "django", "makemigrations", "--check", "--dry-run"]),
    ]


def begin(
    command: Sequence[str], environment: dict[str, str]
) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start one check; what it says goes into a file, for a pipe would fill and stop it."""
    said = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the check)
    child = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said)
    return child, said


def check() -> int:
    """Run every check to its end, so that one look shows all that is wrong."""
    ensure("dev")
    failed = []
    with tempfile.TemporaryDirectory(prefix="yanxiu-check-") as folder:
        environment = {
            **os.environ,
            "YANXIU_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "yanxiu.config.settings",
        }
        # All at once, for mypy alone takes as long as the others together; told one by one.
        begun = [(name, begin(command, environment)) for name, command in checks()]
        for name, (child, said) in begun:
            code = child.wait()
            said.seek(0)
            print(f"== {name}\n{said.read().decode(errors='replace')}", end="", flush=True)
            if code:
                failed.append(name)
    print(f"没有通过：{'、'.join(failed)}" if failed else "检查全部通过。", flush=True)
    return 1 if failed else 0


def bench(more: Sequence[str]) -> int:
    """Measure: `bench NAME [--json] [--case …]`."""
    ensure("dev")
    return subprocess.run([str(PYTHON), "-m", "bench", *more], check=False, cwd=ROOT).returncode


def catalogues(more: Sequence[str]) -> int:
    """Bring the catalogues of the languages up to date: `catalogues`."""
    ensure("dev")
    command = [str(PYTHON), "-m", "catalogues.make", *more]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def backup(more: Sequence[str]) -> int:
    """Back the school up: `backup [TARGET] [--data DIR]`."""
    ensure("runtime")
    environment = {**os.environ}
    environment.setdefault("YANXIU_DATA", str(ROOT / "data" / "school"))
    return subprocess.run(
        [str(PYTHON), "-m", "yanxiu", "backup", *more], check=False, env=environment, cwd=ROOT
    ).returncode


# --- the command line --------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """Return the command line of a start without further words."""
    made = arguments.Parser(
        prog="python3 run.py", epilog=EPILOG,
        description="研修：安装并打开；后面可跟 test、check、bench、backup。",
    )  # fmt: skip
    made.add_argument("--port", type=arguments.port, default=8000, help="端口，默认 8000")
    made.add_argument("--host", default="127.0.0.1", help="监听的地址，默认只在本机")
    made.add_argument("--data", metavar="文件夹", help="数据文件夹，默认 data/demo 或 data/school")
    made.add_argument("--no-demo", action="store_true", help="不装演示学校，打开自己的学校")
    made.add_argument("--public-url", metavar="地址", help="手机访问的地址，用于二维码")
    made.add_argument("--tls-cert", metavar="文件", help="HTTPS 证书")
    made.add_argument("--tls-key", metavar="文件", help="HTTPS 私钥（PKCS#8）")
    made.add_argument("--allow-demo-on-network", action="store_true", help="允许演示学校对内网打开")
    return made


def main(argv: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    words: dict[str, Callable[[Sequence[str]], int]] = {
        "test": test,
        "check": lambda _more: check(),
        "bench": bench,
        "catalogues": catalogues,
        "backup": backup,
    }
    try:
        if argv and argv[0] in words:
            return words[argv[0]](argv[1:])
        if argv and not argv[0].startswith("-"):
            print(f"不认识“{argv[0]}”。", file=sys.stderr)
            parser().print_help(sys.stderr)
            return 2
        return start(parser().parse_args(argv))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

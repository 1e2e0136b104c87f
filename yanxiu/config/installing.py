"""Making `.venv` hold what the lock names; standard library alone, for `run.py`."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


class Trouble(Exception):
    """Something on this machine stands in the way; the sentence says what and what to do."""


def lock_hash(lock: Path) -> str:
    """Return what changes when the versions in `lock` do, or this Python."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}".encode()
    return hashlib.sha256(lock.read_bytes() + version).hexdigest()


def ensure(kind: str) -> None:
    """Make `.venv` hold exactly what `requirements/{kind}.txt` names, unless it does already.

    Raises:
        Trouble: it could not be made or filled.
    """
    lock = ROOT / "requirements" / f"{kind}.txt"
    stamp = VENV / f"installed-{kind}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == lock_hash(lock):
        return
    print(f"正在安装所需的组件（{kind}），约需半分钟……", flush=True)
    if not PYTHON.exists():
        make_venv()
    install(lock)
    make_door()
    stamp.write_text(lock_hash(lock))


def make_venv() -> None:
    """Make an empty `.venv`, by uv where there is one."""
    uv = shutil.which("uv")
    if uv and calls([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]):
        return
    if not calls([sys.executable, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        message = (
            "无法建立 Python 虚拟环境 .venv。"
            "Debian、Ubuntu 上请先运行：apt-get install python3-venv，再重试。"
        )
        raise Trouble(message)


def install(lock: Path) -> None:
    """Install what `lock` names into `.venv`; uv first, pip where uv is missing or fails.

    uv does not read pip's settings, so a machine behind a mirror may need pip.

    Raises:
        Trouble: neither could.
    """
    wanted = ["--require-hashes", "-r", str(lock)]
    uv = shutil.which("uv")
    if uv and calls([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wanted]):
        return
    pip = [str(PYTHON), "-m", "pip"]
    if not calls([*pip, "--version"], quiet=True):
        calls([str(PYTHON), "-m", "ensurepip"], quiet=True)
    if not calls([*pip, "install", "--quiet", "--disable-pip-version-check", *wanted]):
        message = "组件没有装全（原因见上）。请检查网络或 pip 的镜像设置后，重新运行同一条命令。"
        raise Trouble(message)


def make_door() -> None:
    """Put the command `yanxiu` into `.venv`, as an installed package would."""
    here = subprocess.run(  # noqa: S603
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    Path(here.stdout.strip(), "yanxiu.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        door = PYTHON.with_name("yanxiu.cmd")
        door.write_text(f'@"{PYTHON}" -m yanxiu %*\n', encoding="utf-8")
        return
    door = PYTHON.with_name("yanxiu")
    door.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m yanxiu "$@"\n', encoding="utf-8")
    door.chmod(0o755)


def calls(command: Sequence[str], *, quiet: bool = False) -> bool:
    """Run `command` and tell whether it went well."""
    out = subprocess.DEVNULL if quiet else None
    done = subprocess.run(  # noqa: S603
        command, check=False, stdout=out, stderr=out, cwd=ROOT
    )
    return done.returncode == 0

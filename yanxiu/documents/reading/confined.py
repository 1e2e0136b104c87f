"""Run a program that reads untrusted files apart from us: bounded, and ended with its children."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 5
# The limits are set by a process of their own, since code between fork and exec is not safe in a
# server with threads. Windows has no such limits; there time and output alone are bounded.
_LIMITED = """
import os, resource, sys
memory, cpu, output = map(int, sys.argv[1:4])
for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu),
                     (resource.RLIMIT_FSIZE, output), (resource.RLIMIT_CORE, 0)):
    try:
        resource.setrlimit(limit, (value, value))
    except (OSError, ValueError):
        pass
os.execv(sys.argv[4], sys.argv[4:])
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a program may run (wall and processor), and how many bytes it may hold and write."""

    seconds: int
    cpu_seconds: int
    memory: int
    output: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended; `code` is None if it ran out of time and was ended."""

    code: int | None
    output: bytes


def run(
    command: list[str], given: bytes, bounds: Bounds, environment: dict[str, str] | None = None
) -> Ended:
    """Run `command` with `given` on its standard input; its errors are thrown away.

    Everything that it started is gone when this returns.
    """
    limits = [str(bounds.memory), str(bounds.cpu_seconds), str(bounds.output)]
    if os.name == "posix":
        command = [sys.executable, "-I", "-S", "-c", _LIMITED, *limits, *command]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        source.write(given)
        source.seek(0)
        process = subprocess.Popen(  # noqa: S603 - a fixed command; the file is only its input
            command,
            stdin=source,
            stdout=result,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        try:
            code: int | None = process.wait(timeout=bounds.seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
        result.seek(0)
        return Ended(code, result.read(bounds.output))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: LibreOffice leaves its real work to a child."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        _end_tree_on_windows(process.pid)
    process.wait(timeout=_PATIENCE)


def _end_tree_on_windows(pid: int) -> None:
    taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32/taskkill.exe"
    subprocess.run([str(taskkill), "/T", "/F", "/PID", str(pid)], check=False)  # noqa: S603

"""A PostgreSQL server of one's own, for tests and measurements; standard library alone.

`python -m yanxiu.config.postgresql -- COMMAND …` runs COMMAND with `YANXIU_DATABASE` naming a
fresh cluster, and stops the cluster afterwards.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import quote

ACCOUNT = "postgres"
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Settings under which a power cut loses everything, and tests run faster."""


class NoServer(Exception):
    """There is no PostgreSQL server to start on this machine, or it did not start."""


@dataclass(frozen=True)
class Cluster:
    """A running server: where it lies, its process, and the address of its database."""

    folder: Path
    pid: int
    url: str

    def kill(self) -> None:
        """End the server as a power cut would: at once and without a goodbye."""
        os.kill(self.pid, signal.SIGKILL)


def programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, or None."""
    candidates: list[Path] = []
    if found := shutil.which("pg_config"):
        answer = subprocess.run(  # noqa: S603
            [found, "--bindir"], check=False, capture_output=True, text=True
        )
        candidates.append(Path(answer.stdout.strip()))
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=lambda path: path.parent.name.zfill(3), reverse=True)
    if found := shutil.which("initdb"):
        candidates.append(Path(found).resolve().parent)
    names = ("initdb", "pg_ctl", "postgres")
    return next((x for x in candidates if all((x / name).exists() for name in names)), None)


@contextmanager
def cluster(*, careless: bool = True) -> Iterator[Cluster]:
    """Run a fresh server in a temporary folder, reached by its socket alone.

    Args:
        careless: without waiting for the disk; for tests, never for measurements.

    Raises:
        NoServer: there is none here, or it did not start.
    """
    place = programs()
    if place is None:
        message = "这台机器上没有 PostgreSQL 服务器。Debian 上请先运行：apt-get install postgresql"
        raise NoServer(message)
    # A short path: a socket's name may have only some hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="yanxiu-pg-"))
    try:
        if is_root():
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        yield start(place, folder, CARELESS if careless else ())
    finally:
        stop(place, folder)
        shutil.rmtree(folder, ignore_errors=True)


def start(place: Path, folder: Path, settings: Sequence[str] = ()) -> Cluster:
    """Make the cluster in `folder` if it is new, and start its server."""
    data = folder / "data"
    if not data.exists():
        account = ["-A", "trust", "-U", ACCOUNT]
        run(place / "initdb", "-D", str(data), *account, "--encoding=UTF8", "--locale=C.UTF-8")
    options = ["listen_addresses=", f"unix_socket_directories={folder}", *settings]
    written = " ".join(f"-c {option}" for option in [*options, "max_connections=200"])
    run(place / "pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", written, "start")
    pid = int((data / "postmaster.pid").read_text(encoding="ascii").split()[0])
    url = f"postgresql://{ACCOUNT}@/{ACCOUNT}?host={quote(str(folder), safe='')}"
    return Cluster(folder, pid, url)


def stop(place: Path, folder: Path) -> None:
    """Stop the server in `folder`, if one runs there."""
    if (folder / "data" / "postmaster.pid").exists():
        with_stop = ("-D", str(folder / "data"), "-m", "fast", "-w", "stop")
        run(place / "pg_ctl", *with_stop, check=False)


def run(program: Path, *words: str, check: bool = True) -> None:
    """Run one of PostgreSQL's programs; as root under its own account, for it refuses root.

    Raises:
        NoServer: it failed.
    """
    command = [str(program), *words]
    if is_root():
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    # Into a file, not a pipe: the server keeps the descriptor open, and a pipe would never end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603
            command, check=False, stdout=output, stderr=output, cwd="/", timeout=120
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if check and done.returncode:
        message = f"PostgreSQL 的 {program.name} 没有成功：{said[-800:]}"
        raise NoServer(message)


def is_root() -> bool:
    """Tell whether this process is the superuser's."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def interrupted(_number: int, _frame: FrameType | None) -> None:
    """Let SIGTERM leave as Ctrl-C does, so that the server is stopped."""
    raise KeyboardInterrupt


def main(argv: Sequence[str]) -> int:
    """Run the command after `--` with a server of its own, and return its exit code."""
    signal.signal(signal.SIGTERM, interrupted)
    command = list(argv[1:] if argv[:1] == ["--"] else argv)
    try:
        with cluster() as running:
            environment = {**os.environ, "YANXIU_DATABASE": running.url}
            done = subprocess.run(command, check=False, env=environment)  # noqa: S603
            return done.returncode
    except NoServer as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

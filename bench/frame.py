"""The frame of every bench: a server as `yanxiu serve` starts it, clients beside it, the floor.

Each round measures the floors and then the bench, so that both meet the same machine; the figures
are medians over the rounds. Processor time is that of the server and its workers; PostgreSQL's is
told apart.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import cpu_ms
from bench.requests import Case, Client, post
from yanxiu.config import postgresql

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {"floor": "bench.floor.settings", "bare": "bench.floor.bare"}
HOUSE = "yanxiu.config.settings"
PATIENCE = 60


class BenchFailed(Exception):
    """A measurement would be worth nothing: something was answered wrongly or not at all."""


@dataclass(frozen=True)
class Round:
    """What one round took, per request: the server, the database, the clients' waiting."""

    cpu_ms: float
    database_cpu_ms: float
    rps: float
    ms: list[float]


def python(
    *words: str, environment: dict[str, str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run one of our programs to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, input=given, check=False,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        message = f"{' '.join(words[:3])} ended with {done.returncode}"
        raise BenchFailed(message)
    return done


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(settings: str, environment: dict[str, str], probe: str) -> Iterator[tuple[int, int]]:
    """Serve as `yanxiu serve` does; give the process and the port."""
    port = free_port()
    command = [
        sys.executable, "-m", "yanxiu", "serve", "--port", str(port), "--without-notices",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL,
        env={**environment, "DJANGO_SETTINGS_MODULE": settings},
    )  # fmt: skip
    try:
        wait(f"http://127.0.0.1:{port}{probe}", process)
        yield process.pid, port
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until `url` is answered, be it with an error."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()  # noqa: S310 (our own server)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = "the server did not start"
    raise BenchFailed(message)


@dataclass(frozen=True)
class Bench:
    """One server under measurement, with the database process beside it, if there is one."""

    pid: int
    port: int
    database_pid: int | None

    def round(self, clients: list[Client], status: int) -> Round:
        """Send what the clients have and measure it."""
        wanted = {"port": self.port, "status": status, "clients": clients}
        before, base = cpu_ms(self.pid), self.database_cpu()
        done = python(
            str(ROOT / "bench/client.py"), environment=dict(os.environ), given=json.dumps(wanted)
        )
        used, database = cpu_ms(self.pid) - before, self.database_cpu() - base
        told = json.loads(done.stdout)
        if told["wrong"]:
            message = f"{told['wrong']} answers were not {status}; the first:\n{told['sample']}"
            raise BenchFailed(message)
        count = len(told["ms"])
        return Round(used / count, database / count, count / told["seconds"], told["ms"])

    def database_cpu(self) -> float:
        """Return what the database server has used so far; SQLite works inside our server."""
        return cpu_ms(self.database_pid) if self.database_pid else 0.0


def floor_clients(case: Case) -> list[Client]:
    """Return the requests of the floor: as many clients, twice as many requests."""
    each = 2 * case.requests // case.clients
    return [[(post("/floor/", {}, session=""), each)]] * case.clients


def measure(module: str, case_name: str) -> dict[str, Any]:
    """Lay the bench out, serve it, measure it, and return its figures."""
    case = Case.of(case_name)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="yanxiu-bench-"))
        # Nothing of the administrator's own settings may reach a measurement.
        plain = {key: value for key, value in os.environ.items() if not key.startswith("YANXIU_")}
        environment = {**plain, "YANXIU_DATA": folder, "DJANGO_SETTINGS_MODULE": HOUSE}
        # The folder of static files is made by the server, after the statements were counted.
        environment["PYTHONWARNINGS"] = "ignore:No directory at:UserWarning"
        database_pid = None
        if case.database == "postgresql":
            cluster = stack.enter_context(postgresql.cluster(careless=False))
            environment["YANXIU_DATABASE"], database_pid = cluster.url, cluster.pid
        told = python("-m", "bench.prepare", module, case_name, environment=environment)
        prepared = json.loads(told.stdout)
        lay_floor(environment)
        house = Bench(*stack.enter_context(server(HOUSE, environment, "/log-in/")), database_pid)
        floors = {
            name: Bench(*stack.enter_context(server(one, environment, "/ready/")), database_pid)
            for name, one in FLOORS.items()
        }
        rounds = run_rounds(case, prepared["streams"], house, floors)
    return figures(module, case_name, prepared, rounds)


def lay_floor(environment: dict[str, str]) -> None:
    """Make the table of the floor in the same database."""
    python(
        "-m", "django", "migrate", "--run-syncdb", "--verbosity=0",
        environment={**environment, "DJANGO_SETTINGS_MODULE": FLOORS["floor"]},
    )  # fmt: skip


def run_rounds(
    case: Case, streams: dict[str, Any], house: Bench, floors: dict[str, Bench]
) -> dict[str, list[Round]]:
    """Measure all rounds after one to warm up; the floors stand under their names."""
    measured: dict[str, list[Round]] = {name: [] for name in (*floors, *streams)}
    for number in range(case.rounds + 1):
        for name, floor in floors.items():
            measured[name].append(floor.round(floor_clients(case), 303))
        for name, stream in streams.items():
            measured[name].append(house.round(stream["rounds"][number], stream["status"]))
    return {name: rounds[1:] for name, rounds in measured.items()}


def figures(
    name: str, case_name: str, prepared: dict[str, Any], measured: dict[str, list[Round]]
) -> dict[str, Any]:
    """Return the figures of a bench from its rounds: medians."""
    main, *others = prepared["streams"]
    median = statistics.median
    waits = sorted(ms for one in measured[main] for ms in one.ms)
    floor, bare = (median(one.cpu_ms for one in measured[name]) for name in FLOORS)
    cpu = median(one.cpu_ms for one in measured[main])
    told: dict[str, Any] = {
        "bench": name,
        "case": case_name,
        "cpu_ms": round(cpu, 3),
        "rps": round(median(one.rps for one in measured[main]), 1),
        **{f"p{part}_ms": round(percentile(waits, part), 2) for part in (50, 95, 99)},
        "statements": len(prepared["statements"][main]),
        "floor_ratio": round(cpu / floor, 2),
        "floor_cpu_ms": round(floor, 3),
        "bare_ratio": round(cpu / bare, 2),
        "bare_cpu_ms": round(bare, 3),
        "database_cpu_ms": round(median(one.database_cpu_ms for one in measured[main]), 3),
        "rounds_cpu_ms": [round(one.cpu_ms, 3) for one in measured[main]],
        "requests": len(waits),
        **prepared["facts"],
    }
    for other in others:
        told[f"{other}_cpu_ms"] = round(median(one.cpu_ms for one in measured[other]), 3)
        told[f"{other}_statements"] = len(prepared["statements"][other])
    return told


def percentile(ordered: list[float], part: int) -> float:
    """Return the value below which `part` per cent of the `ordered` values lie."""
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)]

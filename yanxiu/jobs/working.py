"""One worker process: runs what waits, and ends when it is idle, has done enough or grew large."""

import sys
import threading
import time
from pathlib import Path

from django.db import close_old_connections

from yanxiu.jobs.models import Job
from yanxiu.jobs.running import run_waiting

IDLE = 20.0
"""So many seconds without work, and the worker ends; the loop starts another when there is some."""

ENOUGH = 25
"""So many jobs, and another worker goes on."""

LARGE = 500
"""So many MB of memory, and another worker goes on."""


def work(worker: str, stop: threading.Event) -> int:
    """Run what waits until there is no more for a while; return how many jobs were run."""
    done, last = 0, time.monotonic()
    while not stop.is_set() and done < ENOUGH and memory() < LARGE:
        if Job.objects.filter(state=Job.State.WAITING).exists():
            ran = run_waiting(1, worker=worker, stop=stop, beats=True)
            if ran:
                done, last = done + ran, time.monotonic()
                continue
        if time.monotonic() - last > IDLE:
            break
        close_old_connections()
        stop.wait(0.5)
    return done


def memory() -> int:
    """Return how many MB this process holds, or 0 where that cannot be known."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text(encoding="ascii").split()[1]) * 4096 // 2**20
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 (there is none on Windows)

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 2**20 if sys.platform == "darwin" else most // 2**10

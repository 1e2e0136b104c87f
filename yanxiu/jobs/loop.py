"""The light loop beside the pages: it starts workers when something waits, and watches them.

The work itself is done in processes of its own, so that what crashes, hangs or eats memory takes
nothing with it, and the memory goes back to the machine when there is nothing to do.
"""

import logging
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from yanxiu.jobs import table
from yanxiu.jobs.models import Job
from yanxiu.jobs.recovering import break_off, forget_old, recover
from yanxiu.jobs.running import worker_name
from yanxiu.kernel.spans import day_of

EVERY = 1.0
WORKERS = 2
"""So many at the same time, so that a job that hangs does not hold up the others."""

IMPATIENT = timedelta(seconds=5)
"""What waits longer while a worker is busy gets a second one."""

BEGINNING = timedelta(seconds=60)
"""A worker that has taken no job this long after its start is not waited for."""

UNMOVED = timedelta(seconds=45)
"""A cancelled job that takes no step for so long is ended with its worker."""

RECOVERED_EVERY = timedelta(seconds=15)
GOODBYE = 3.0

log = logging.getLogger(__name__)


@dataclass
class Child:
    """A worker process, the name by which jobs know it, and when it was started."""

    name: str
    process: "subprocess.Popen[bytes]"
    born_at: datetime

    def end(self, *, seconds: float = GOODBYE) -> None:
        """Ask it to end by closing its stdin; end it if it does not."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Loop:
    """Starts workers, and sees how they end."""

    def __init__(self, command: Sequence[str]) -> None:
        """Take the command of a worker; its name is put behind it."""
        self.command = list(command)
        self.children: list[Child] = []
        self.recovered_at: datetime | None = None
        self.tidied_on: date | None = None

    def turn(self, now: datetime) -> None:
        """Do what is due at `now`; trouble is noted and the next turn tries again."""
        try:
            close_old_connections()
            self.bury(now)
            self.end_stuck(now)
            if self.recovered_at is None or now - self.recovered_at > RECOVERED_EVERY:
                recover(now)
                self.recovered_at = now
            if self.tidied_on != day_of(now):
                forget_old(now)
                self.tidied_on = day_of(now)
            self.start_if_needed(now)
        except Exception as trouble:  # noqa: BLE001 (the database may be away for a moment)
            log.warning("the jobs rest: %s", type(trouble).__name__)
            connection.close()

    def bury(self, now: datetime) -> None:
        """Break off what a worker that is gone has left, at once."""
        gone = [child for child in self.children if child.process.poll() is not None]
        for child in gone:
            if child.process.returncode:
                log.warning("worker %s ended with %s", child.name, child.process.returncode)
            for job in Job.objects.filter(state=Job.State.RUNNING, worker=child.name):
                break_off(job, now=now)
            self.children.remove(child)

    def end_stuck(self, now: datetime) -> None:
        """End the worker of a job that has not moved for too long."""
        if not self.children:
            return
        names = {child.name: child for child in self.children}
        for job in Job.objects.filter(state=Job.State.RUNNING, worker__in=names):
            moved = job.moved_at or now
            patience = table.work(job.kind).patience
            if now - moved < patience and not (job.cancel_asked_at and now - moved > UNMOVED):
                continue
            log.warning("job %s is stuck, its worker is ended", job.number)
            child = names[job.worker]
            child.end(seconds=0)
            break_off(Job.objects.get(pk=job.pk), now=now, stuck=True)
            self.children.remove(child)

    def start_if_needed(self, now: datetime) -> None:
        """Start a worker if something waits that the others do not take."""
        if len(self.children) >= WORKERS or self._somebody_is_free(now):
            return
        since = now - IMPATIENT if self.children else now
        waiting = Job.objects.filter(Q(queued_at__lte=since), state=Job.State.WAITING)
        if waiting.exists():
            name = worker_name()
            command = [*self.command, name]
            # What the worker is called and where the data lie; nothing comes from outside.
            process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
            self.children.append(Child(name, process, now))

    def _somebody_is_free(self, now: datetime) -> bool:
        """Tell whether a worker has no job; one that takes too long to begin does not count."""
        if not self.children:
            return False
        names = [child.name for child in self.children]
        running = Job.objects.filter(state=Job.State.RUNNING, worker__in=names)
        busy = set(running.values_list("worker", flat=True))
        return any(
            child.name not in busy and now - child.born_at < BEGINNING for child in self.children
        )

    def end(self) -> None:
        """End all workers; what they were doing goes back into the queue."""
        for child in self.children:
            if child.process.stdin:
                child.process.stdin.close()
        for child in self.children:
            child.end()
        self.bury(timezone.now())


def keep_running(stop: threading.Event, command: Sequence[str], *, every: float = EVERY) -> None:
    """Have what waits done until `stop`."""
    loop = Loop(command)
    try:
        while not stop.is_set():
            loop.turn(timezone.now())
            stop.wait(every)
    finally:
        loop.end()

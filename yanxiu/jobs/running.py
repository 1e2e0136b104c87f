"""Running what waits, one job after the other.

Who runs a job takes it by a conditional update, so that several workers never run one job twice,
and beats while it runs, so that others see when it was broken off.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import (
    DatabaseError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.jobs import table
from yanxiu.jobs.models import Job
from yanxiu.jobs.queue import enqueue
from yanxiu.jobs.recovering import LIMIT, drop_results, recover, tell
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher

BEAT = 10.0
"""So many seconds between two beats."""

OFTEN = 0.5
"""So many seconds at least between two saved steps."""

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Somebody cancelled the job; let it pass."""


class Interrupted(Exception):
    """The worker is to stop; the job goes back into the queue; let it pass."""


class Lost(Exception):
    """The job is no longer ours: it was taken for broken off, and another may run it."""


@dataclass
class Here:
    """What the worker of this thread is called, and what tells it to stop."""

    worker: str
    stop: threading.Event
    beats: bool


_HERE: ContextVar[Here | None] = ContextVar("here", default=None)


class Running:
    """A job while it is done: what the work needs to know, and whom it tells how far it is."""

    def __init__(self, job: Job, here: Here) -> None:
        """Take the job that `here` has claimed."""
        self.job = job
        self.detail: dict[str, Any] = job.detail
        self.by: Teacher = job.by
        self.organisation: Organisation = job.organisation
        self.title = job.title
        self.moved = time.monotonic()
        self._here = here
        self._saved = 0.0

    def step(self, done: int, of: int, what: str = "") -> None:
        """Tell that `done` of `of` are done and what comes now; call it often, it is cheap.

        Raises:
            Cancelled: somebody has cancelled the job.
            Interrupted: the worker is to stop.
        """
        self.moved = time.monotonic()
        if self._here.stop.is_set():
            raise Interrupted
        if self.moved - self._saved < OFTEN and done < of:
            return
        self._saved = self.moved
        now = timezone.now()
        mine = Job.objects.filter(pk=self.job.pk, worker=self._here.worker, state=Job.State.RUNNING)
        asked = mine.values_list("cancel_asked_at", flat=True).first()
        if asked:
            raise Cancelled
        told = {"done": max(done, 0), "of": max(of, 0), "what": what[:120]}
        if not mine.update(**told, moved_at=now, beat_at=now):
            raise Lost

    def keep(self, data: bytes | Path, name: str) -> Attachment:
        """Keep a file that came of it; whoever started the job may fetch it for a month."""
        return attachments.keep(
            source_of(self.job),
            data,
            name=name,
            organisation=self.organisation,
            by=self.by,
            at=timezone.now(),
            made_here=True,
        )


def run_waiting(
    limit: int | None = None,
    *,
    worker: str = "",
    stop: threading.Event | None = None,
    beats: bool = False,
) -> int:
    """Run what waits, here and now; return how many jobs were run.

    Args:
        limit: at most so many.
        worker: what this worker is called; no two at the same time may have one name.
        stop: set it to have this end soon.
        beats: beat from a thread of its own, with a connection of its own. Without, only the steps
            of the job show that it is alive; for tests, whose database is in one transaction.
    """
    here = Here(worker or worker_name(), stop or threading.Event(), beats)
    recover(timezone.now())
    kept = _HERE.set(here)
    try:
        one = _Worker(here, limit)
        one.run()
    finally:
        _HERE.reset(kept)
    return one.ran


def worker_name() -> str:
    """Return a name that no other worker has."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{new_uid().hex[-8:]}"


class _Worker(Worker):
    """The worker of django-tasks-db, which ends when the queue is empty or somebody says so."""

    def __init__(self, here: Here, limit: int | None) -> None:
        """Work through the default queue."""
        super().__init__(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=limit,
            worker_id=here.worker,
            excluded_queue_names=[],
        )
        self.here = here
        self.ran = 0
        self.running = not here.stop.is_set()

    def run(self) -> None:
        """Run what is ready. Unlike its parent, it bears being called inside a transaction."""
        while self.running and (self.max_tasks is None or self.ran < self.max_tasks):
            if not connection.in_atomic_block:
                close_old_connections()
            entry = self._next()
            if entry is None:
                return
            self.run_task(entry)

    def _next(self) -> "DBTaskResult[Any, Any] | None":
        """Claim what is first in the queue; on SQLite nothing is locked while nothing is ready."""
        ready = DBTaskResult.objects.ready().filter(
            backend_name=self.backend_name, queue_name__in=self.queue_names
        )
        if not ready.exists():
            return None
        with exclusive_transaction(ready.db):
            entry = ready.get_locked()
            if entry is not None:
                entry.claim(self.worker_id)
            return entry

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        """Run one, unless we are to stop; nothing of it stays in the queue."""
        try:
            super().run_task(db_task_result)
        except DatabaseError:
            # The job was taken for broken off, and its entry with it.
            log.warning("the entry %s is gone from the queue", db_task_result.pk)
        DBTaskResult.objects.filter(pk=db_task_result.pk).delete()
        self.ran += 1
        if self.here.stop.is_set():
            self.running = False


# ---- one job ----
def run_one(uid: UUID) -> None:
    """Run the job `uid` if it waits; whatever happens, it ends in a state with its reason."""
    here = _HERE.get() or Here(worker_name(), threading.Event(), beats=False)
    job = claim(uid, here.worker, now=timezone.now())
    if job is None:
        return
    running = Running(job, here)
    try:
        with _beating(running, here):
            _work(running)
    except Lost:
        log.warning("job %s was taken for broken off; left to others", job.number)
    except Cancelled:
        _end(running, here, Job.State.CANCELLED, "")
    except (Interrupted, KeyboardInterrupt, SystemExit):
        here.stop.set()
        _again(running, here, counts=False)
    except Refusal as no:
        _end(running, here, Job.State.FAILED, str(no))
    except OperationalError:
        log.exception("job %s: the database was away", job.number)
        _again(running, here, counts=True)
    except Exception:
        log.exception("job %s failed", job.number)
        _end(running, here, Job.State.FAILED, our_fault(job))
    else:
        _end(running, here, Job.State.DONE, "")


def claim(uid: UUID, worker: str, *, now: datetime) -> Job | None:
    """Take the job `uid` for `worker` if it waits, or return None; nobody else gets it."""
    taken = Job.objects.filter(uid=uid, state=Job.State.WAITING).update(
        state=Job.State.RUNNING,
        worker=worker,
        attempts=F("attempts") + 1,
        started_at=now,
        moved_at=now,
        beat_at=now,
        done=0,
        of=0,
        what="",
        message="",
    )
    if not taken:
        return None
    job = Job.objects.select_related("by", "organisation").get(uid=uid)
    # What an attempt left that was broken off.
    drop_results(job)
    return job


def our_fault(job: Job) -> str:
    """Return the sentence for a mistake of the program."""
    return _(
        "程序出了错，已记入日志，没有做成。"
        "请重试一次；如果还是这样，请把编号 %(number)s 告诉管理员。"
    ) % {"number": job.number}


def _work(running: Running) -> None:
    if not running.by.is_active:
        raise Refusal(_("发起的人已经不在本系统，没有做。"))
    table.work(running.job.kind).run(running)


@contextmanager
def _beating(running: Running, here: Here) -> Iterator[None]:
    """Show that `running` is alive for as long as it moves, even between its steps."""
    if not here.beats:
        yield
        return
    ended = threading.Event()
    patience = table.work(running.job.kind).patience.total_seconds()
    mine = Job.objects.filter(pk=running.job.pk, worker=here.worker, state=Job.State.RUNNING)

    def beat() -> None:
        while not ended.wait(BEAT) and time.monotonic() - running.moved < patience:
            try:
                mine.all().update(beat_at=timezone.now())
            except Exception as trouble:  # noqa: BLE001 (the next beat tries again)
                log.warning("job %s misses a beat: %s", running.job.number, type(trouble).__name__)
                connection.close()
        connection.close()

    thread = threading.Thread(target=beat, name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=BEAT)


@transaction.atomic
def _end(running: Running, here: Here, state: str, sentence: str) -> None:
    """Note how it ended, if it is still ours; tell who started it if that took long."""
    now = timezone.now()
    mine = Job.objects.filter(pk=running.job.pk, worker=here.worker, state=Job.State.RUNNING)
    if not mine.update(state=state, ended_at=now, message=sentence[:300]):
        return
    job = Job.objects.select_related("by", "organisation").get(pk=running.job.pk)
    if state == Job.State.CANCELLED:
        drop_results(job)
    tell(job, now)


@transaction.atomic
def _again(running: Running, here: Here, *, counts: bool) -> None:
    """Put it back into the queue; for good only so many times."""
    now, job = timezone.now(), running.job
    if counts and job.attempts >= LIMIT:
        _end(running, here, Job.State.FAILED, our_fault(job))
        return
    mine = Job.objects.filter(pk=job.pk, worker=here.worker, state=Job.State.RUNNING)
    attempts = job.attempts if counts else job.attempts - 1
    if mine.update(state=Job.State.WAITING, attempts=attempts, worker=""):
        job.refresh_from_db()
        wait = timedelta(seconds=20 * job.attempts) if counts else timedelta()
        enqueue(job, at=now, wait=wait)

"""A worker killed in the middle loses no job, and two workers never do one job twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.test_faults_kill import Server
from yanxiu.conftest import Cast
from yanxiu.jobs import actions, recovering, running, table
from yanxiu.jobs.loop import Loop, keep_running
from yanxiu.jobs.models import Job
from yanxiu.jobs.recovering import recover, results
from yanxiu.jobs.running import Running, run_waiting
from yanxiu.jobs.table import Work
from yanxiu.jobs.tests.works import known
from yanxiu.people.models import Teacher

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
WORKER = """
import os, sys, threading, time
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "yanxiu.config.settings"
import django
django.setup()
from datetime import timedelta
from yanxiu.config.beside import stop_with_parent
from yanxiu.jobs import table, working
from yanxiu.jobs.table import Work

def work(running):
    note = Path(os.environ["YANXIU_DATA"]) / "begun"
    with note.open("a") as file:
        file.write(f"{running.job.uid}\\n")
    running.keep(b"half", name="half.txt")
    if running.detail.get("hangs") == "always" or (
        running.detail.get("hangs") and note.read_text().count(str(running.job.uid)) == 1
    ):
        running.step(1, 2, "here it hangs")
        time.sleep(3600)

table.register(Work("made.up", name="made up", run=work, patience=timedelta(seconds=PATIENT)))
stop = threading.Event()
stop_with_parent(stop, at_last=True)
working.IDLE = 1
working.work(sys.argv[-1], stop)
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no kill -9")

Begin = Callable[..., Job]


@pytest.fixture
def db(house: Path) -> Path:
    """Let the cast live in a database that a worker can open."""
    return house


@pytest.fixture
def begin(cast: Cast, wang: Teacher) -> Iterator[Begin]:
    def start(**detail: object) -> Job:
        given = {"by": wang, "organisation": cast.school, "at": timezone.now()}
        return actions.start("made.up", title="t", detail=detail, **given)  # type: ignore[arg-type]

    with known(nothing):
        yield start


def nothing(running: Running) -> None:
    """Do nothing."""


def worker(patience: float = 600) -> list[str]:
    """Return the command of a worker that knows a work that hangs when it is told to."""
    return [sys.executable, "-c", WORKER.replace("PATIENT", str(patience))]


@pytest.fixture
def environment(house: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Let processes that are started find our database, here and in what is returned."""
    made = Server(house).environment() | {"PYTHONPATH": str(ROOT)}
    for name, value in made.items():
        monkeypatch.setenv(name, value)
    if "YANXIU_DATABASE" not in made:
        monkeypatch.delenv("YANXIU_DATABASE", raising=False)
    return made


def wait_until(ripe: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not ripe():
        assert time.monotonic() < until, list(Job.objects.values())
        time.sleep(0.05)


def state(job: Job) -> str:
    return str(Job.objects.values_list("state", flat=True).get(pk=job.pk))


def begun(house: Path, job: Job) -> int:
    note = house / "begun"
    return note.read_text().count(str(job.uid)) if note.exists() else 0


def test_a_worker_killed_in_the_middle_is_noticed_and_another_does_the_job(
    begin: Begin, house: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(hangs="once")
    with subprocess.Popen([*worker(), "w-1"], env=environment, stdin=subprocess.PIPE) as first:
        wait_until(lambda: Job.objects.get(pk=job.pk).done == 1)
        first.send_signal(signal.SIGKILL)
    assert state(job) == Job.State.RUNNING
    assert len(results(job)) == 1

    later = timezone.now() + recovering.LEASE * 2
    assert recover(later) == 1
    subprocess.run([*worker(), "w-2"], env=environment, stdin=subprocess.DEVNULL, check=False)
    with subprocess.Popen([*worker(), "w-3"], env=environment, stdin=subprocess.PIPE):
        wait_until(lambda: state(job) == Job.State.DONE)

    assert begun(house, job) == 2
    assert len(results(job)) == 1


def test_the_loop_goes_on_at_once_when_its_worker_dies(
    begin: Begin, house: Path, environment: dict[str, str]
) -> None:
    job = begin(hangs="once")
    loop = Loop(worker())
    try:
        loop.turn(timezone.now())
        wait_until(lambda: Job.objects.get(pk=job.pk).done == 1)
        (child,) = loop.children
        child.process.kill()
        child.process.wait()

        def turned() -> bool:
            loop.turn(timezone.now())
            return state(job) == Job.State.DONE

        wait_until(turned)
    finally:
        loop.end()
    assert Job.objects.get(pk=job.pk).attempts == 2


def test_one_that_hangs_holds_up_nobody_and_is_ended(
    begin: Begin, house: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = Work("made.up", name="made up", run=nothing)
    hanging = begin(hangs="always")
    loop = Loop(worker())

    def turned(job: Job, wanted: str) -> Callable[[], bool]:
        def turn() -> bool:
            loop.turn(timezone.now())
            return state(job) == wanted

        return turn

    try:
        wait_until(turned(hanging, Job.State.RUNNING))
        wait_until(lambda: Job.objects.get(pk=hanging.pk).done == 1)
        other = begin()
        wait_until(turned(other, Job.State.DONE))
        assert state(hanging) == Job.State.RUNNING

        impatient = Work(patient.code, patient.name, patient.run, patience=recovering.LEASE * 0)
        monkeypatch.setitem(table._WORKS, "made.up", impatient)
        wait_until(turned(hanging, Job.State.FAILED))
    finally:
        loop.end()
    assert begun(house, hanging) == 1


def test_a_loop_that_is_told_to_stop_puts_back_what_was_being_done(
    begin: Begin, house: Path, environment: dict[str, str]
) -> None:
    job = begin(hangs="always")
    stop = threading.Event()
    loop = threading.Thread(target=keep_running, args=[stop, worker()], kwargs={"every": 0.1})
    loop.start()
    wait_until(lambda: Job.objects.get(pk=job.pk).done == 1)

    stop.set()
    loop.join(timeout=PATIENCE)

    assert state(job) == Job.State.WAITING


def test_two_workers_never_do_one_job_twice(begin: Begin, house: Path) -> None:
    done: list[str] = []

    def note(running: Running) -> None:
        done.append(str(running.job.uid))
        time.sleep(0.01)

    table._WORKS["made.up"] = Work("made.up", name="made up", run=note)
    jobs = [str(begin(number=number).uid) for number in range(20)]

    def work(_number: int) -> int:
        try:
            return run_waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        ran = sum(pool.map(work, range(3)))

    assert sorted(done) == sorted(jobs)
    assert ran == 20
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}


def test_it_beats_between_its_steps(
    begin: Begin, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BEAT", 0.02)
    beats = set()

    def quiet(running: Running) -> None:
        for _number in range(20):
            beats.add(Job.objects.get().beat_at)
            time.sleep(0.02)

    table._WORKS["made.up"] = Work("made.up", name="made up", run=quiet)
    begin()
    run_waiting(beats=True)

    assert len(beats) > 2


def is_of(house: Path, process: str) -> bool:
    """Tell whether a process does the jobs of `house`."""
    try:
        words = (Path("/proc") / process / "cmdline").read_bytes()
        given = (Path("/proc") / process / "environ").read_bytes()
    except OSError:
        return False
    return b"yanxiu\0jobs" in words and str(house).encode() in given


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_loop_and_its_workers_end_with_the_server(
    end: signal.Signals, begin: Begin, house: Path, environment: dict[str, str]
) -> None:
    beside = f"import subprocess, sys; subprocess.run({['yanxiu', 'jobs', 'loop', '--beside']!r})"
    beside = beside.replace("['yanxiu'", "[sys.executable, '-m', 'yanxiu'")
    before = begin()
    Job.objects.filter(pk=before.pk).update(kind="nobody.knows")
    parent = subprocess.Popen(
        [sys.executable, "-c", beside], env=environment, stdin=subprocess.PIPE
    )
    wait_until(lambda: state(before) == Job.State.FAILED)

    def of_the_house() -> list[str]:
        return [
            one.name
            for one in Path("/proc").iterdir()
            if one.name.isdigit() and is_of(house, one.name)
        ]

    assert of_the_house()
    parent.send_signal(end)
    parent.wait()

    wait_until(lambda: not of_the_house())

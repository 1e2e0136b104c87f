"""A job whose worker is gone is found again: retried, or shown as broken off, never stuck."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from yanxiu.jobs import actions
from yanxiu.jobs.models import Job
from yanxiu.jobs.recovering import LEASE, LIMIT, break_off, recover
from yanxiu.jobs.running import Running, claim, run_waiting
from yanxiu.jobs.tests.conftest import Begin
from yanxiu.people.models import Teacher


def nothing(running: Running) -> None:
    """Do nothing."""


def die_with(job: Job) -> None:
    """Take `job` as a worker does that dies at once: its entry stays taken, its job running."""
    assert claim(job.uid, f"dead-{job.uid}", now=timezone.now() - LEASE - timedelta(seconds=1))
    job.refresh_from_db()
    DBTaskResult.objects.filter(pk=job.entry or job.uid).update(status="RUNNING")


def test_it_is_done_by_the_next_worker(begin: Begin) -> None:
    job = begin(nothing)
    die_with(job)

    assert run_waiting() == 1

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)


def test_one_that_still_beats_is_left_alone(begin: Begin) -> None:
    job = begin(nothing)
    die_with(job)
    Job.objects.update(beat_at=timezone.now())

    assert recover(timezone.now()) == 0
    assert run_waiting() == 0


def test_it_is_not_tried_for_ever(begin: Begin) -> None:
    job = begin(nothing)
    for _number in range(LIMIT):
        die_with(job)
        recover(timezone.now())
        job.refresh_from_db()

    assert job.state == Job.State.FAILED
    assert "中途断了" in job.message
    assert job.number in job.message
    assert run_waiting() == 0


def test_a_stuck_one_is_ended_and_not_tried_again(begin: Begin) -> None:
    job = begin(nothing)
    die_with(job)

    assert break_off(job, now=timezone.now(), stuck=True)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "很久没有进展" in job.message


def test_a_cancelled_one_ends_with_its_worker(begin: Begin, wang: Teacher) -> None:
    job = begin(nothing)
    die_with(job)
    actions.cancel(job, by=wang, at=timezone.now())

    recover(timezone.now())

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_worker_taken_for_dead_overwrites_nothing(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    def slow(running: Running) -> None:
        Job.objects.update(worker="another")
        running.step(1, 1)

    job = begin(slow)
    run_waiting()

    job.refresh_from_db()
    assert (job.state, job.worker) == (Job.State.RUNNING, "another")
    assert "left to others" in caplog.text


@pytest.mark.parametrize("loss", ["gone", "taken"])
def test_what_waits_in_no_queue_is_queued_again(begin: Begin, loss: str) -> None:
    job = begin(nothing)
    if loss == "gone":
        DBTaskResult.objects.all().delete()
    else:
        DBTaskResult.objects.update(status="RUNNING")
    Job.objects.update(queued_at=timezone.now() - LEASE - timedelta(seconds=1))

    assert run_waiting() == 1

    job.refresh_from_db()
    assert job.state == Job.State.DONE

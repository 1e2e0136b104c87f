"""The queue: one entry of django-tasks for each time a job is to be run."""

from datetime import datetime, timedelta
from uuid import UUID

from django_tasks import task

from yanxiu.jobs.models import Job

LATER = -10
"""What was tried before stands behind what never was."""


@task()
def take(uid: str) -> None:
    """Run the job `uid`, if it still waits; called by the worker of the queue."""
    from yanxiu.jobs.running import run_one  # noqa: PLC0415 (running knows the queue)

    run_one(UUID(uid))


def enqueue(job: Job, *, at: datetime, wait: timedelta = timedelta()) -> None:
    """Put `job` into the queue in the transaction that is open, and note its entry."""
    due = at + wait if wait else None
    asked = take.using(priority=LATER * min(job.attempts, 9), run_after=due)
    job.entry = UUID(str(asked.enqueue(str(job.uid)).id))
    job.queued_at = at + wait
    job.save(update_fields=["entry", "queued_at"])

"""Starting, cancelling and retrying work in the background."""

from datetime import datetime
from typing import Any

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.jobs import table
from yanxiu.jobs.models import Job
from yanxiu.jobs.permissions import may_see_job, may_stop_job
from yanxiu.jobs.queue import enqueue
from yanxiu.jobs.refusals import NotOpen, NotRetriable, TooManyJobs
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher

MOST = 20
"""How many jobs of one person may wait or run at the same time."""


@transaction.atomic
def start(
    code: str,
    *,
    title: str,
    detail: dict[str, Any],
    by: Teacher,
    organisation: Organisation,
    at: datetime,
) -> Job:
    """Have the work `code` done in the background; the caller has checked the right to it.

    The job and its entry in the queue commit with the transaction of the caller. Asking again for
    what still waits or runs gives the same job.

    Args:
        code: which work, of `yanxiu.jobs.table`.
        title: what it is for the person, one line.
        detail: what the work needs to know, as JSON; uids, never rows.
        by: who starts it, and alone may see it.
        organisation: the school it concerns.
        at: when, aware.

    Raises:
        TooManyJobs: too many of this person's wait already.
    """
    table.work(code)
    # Two clicks at once must not both find nothing.
    Teacher.objects.select_for_update(of=("self",)).get(pk=by.pk)
    unfinished = list(Job.objects.filter(by=by, ended_at=None))
    for one in unfinished:
        if (one.kind, one.detail, one.cancel_asked_at) == (code, detail, None):
            return one
    if len(unfinished) >= MOST:
        raise TooManyJobs(MOST)
    job = Job.objects.create(
        organisation=organisation,
        by=by,
        kind=code,
        title=title[:120],
        detail=detail,
        made_at=at,
        queued_at=at,
    )
    enqueue(job, at=at)
    trail.record(by, "jobs.job-started", job, at=at)
    return job


@transaction.atomic
def cancel(job: Job, *, by: Teacher, at: datetime) -> Job:
    """Cancel `job`: at once while it waits; at its next step while it runs.

    Raises:
        NotAllowed: `by` neither started it nor administers its organisation.
        NotOpen: it has ended.
    """
    require(may_stop_job, by, job)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_open:
        raise NotOpen
    job.cancel_asked_at = at
    if job.state == Job.State.WAITING:
        job.state, job.ended_at = Job.State.CANCELLED, at
    job.save(update_fields=["cancel_asked_at", "state", "ended_at"])
    trail.record(by, "jobs.job-cancelled", job, at=at)
    return job


@transaction.atomic
def retry(job: Job, *, by: Teacher, at: datetime) -> Job:
    """Have `job` done again, from its beginning.

    Raises:
        NotAllowed: `by` did not start it.
        NotRetriable: it has not failed and was not cancelled.
    """
    require(may_see_job, by, job)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        raise NotRetriable
    job.state, job.ended_at, job.cancel_asked_at = Job.State.WAITING, None, None
    job.done, job.of, job.what, job.message, job.attempts = 0, 0, "", "", 0
    job.save()
    enqueue(job, at=at)
    trail.record(by, "jobs.job-retried", job, at=at)
    return job

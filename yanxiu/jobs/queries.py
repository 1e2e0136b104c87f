"""What waits, what runs, and what came of it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from yanxiu.attachments.models import Attachment
from yanxiu.jobs.models import Job
from yanxiu.jobs.permissions import may_see_job, may_stop_job
from yanxiu.jobs.recovering import results
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

MOST_SHOWN = 50


@dataclass(frozen=True)
class ShownJob:
    """A job as its page shows it.

    Attributes:
        job: the row.
        ahead: how many wait before it, if it waits.
        results: the files that came of it.
    """

    job: Job
    ahead: int
    results: list[Attachment]


def jobs_of(teacher: Teacher) -> "QuerySet[Job]":
    """Return what `teacher` has started, the newest first."""
    return allowed(may_see_job, teacher, Job.objects.all())


def others_unfinished(teacher: Teacher) -> list[Job]:
    """Return what others have started and `teacher` may stop, the oldest first; no titles."""
    rows = allowed(may_stop_job, teacher, Job.objects.filter(ended_at=None))
    rows = rows.exclude(by=teacher.pk).select_related("by", "organisation").defer("title", "detail")
    return list(rows.order_by("queued_at", "pk")[:MOST_SHOWN])


def shown(job: Job) -> ShownJob:
    """Return `job` with its place in the queue or its files; at most one more statement."""
    ahead = 0
    if job.state == Job.State.WAITING:
        ahead = Job.objects.filter(state=Job.State.WAITING, queued_at__lt=job.queued_at).count()
    return ShownJob(job, ahead, results(job) if job.state == Job.State.DONE else [])

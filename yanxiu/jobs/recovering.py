"""Finding what was broken off, and removing what is old."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.jobs.models import KEPT_FOR, Job
from yanxiu.jobs.queue import enqueue
from yanxiu.kernel.sources import source_of
from yanxiu.notices import actions as notices

LIMIT = 3
"""How often a job is begun."""

LEASE = timedelta(seconds=90)
"""A running job without a beat for so long was broken off."""

LONG = timedelta(seconds=30)
"""Who waited longer than this has gone on to other pages, and is told."""

DROPPED = "jobs.dropped"
"""No place is declared for it, so what belongs to it opens for nobody."""

BATCH = 200


def recover(now: datetime) -> int:
    """Put what was broken off back into the queue, or end it; return how many were found."""
    lost = Job.objects.filter(state=Job.State.RUNNING).filter(
        Q(beat_at=None) | Q(beat_at__lt=now - LEASE)
    )
    found = sum(break_off(job, now=now) for job in list(lost[:BATCH]))
    return found + _queue_what_is_in_no_queue(now)


@transaction.atomic
def break_off(job: Job, *, now: datetime, stuck: bool = False) -> bool:
    """End or queue again a running `job` whose worker is gone; tell whether it was still so.

    Args:
        job: as it was seen; if it has moved since, nothing is done.
        now: the moment.
        stuck: its worker was ended because it did not move; it would only get stuck again.
    """
    seen = Job.objects.select_for_update(of=("self",)).filter(
        pk=job.pk, state=Job.State.RUNNING, worker=job.worker, beat_at=job.beat_at
    )
    found = seen.select_related("by", "organisation").first()
    if found is None:
        return False
    DBTaskResult.objects.filter(pk=found.entry or job.uid).delete()
    found.worker = ""
    if found.cancel_asked_at:
        _end(found, Job.State.CANCELLED, "", now)
    elif stuck:
        sentence = _(
            "很久没有进展，已经停下，不影响别的任务。请重试，或请管理员查看编号 %(number)s。"
        )
        _end(found, Job.State.FAILED, sentence % {"number": found.number}, now)
    elif found.attempts >= LIMIT:
        sentence = _("做了 %(times)s 次都在中途断了，没有再试。请管理员查看编号 %(number)s。")
        _end(found, Job.State.FAILED, sentence % {"times": LIMIT, "number": found.number}, now)
    else:
        found.state = Job.State.WAITING
        found.message = _("上次做到一半断了，已经重新排队。")
        found.save(update_fields=["state", "message", "worker"])
        enqueue(found, at=now)
    return True


def _end(job: Job, state: str, sentence: str, now: datetime) -> None:
    job.state, job.ended_at, job.message = state, now, sentence
    job.save(update_fields=["state", "ended_at", "message", "worker"])
    drop_results(job)
    tell(job, now)


def _queue_what_is_in_no_queue(now: datetime) -> int:
    """Queue what waits but whose entry is gone or was taken by a worker that died with it."""
    waiting = Job.objects.filter(state=Job.State.WAITING, queued_at__lt=now - LEASE)
    jobs = list(waiting[:BATCH])
    ready = DBTaskResult.objects.filter(
        pk__in=[job.entry for job in jobs if job.entry], status=TaskResultStatus.READY
    )
    there = set(ready.values_list("pk", flat=True))
    missing = [job for job in jobs if job.entry not in there]
    for job in missing:
        with transaction.atomic():
            DBTaskResult.objects.filter(pk=job.entry or job.uid).delete()
            enqueue(job, at=now)
    return len(missing)


def tell(job: Job, now: datetime) -> None:
    """Tell who started `job` that it ended, if that took long."""
    if job.state == Job.State.CANCELLED or now - job.made_at < LONG:
        return
    ended = _("做好了") if job.state == Job.State.DONE else _("没有做成")
    notices.notify(
        [job.by],
        kind="decision",
        title=f"{job.title}：{ended}",
        source=source_of(job),
        organisation=job.organisation,
        at=now,
        text=job.message,
    )


def results(job: Job) -> list[Attachment]:
    """Return the files that came of `job`, in their order."""
    rows = Attachment.objects.filter(source_kind=Job.SOURCE_KIND, source_id=job.uid)
    return list(rows.order_by("added_at", "pk"))


def drop_results(job: Job) -> None:
    """Take the files from `job`: nobody may fetch them any more, and `forget_old` removes them."""
    rows = Attachment.objects.filter(source_kind=Job.SOURCE_KIND, source_id=job.uid)
    rows.update(source_kind=DROPPED)


def forget_old(now: datetime) -> int:
    """Remove jobs that ended long ago, with their files; return how many."""
    old = list(Job.objects.filter(ended_at__lt=now - KEPT_FOR).order_by("ended_at")[:BATCH])
    for job in old:
        with transaction.atomic():
            drop_results(job)
            job.delete()
    fresh = now - attachments.FRESH
    dropped = Attachment.objects.filter(source_kind=DROPPED, added_at__lt=fresh)
    for attachment in list(dropped[:BATCH]):
        attachments.remove(attachment, at=now)
    DBTaskResult.objects.finished().filter(finished_at__lt=fresh).delete()
    return len(old)

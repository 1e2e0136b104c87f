"""What is to be done in the background, what is being done, and what came of it."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.table import name_of
from yanxiu.kernel.spans import day_of
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher

KEPT_FOR = timedelta(days=30)
"""How long a job and its files are kept after it ended."""


class Job(models.Model):
    """后台任务: one long piece of work that somebody started, with its progress and its end.

    Whoever does it writes its name into `worker` and the moment into `beat_at` every few seconds; a
    running job without a beat was broken off.
    """

    SOURCE_KIND: ClassVar[str] = "jobs.job"

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("正在做")
        DONE = "done", _("做好了")
        FAILED = "failed", _("没有做成")
        CANCELLED = "cancelled", _("已取消")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    by = models.ForeignKey(Teacher, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=120, blank=True)
    message = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    entry = models.UUIDField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at=None)
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False),
                name="a job has a moment of its end when it has ended",
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-made_at"], name="jobs_of_a_teacher"),
            models.Index(
                fields=["state", "queued_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="jobs_not_ended",
            ),
            models.Index(fields=["ended_at"], name="jobs_by_end"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Tell whether it has not ended."""
        return self.ended_at is None

    @property
    def number(self) -> str:
        """The short number under which the log speaks of this job."""
        return f"{self.uid.hex[-8:]}-{self.attempts}"

    @property
    def work_name(self) -> str:
        """What people call this kind of work."""
        return name_of(self.kind)

    @property
    def kept_until(self) -> date | None:
        """The day on which the job and its files are removed."""
        return day_of(self.ended_at + KEPT_FOR) if self.ended_at else None

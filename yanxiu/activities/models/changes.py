"""What happened to the time of sessions, and sessions that were made together."""

from typing import ClassVar

from django.db import models

from yanxiu.activities.models.activity import Session
from yanxiu.kernel.uids import new_uid
from yanxiu.planning.models import Plan


class SessionMove(models.Model):
    """改期: one change of time or place of a session, with who, when and why."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="moves")
    from_starts_at = models.DateTimeField()
    from_ends_at = models.DateTimeField()
    from_place = models.CharField(max_length=60, blank=True)
    to_starts_at = models.DateTimeField()
    to_ends_at = models.DateTimeField()
    to_place = models.CharField(max_length=60, blank=True)
    because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_starts_at} → {self.to_starts_at}"


class SchedulingBatch(models.Model):
    """排期批次: the sessions that one press of the button made from a plan, to be undone as one."""

    SOURCE_KIND: ClassVar[str] = "activities.scheduling_batch"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="scheduling_batches")
    since = models.DateField()
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.at:%Y-%m-%d}"

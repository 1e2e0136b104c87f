"""What a host's device recorded without a network and sent later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.activities.models.attendance import Attendance
from yanxiu.kernel.uids import new_uid


class OfflineTap(models.Model):
    """离线点名: one tap on a host's device, kept as it was sent, and what came of it.

    `claimed_ms` and `offset_ms` are the device's own: its clock at the tap, and how far it believed
    to be behind ours. `tapped_at` is what we make of them. `saw` is the mark the host had in sight,
    `met` the mark of another origin that this tap replaced or gave way to.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("已记入")
        REPLACED = "replaced", _("后来又点过")
        DISAGREES = "disagrees", _("与另一处不一样")
        PROPOSED = "proposed", _("关闭后才送到，待更正")
        NAMELESS = "nameless", _("名册里对不上")

    key = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="offline_taps")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=Attendance.State.choices, blank=True)
    saw = models.CharField(max_length=10, blank=True)
    device = models.UUIDField()
    order = models.PositiveBigIntegerField()
    claimed_ms = models.BigIntegerField()
    offset_ms = models.BigIntegerField(null=True, blank=True)
    tapped_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by_uid = models.UUIDField()
    by_name = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.REPLACED)
    met = models.JSONField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_uid = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["tapped_at", "order", "id"]
        indexes = [
            models.Index(fields=["session", "teacher"], name="activities_offline_taps"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.teacher_id or self.name} {self.state}"

"""Who came to a session, how we know, and what was corrected afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.kernel.uids import new_uid


class Attendance(models.Model):
    """考勤: whether one person came to one session, how we know, and since when.

    Until the session is closed only those who signed in or were called have a row; closing gives
    everybody else who was expected the row `absent`.

    `device` says only which sign-ins of this one session came from the same browser: it is made
    of the browser's random cookie and the session, so it cannot be followed to another session,
    and it is wiped after the term. `minutes` is None while the planned length, or the pair of
    coming and leaving, says how long the person was there.
    """

    SOURCE_KIND: ClassVar[str] = "activities.attendance"

    class State(models.TextChoices):
        PRESENT = "present", _("出席")
        LATE = "late", _("迟到")
        LEAVE = "leave", _("请假")
        ON_DUTY = "on_duty", _("公务")
        ABSENT = "absent", _("缺席")

    class Method(models.TextChoices):
        CODE = "code", _("本人签到")
        ROLL_CALL = "roll_call", _("主持人点名")
        MAKE_UP = "make_up", _("补签")
        PAPER = "paper", _("纸质签到")
        CLOSING = "closing", _("关闭时记")

    class Check(models.TextChoices):
        HERE = "here", _("抽点在场")
        AWAY = "away", _("抽点不在")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    expected = models.BooleanField(default=True)
    by_uid = models.UUIDField(null=True)
    device = models.CharField(max_length=32, blank=True, default="", editable=False)
    spot_result = models.CharField(max_length=10, choices=Check.choices, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_uid = models.UUIDField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher"], name="a person is at a session once"
            ),
        ]
        # Only marks of devices that are still to be forgotten; those of past terms are not in it.
        indexes = [
            models.Index(
                fields=["session"], name="activities_devices_to_forget", condition=~Q(device="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.state}"


class Amendment(models.Model):
    """更正考勤: a change of final attendance, with who, when and why."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="amendments")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10, choices=Attendance.State.choices)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

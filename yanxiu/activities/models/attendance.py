"""Who came to a session, how we know, and what was corrected afterwards."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.kernel.uids import new_uid


class Attendance(models.Model):
    """考勤: whether one person came to one session, how we know, and since when.

    Until the session is closed only those who signed in or were called have a row; closing gives
    everybody else who was expected the row `absent`.
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
        CLOSING = "closing", _("关闭时记")

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher"], name="a person is at a session once"
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

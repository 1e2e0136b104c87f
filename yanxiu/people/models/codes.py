"""One-time codes, with which a person gets in the first time or again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid


class LogInCode(models.Model):
    """一次性登录码: printed on a slip, used once, then the person chooses a password.

    Only a keyed digest of the code is stored; the slip is the one place where it can be read.
    """

    SOURCE_KIND: ClassVar[str] = "people.log_in_code"

    class Purpose(models.TextChoices):
        FIRST = "first", _("首次登录")
        RECOVERY = "recovery", _("找回登录")
        SET_UP = "set_up", _("建立学校")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.CASCADE, related_name="codes", null=True, blank=True
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    made_by_uid = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.teacher_id}"

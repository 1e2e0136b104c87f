"""What was said in a session."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.kernel.uids import new_uid


class Minutes(models.Model):
    """活动记录: what was discussed, agreed and left open in one session."""

    SOURCE_KIND: ClassVar[str] = "activities.minutes"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="minutes_taken")
    process = models.TextField(_("活动过程与发言要点"), blank=True)
    conclusions = models.TextField(_("达成的共识"), blank=True)
    next_steps = models.TextField(_("遗留问题与下一步"), blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by_uid = models.UUIDField(null=True)
    saved_by_name = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_saved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.session_id}"

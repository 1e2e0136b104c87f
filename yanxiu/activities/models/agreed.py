"""What a session means to talk about, and what was agreed in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.kernel.uids import new_uid


class AgendaPoint(models.Model):
    """议程: one point of a session, with the minutes it may take and who speaks to it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda_points")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("内容"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("分钟"), null=True, blank=True)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Resolution(models.Model):
    """议定事项: a decision of a session; with an owner it is something somebody does.

    It is open until its owner, or whoever manages the session, says that it is done or dropped;
    the word says what came of it, for the next session to read.
    """

    SOURCE_KIND: ClassVar[str] = "activities.resolution"

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        DONE = "done", _("已完成")
        DROPPED = "dropped", _("不再做")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="resolutions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("议定的事"), max_length=200)
    owner = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("期限"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    word = models.CharField(_("结果"), max_length=200, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["order", "id"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(state="open"), name="activities_open_agreed"
            ),
        ]

    def __str__(self) -> str:
        return self.text

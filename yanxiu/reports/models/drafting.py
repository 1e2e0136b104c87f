"""The help with drafting: where a school has words phrased, and that it was asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class DraftingSetting(models.Model):
    """起草助手: the endpoint that phrases for a school; off until its administrator sets one.

    The key lies in `keys/drafting/`, see `drafting.keys`. `private` says that the endpoint is a
    machine of the school; without it only public addresses are called, and those by HTTPS alone.
    """

    SOURCE_KIND: ClassVar[str] = "reports.drafting_setting"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="drafting"
    )
    url = models.CharField(_("接口地址"), max_length=300)
    model = models.CharField(_("模型名"), max_length=100)
    private = models.BooleanField(_("这是本校内网的机器"), default=False)
    is_on = models.BooleanField(_("启用"), default=False)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=40)
    tried_at = models.DateTimeField(null=True, blank=True)
    tried_said = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation.name}：{self.model}"


class DraftingCall(models.Model):
    """起草请求: that words were sent and came back, how many and when; never the words.

    `key` belongs to the preview the sender saw, so that it is sent once.
    """

    SOURCE_KIND: ClassVar[str] = "reports.drafting_call"

    class State(models.TextChoices):
        SENT = "sent", _("没有等到回答")
        ANSWERED = "answered", _("已回答")
        FAILED = "failed", _("没有成功")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    key = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    place = models.CharField(max_length=120)
    by_uid = models.UUIDField()
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField()
    host = models.CharField(max_length=255)
    model = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    problem = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    characters = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    back_characters = models.PositiveIntegerField(default=0)
    back_sha256 = models.CharField(max_length=64, blank=True)
    sentences = models.PositiveSmallIntegerField(default=0)
    refused = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-at"], name="reports_drafts_by_school"),
            models.Index(fields=["by_uid", "-at"], name="reports_drafts_by_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.at:%Y-%m-%d}"

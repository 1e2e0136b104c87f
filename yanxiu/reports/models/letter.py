"""Notices in the form of an official paper, as drafted, issued and withdrawn."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.sources import Source
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class Letter(models.Model):
    """通知: a notice of an organisation on the page of GB/T 9704.

    `code` is 机关代字; with `year` and `number` it makes 发文字号. A number is given when it
    is issued and never again. `source_kind` and `source_id` say what it was written about, if
    anything.
    """

    SOURCE_KIND: ClassVar[str] = "reports.letter"

    class State(models.TextChoices):
        DRAFT = "draft", _("拟稿")
        ISSUED = "issued", _("已印发")
        WITHDRAWN = "withdrawn", _("已撤回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letters")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    code = models.CharField(_("机关代字"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    to = models.CharField(_("主送机关"), max_length=200, blank=True)
    body = models.TextField(_("正文"), blank=True)
    attachments = models.JSONField(_("附件说明"), default=list, blank=True)
    signed_by = models.CharField(_("署名"), max_length=80)
    copies = models.CharField(_("抄送"), max_length=200, blank=True)
    printed_by = models.CharField(_("印发机关"), max_length=80, blank=True)
    day = models.DateField(_("成文日期"), null=True, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by_uid = models.UUIDField(null=True, blank=True)
    issued_by_name = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=40, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "year", "number"],
                condition=Q(number__isnull=False),
                name="a number is given to one letter",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """发文字号, with hexagonal brackets and no nought in front; "" before it is issued."""
        return f"{self.code}〔{self.year}〕{self.number}号" if self.number else ""

    @property
    def about(self) -> Source | None:
        """What it was written about."""
        if not self.source_kind or self.source_id is None:
            return None
        return Source(self.source_kind, self.source_id)

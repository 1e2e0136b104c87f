"""Proposals read from documents, value by value, before anybody confirmed them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.terms.models import Term


class Proposal(models.Model):
    """计划草案: what was read from one document, value by value, before anybody confirmed it."""

    SOURCE_KIND: ClassVar[str] = "planning.proposal"

    class State(models.TextChoices):
        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DROPPED = "dropped", _("已放弃")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    period = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    source_lines = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-made_at", "first_line"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256", "first_line"],
                name="a document is read once by an organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    """读取结果: one value read from one line, and what a person decided about it."""

    SOURCE_KIND: ClassVar[str] = "planning.finding"

    class Decision(models.TextChoices):
        PENDING = "pending", _("待确认")
        ACCEPTED = "accepted", _("采用")
        CHANGED = "changed", _("改后采用")
        DROPPED = "dropped", _("不采用")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="findings")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    value = models.JSONField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    per = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=40, blank=True)
    line = models.PositiveIntegerField()
    text = models.TextField()
    inferred = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    changed = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name

"""Hours that somebody brings from another school, county or province."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.amounts import amount_field
from yanxiu.ledger.models.records import Record
from yanxiu.people.models import Organisation, Teacher


class Transfer(models.Model):
    """转入: one paper on which another place says what a teacher has been given there."""

    SOURCE_KIND: ClassVar[str] = "ledger.transfer"

    class State(models.TextChoices):
        WAITING = "waiting", _("待认定")
        ACCEPTED = "accepted", _("已转入")
        RETURNED = "returned", _("已退回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="transfers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    issuer = models.CharField(_("出具单位"), max_length=80)
    document = models.CharField(_("凭据"), max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    entered_at = models.DateTimeField()
    entered_by_uid = models.UUIDField()
    entered_by_name = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_uid = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.issuer}"


class TransferLine(models.Model):
    """转入明细: one amount of one category over some days of one year; it becomes one record.

    `conversion` names the row of the scheme's table by which it was taken, `""` at face value.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.transfer_line"

    class Unit(models.TextChoices):
        HOUR = "hour", _("学时")
        CREDIT = "credit", _("学分")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    title = models.CharField(_("内容"), max_length=80)
    delivery_mode = models.CharField(_("方式"), max_length=20)
    organiser_level = models.CharField(_("级别"), max_length=20)
    subject_kind = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField(_("从"))
    last_on = models.DateField(_("到"))
    amount = amount_field()
    unit = models.CharField(_("单位"), max_length=10, choices=Unit.choices)
    conversion = models.CharField(max_length=60, blank=True)
    record = models.OneToOneField(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="transfer_line"
    )

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a transfer brings something"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.amount}"

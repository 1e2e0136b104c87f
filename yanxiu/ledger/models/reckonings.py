"""Reckonings of many records at once: what would change, shown before anything is posted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.amounts import amount_field
from yanxiu.ledger.models.records import Record
from yanxiu.ledger.models.schemes import SchemeFile
from yanxiu.people.models import Organisation


class Reckoning(models.Model):
    """核算单: one scheme in one version held against another, or against what is posted.

    A comparison only tells who would gain or lose what. A re-reckoning (`posts`) goes over what
    the ledger holds for `scheme` since `starts_on`, shows the difference, and posts it when
    somebody says so. It keeps the version it was started with, whatever is published meanwhile;
    `text` is the text of a draft as it was at the start.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.reckoning"

    class State(models.TextChoices):
        COUNTING = "counting", _("正在核算")
        SHOWN = "shown", _("算好了")
        POSTING = "posting", _("正在入账")
        POSTED = "posted", _("已入账")
        DROPPED = "dropped", _("不入账")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    posts = models.BooleanField(default=False)
    old_scheme = models.CharField(max_length=60, blank=True)
    old_version = models.CharField(max_length=20, blank=True)
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    file = models.ForeignKey(SchemeFile, on_delete=models.SET_NULL, null=True)
    text = models.TextField(blank=True, default="")
    starts_on = models.DateField()
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.COUNTING)
    job_uid = models.UUIDField(null=True)
    teachers = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    posted_by_uid = models.UUIDField(null=True)
    posted_by_name = models.CharField(max_length=80, blank=True)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"


class ReckonedTeacher(models.Model):
    """一人的差异: what one teacher would have before and after, and what it decides.

    `met` and `missed` are the ids of the requirements that would be met or missed newly.
    """

    reckoning = models.ForeignKey(Reckoning, on_delete=models.CASCADE, related_name="people")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    before = amount_field()
    after = amount_field()
    records = models.PositiveIntegerField(default=0)
    met = models.JSONField(default=list)
    missed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reckoning", "teacher"], name="a teacher is in a reckoning once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class ReckonedLine(models.Model):
    """一条差异: what one record earns before and after; None where the scheme says nothing.

    `posted_at` is set in the transaction that posts it, so nothing is posted twice.
    """

    reckoning = models.ForeignKey(Reckoning, on_delete=models.CASCADE, related_name="lines")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE)
    record = models.ForeignKey(Record, on_delete=models.CASCADE)
    before = amount_field(null=True)
    after = amount_field(null=True)
    unit = models.CharField(max_length=10)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reckoning", "record"], name="a record is in a reckoning once"
            ),
        ]
        indexes = [
            models.Index(fields=["reckoning", "teacher", "posted_at"], name="ledger_reckoned"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

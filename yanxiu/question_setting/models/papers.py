"""Papers that a group sets: the task, its specification table, its versions."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit


class PaperTask(models.Model):
    """命题任务: one paper of one group: who sets it, who reads it, and until when it is secret.

    Before `secret_until` the table and the files open for the author, the reader and whoever
    ordered it alone, whatever right somebody else holds; that there is such a task is no secret.
    """

    SOURCE_KIND: ClassVar[str] = "question_setting.task"

    class Kind(models.TextChoices):
        UNIT = "unit", _("单元卷")
        MIDTERM = "midterm", _("期中卷")
        FINAL = "final", _("期末卷")
        HOMEWORK = "homework", _("作业单")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        PLANNED = "planned", _("待命题")
        HANDED_IN = "handed_in", _("待审题")
        RETURNED = "returned", _("退回修改")
        APPROVED = "approved", _("已定稿")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_tasks")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices, default=Kind.UNIT)
    title = models.CharField(_("名称"), max_length=80)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    ordered_from = models.CharField(_("受谁委托"), max_length=60, blank=True)
    author = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="papers_to_set"
    )
    reader = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="papers_to_read", null=True,
        blank=True,
    )  # fmt: skip
    made_by = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("交稿日期"))
    used_on = models.DateField(_("使用日期"))
    secret_until = models.DateTimeField()
    total = models.DecimalField(_("满分"), max_digits=5, decimal_places=1, default=Decimal(100))
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["used_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "used_on"], name="question_tasks_by_school"),
            models.Index(fields=["author", "used_on"], name="question_tasks_by_author"),
        ]

    def __str__(self) -> str:
        return self.title


class SpecificationRow(models.Model):
    """双向细目表: one question: what it asks, of which ability, in which form, for how much."""

    class Ability(models.TextChoices):
        KNOW = "know", _("了解")
        UNDERSTAND = "understand", _("理解")
        APPLY = "apply", _("运用")
        JUDGE = "judge", _("综合")

    task = models.ForeignKey(PaperTask, on_delete=models.CASCADE, related_name="specification")
    number = models.CharField(max_length=10)
    content = models.CharField(max_length=80, blank=True)
    ability = models.CharField(max_length=12, choices=Ability.choices, default=Ability.UNDERSTAND)
    form = models.CharField(max_length=20, blank=True)
    points = models.DecimalField(max_digits=4, decimal_places=1)
    difficulty = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.number


class PaperVersion(models.Model):
    """试卷的一稿: what the author handed in; never changed. Its file is an attachment of it."""

    SOURCE_KIND: ClassVar[str] = "question_setting.version"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    task = models.ForeignKey(PaperTask, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("说明"), max_length=200, blank=True)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="a paper has each number once"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.number}"


class PaperReading(models.Model):
    """审题意见: what the reader said of one version."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("定稿")
        RETURNED = "returned", _("退回修改")

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.decision}"

"""What teachers declare because the house cannot know it by itself."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models import Record, amount_field
from yanxiu.people.models import Organisation

TIMED = ("hour", "day")
"""In what courses are told; papers and prizes are told by pieces."""


class Declaration(models.Model):
    """申报: a course, a paper or another thing done elsewhere, told by the person with proof.

    It owns its records: put right, it withdraws the one it had and hands in another. `measure` is
    in what the amount is told: `hour`, `lesson`, `item`, `day` or `character`.
    """

    SOURCE_KIND: ClassVar[str] = "recognition.declaration"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="declarations"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    kind_name = models.CharField(max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    title_key = models.CharField(max_length=120, editable=False)
    organiser = models.CharField(_("主办或发表单位"), max_length=80, blank=True)
    happened_on = models.DateField(_("日期"))
    amount = amount_field()
    measure = models.CharField(max_length=10)
    organiser_level = models.CharField(_("级别"), max_length=20, blank=True)
    delivery_mode = models.CharField(_("方式"), max_length=20, blank=True)
    role = models.CharField(_("承担的角色"), max_length=30, blank=True)
    subject_kind = models.CharField(_("科目"), max_length=20, blank=True)
    theme = models.CharField(_("主题"), max_length=80, blank=True)
    grade = models.CharField(_("考核结果"), max_length=20, blank=True)
    prize = models.CharField(_("奖次"), max_length=20, blank=True)
    author_order = models.PositiveSmallIntegerField(_("第几作者"), null=True, blank=True)
    reference = models.CharField(_("证书、文件或刊物编号"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, related_name="declarations"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["teacher", "happened_on"], name="recognition_declared"),
        ]

    def __str__(self) -> str:
        return self.title

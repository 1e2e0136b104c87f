"""Kinds of work and the headings under which they are written: data that a school edits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class WorkKind(models.Model):
    """作品类别: 教学反思, 论文, 说课稿 and the like; those without organisation are shipped.

    `record_kind` is the word by which the schemes know it, "" where none counts it; `recorded`
    says which deed writes the record. `act` is the word by which quotas of plans ask for it. A
    short kind is a form for a phone, a long one may come as a file.
    """

    SOURCE_KIND: ClassVar[str] = "works.kind"

    class Class(models.TextChoices):
        REFLECTION = "reflection", _("反思与随笔")
        WRITING = "writing", _("论文与案例")
        DESIGN = "design", _("教学设计与资源")
        LEARNING = "learning", _("学习与读书")

    class Recorded(models.TextChoices):
        READ = "read", _("审阅以后记入")
        OUTCOME = "outcome", _("获奖或发表以后记入")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    work_class = models.CharField(
        _("大类"), max_length=12, choices=Class.choices, default=Class.WRITING
    )
    is_long = models.BooleanField(_("长文，可以交 Word 或 PDF"), default=False)
    of_lesson = models.BooleanField(_("写的是一节课"), default=False)
    act = models.CharField(max_length=40, blank=True)
    record_kind = models.CharField(max_length=40, blank=True)
    recorded = models.CharField(
        _("怎样计学时"), max_length=10, choices=Recorded.choices, default=Recorded.READ
    )
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a kind of work is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkSection(models.Model):
    """作品栏目: one heading of a kind of work, such as 成败之处; without any a work is one text."""

    kind = models.ForeignKey(WorkKind, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    hint = models.CharField(max_length=120, blank=True)
    is_private = models.BooleanField(_("只给本人和审阅的人看"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="a section is named once"),
        ]

    def __str__(self) -> str:
        return self.name


class SectionSetting(models.Model):
    """栏目设置: what a school wants of a section: left out, asked for, kept between two."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="section_settings"
    )
    kind = models.ForeignKey(WorkKind, on_delete=models.CASCADE, related_name="section_settings")
    code = models.CharField(max_length=40)
    is_used = models.BooleanField(default=True)
    is_required = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "code"], name="a school sets a section once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.code}"

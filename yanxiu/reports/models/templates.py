"""A school's own Word templates, each with its versions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher


class DocumentTemplate(models.Model):
    """文件模板: a Word form of a school or superior, for its own people and all below it."""

    SOURCE_KIND: ClassVar[str] = "reports.template"

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("总结")
        STATISTICS = "statistics", _("统计上报")
        NOTICE = "notice", _("通知、简报")
        OTHER = "other", _("其他")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__path", "kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(withdrawn_at=None),
                name="a school has one template of a name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """模板版本: one file of a template, with what the check found; one at most is in use."""

    SOURCE_KIND: ClassVar[str] = "reports.template_version"

    class State(models.TextChoices):
        CHECKED = "checked", _("未启用")
        IN_USE = "in_use", _("使用中")
        RETIRED = "retired", _("已停用")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    template = models.ForeignKey(
        DocumentTemplate, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    note = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="a template has one version of a number"
            ),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(state="in_use"),
                name="one version of a template is in use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}:{self.number}"

"""What pupils of a grade are to reach: a document of the group, in versions, approved."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit


class GradeRequirement(models.Model):
    """分年级教学要求: what a group asks of the teaching of one subject in one grade."""

    SOURCE_KIND: ClassVar[str] = "preparation.requirement"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    subject = models.CharField(_("学科"), max_length=40)
    grade = models.CharField(_("年级"), max_length=20)
    edition = models.PositiveIntegerField(default=0)
    """How many versions there are; a new one says which it follows."""

    class Meta:
        ordering = ["unit", "subject", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "subject", "grade"],
                name="a group asks of a grade in one document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}{self.grade}"


class RequirementVersion(models.Model):
    """教学要求版本: the document as it was proposed; the newest approved one is in force."""

    SOURCE_KIND: ClassVar[str] = "preparation.requirement_version"

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待审定")
        APPROVED = "approved", _("已审定")
        RETURNED = "returned", _("已退回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    requirement = models.ForeignKey(
        GradeRequirement, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("要求"))
    reason = models.CharField(_("为什么改"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    made_by = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=40, blank=True)
    word = models.CharField(_("审定意见"), max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "number"], name="a version of requirements has its number"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="a decided version says when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.number}"

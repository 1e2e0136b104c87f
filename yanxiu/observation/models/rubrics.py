"""Rubrics: what an observer looks at, in versions that old records keep."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.observation.rules.rubrics import Sheet, sheet_from
from yanxiu.people.models import Organisation


class Rubric(models.Model):
    """评课量表: a school's own standard for lessons; one without organisation is shipped.

    `lesson_kinds` and `subjects` say for which lessons it is proposed; empty means for all.
    """

    SOURCE_KIND: ClassVar[str] = "observation.rubric"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="rubrics"
    )
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=60)
    purpose = models.CharField(_("说明"), max_length=200, blank=True)
    lesson_kinds = models.JSONField(_("用于哪些类别的课"), default=list, blank=True)
    subjects = models.JSONField(_("用于哪些学科"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="a school names a rubric once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RubricVersion(models.Model):
    """量表版本: a rubric as it stood; never changed once it exists."""

    SOURCE_KIND: ClassVar[str] = "observation.rubric_version"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    because = models.CharField(_("为什么改"), max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["rubric", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "number"], name="a version of a rubric is made once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubric_id} v{self.number}"

    @cached_property
    def sheet(self) -> Sheet:
        """The dimensions and items, ready to be read."""
        return sheet_from(self.content)

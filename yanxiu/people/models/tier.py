"""Tiers and honours, which overlap and carry dates."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models.organisation import Dated, Organisation


class Tier(models.Model):
    """层级: 新教师, 校级骨干教师, 区教学能手 …; `order` ranks them for "and above"."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="a tier is named once by an organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TierHolding(models.Model):
    """层级任期: one teacher in one tier over a time; tiers are not exclusive."""

    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="holdings")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="tiers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "teacher"],
                condition=Q(ends_on=None),
                name="a teacher is in a tier once at a time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.tier_id}"

"""Organisations and their units."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid

LABELS = {"pd": "研修", "office": "教导处"}
"""The words that schools call differently, with what a new school starts with."""


class Organisation(models.Model):
    """组织: a county office, a central school, an area, a school or a department.

    `path` holds the primary keys from the root down to this row, each followed by a full stop, so
    that "this one and all below" is a prefix; `actions.place_organisation` keeps it.
    """

    SOURCE_KIND: ClassVar[str] = "people.organisation"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True)
    level_name = models.CharField(_("层级名称"), max_length=20, default="学校")
    name = models.CharField(_("名称"), max_length=80)
    is_school = models.BooleanField(_("有自己的教师"), default=True)
    labels = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="an organisation has one child of a name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def label(self, word: str) -> str:
        """Return what this organisation calls `word`, one of LABELS."""
        return str(self.labels.get(word) or LABELS[word])


class UnitKind(models.Model):
    """单位类别: 教研组, 备课组, 课题组 …; one without organisation is offered to all."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a unit kind is named once by an organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """单位: a 教研组, 备课组 or other group inside one organisation."""

    SOURCE_KIND: ClassVar[str] = "people.unit"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT)
    name = models.CharField(_("名称"), max_length=60)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    ends_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        ordering = ["organisation", "kind__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(ends_on=None),
                name="a living unit has its own name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Dated(models.QuerySet[Any]):
    """Rows that hold from `starts_on` (included) to `ends_on` (excluded, or open)."""

    def on(self, day: date) -> "Dated":
        """Return the rows that hold on `day`."""
        return self.filter(held_on(day))


def held_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row, reached by `prefix`, holds on `day`."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": day})
    )


class Membership(models.Model):
    """成员: one teacher in one unit over a time, as member or leader."""

    class Duty(models.TextChoices):
        MEMBER = "member", _("成员")
        LEADER = "leader", _("组长")
        DEPUTY = "deputy", _("副组长")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="memberships"
    )
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "teacher"],
                condition=Q(ends_on=None),
                name="a teacher is in a unit once at a time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="a membership ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} in {self.unit_id}"

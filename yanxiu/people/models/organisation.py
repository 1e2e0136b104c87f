"""Organisations and their units."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.audit.kept import Slot
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.coded import NamedByCode

LABELS = {
    "pd": "研修",
    "office": "教导处",
    "research": "教研",
    "training": "培训",
    "group": "教研组",
    "preparation_group": "备课组",
    "line_routine": "常规管理",
    "line_research": "教研教改",
    "line_pd": "校本研修",
    "line_monitoring": "质量监测",
}
"""The words that schools call differently, with what a new school starts with."""

PATH_LENGTH = 500
"""Characters of a path: some seventy levels, whatever the size of the installation."""


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
    path = models.CharField(max_length=PATH_LENGTH, unique=True)
    level_name = models.CharField(_("层级名称"), max_length=20, default="学校")
    name = models.CharField(_("名称"), max_length=80)
    is_school = models.BooleanField(_("有自己的教师"), default=True)
    is_large = models.BooleanField(_("规模学校"), default=False)
    labels = models.JSONField(default=dict)
    labels_above = models.JSONField(default=dict, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="an organisation has one child of a name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def label(self, word: str) -> str:
        """Return what this organisation calls `word`, one of LABELS.

        Its own word, else the one of the nearest organisation above that has one. The words from
        above are kept in `labels_above`, so that a page asks for none of its ancestors.
        """
        return str(self.labels.get(word) or self.labels_above.get(word) or LABELS[word])

    @property
    def lineage(self) -> list[int]:
        """The primary keys from the root down to this row."""
        return lineage_of(self.path)


def lineage_of(path: str) -> list[int]:
    """Return the primary keys that a path leads through, from the root down."""
    return [int(part) for part in path.split(".") if part]


class UnitKind(NamedByCode, models.Model):
    """单位类别: 教研组, 备课组, 课题组 …; one without organisation is offered to all.

    A kind that governs gives its members `rights`, and its leaders and deputies `leader_rights`,
    in the organisation of the unit and below it.
    """

    SOURCE_KIND: ClassVar[str] = "people.unit_kind"

    class Governs(models.TextChoices):
        NO = "", _("不是领导机构")
        DECIDES = "decides", _("决策与审定")
        CREATES = "creates", _("起草与落实")
        SUPERVISES = "supervises", _("指导与监督")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    leader_title = models.CharField(_("负责人叫"), max_length=20, default="组长")
    leader_text = models.TextField(_("负责人的职责"), blank=True, default="")
    governs = models.CharField(
        max_length=12, choices=Governs.choices, blank=True, default=Governs.NO
    )
    rights = models.JSONField(default=list)
    leader_rights = models.JSONField(default=list)
    across = models.BooleanField(_("可以有外校成员"), default=False)
    retired = models.BooleanField(_("已停用"), default=False)

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


def held_on(day: date | Slot, prefix: str = "") -> Q:
    """Return the condition that a dated row, reached by `prefix`, holds on `day`."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": day})
    )


class Membership(models.Model):
    """成员: one teacher in one unit over a time, as member or leader.

    One with a `rule` follows from it and from nothing else; `governing.resolve` keeps it.
    """

    class Duty(models.TextChoices):
        MEMBER = "member", _("成员")
        LEADER = "leader", _("组长")
        DEPUTY = "deputy", _("副组长")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="memberships"
    )
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.MEMBER)
    rule = models.ForeignKey(
        "people.MembershipRule",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="memberships",
    )
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

"""Tiers and honours, which overlap and carry dates, and what is asked of those who hold them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.people.models.organisation import Dated, Organisation

LEVELS = ("", "校", "片区", "中心校", "镇", "乡", "县", "区", "市", "省", "国家")
"""Levels of an honour from low to high; the place in this list ranks them in their ladder."""


class Tier(models.Model):
    """层级: 新教师, 校级骨干教师, 区教学能手 …, a stage or an honour.

    Tiers with the same `ladder` (骨干教师, 教学能手 …) stand above each other by `level`, so that
    "区级 and above" means 区, 市, 省 and 国家 of that ladder; without a ladder `order` ranks all.
    `is_honour` tells a selected title from a mere stage. `term_years` is the usual term of office.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    ladder = models.CharField(_("系列"), max_length=40, blank=True)
    level = models.CharField(_("级别"), max_length=10, blank=True)
    is_honour = models.BooleanField(_("是评选的称号"), default=False)
    criteria = models.TextField(_("条件"), blank=True)
    duties = models.TextField(_("职责"), blank=True)
    term_years = models.PositiveSmallIntegerField(_("任期（年）"), null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="a tier is named once by an organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rank(self) -> int:
        """Where the tier stands in its ladder: the level counts before the order by hand."""
        place = LEVELS.index(self.level) if self.level in LEVELS else 0
        return place * 1000 + self.order


class TierHolding(models.Model):
    """层级任期: one teacher in one tier over a time; tiers are not exclusive.

    `round` is the selection (2025年度评选), `grounds` the paper or the reasons, for honours.
    """

    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="holdings")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="tiers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    round = models.CharField(_("评选批次"), max_length=60, blank=True)
    grounds = models.CharField(_("依据"), max_length=200, blank=True)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    grade = models.CharField(_("年级"), max_length=40, blank=True)

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


class Programme(models.Model):
    """培养方案: what a school offers those of one tier over a time (启航, 领航, 续航).

    Its participants are those who hold the tier; nobody is entered twice.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("名称"), max_length=60)
    aim = models.TextField(_("目标"), blank=True)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "id"]

    def __str__(self) -> str:
        return self.name


class TierRequirement(models.Model):
    """层级要求: one thing that is asked of those in a tier, or of those in a programme of it."""

    tier = models.ForeignKey(Tier, on_delete=models.CASCADE, related_name="requirements")
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="requirements"
    )
    text = models.CharField(_("要求"), max_length=200)
    is_duty = models.BooleanField(_("是职责"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class RequirementState(models.Model):
    """要求达成: where one teacher stands with one requirement, with what shows it."""

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        MET = "met", _("已达成")

    requirement = models.ForeignKey(
        TierRequirement, on_delete=models.CASCADE, related_name="states"
    )
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="requirement_states"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    evidence = models.CharField(_("依据"), max_length=300, blank=True)
    count = models.PositiveSmallIntegerField(_("次数"), default=0)
    noted_by_name = models.CharField(max_length=40, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "teacher"],
                name="a teacher stands with a requirement in one state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.requirement_id}"


class TierReview(models.Model):
    """层级评审: a nomination for a tier, or the yearly review in it, and what was decided.

    `criteria` is the text as it stood on that day.
    """

    class Kind(models.TextChoices):
        NOMINATION = "nomination", _("推荐评选")
        YEARLY = "yearly", _("年度考核")

    class Decision(models.TextChoices):
        OPEN = "open", _("待定")
        GRANTED = "granted", _("同意")
        REFUSED = "refused", _("暂不同意")
        ENDED = "ended", _("任期结束")

    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, related_name="reviews")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="tier_reviews"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    round = models.CharField(_("批次或年度"), max_length=60)
    criteria = models.TextField(blank=True)
    statement = models.TextField(_("情况说明"), blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=40, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.tier_id} {self.round}"

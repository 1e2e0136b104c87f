"""Plans of any period, their versions, and what happened to them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.planning.models.proposal import Proposal
from yanxiu.terms.models import Term


def _amount() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=11, decimal_places=4, null=True, blank=True)


class Plan(models.Model):
    """计划: one plan of a school, a unit, a project or a person for a period.

    `term` is the term it is written for or, for a longer period, the term in which it begins.
    `starts_on` and `ends_on` (excluded) say the period; where they are empty it is the term.
    A 实施方案 hangs under its plan by `parent`; any other plan names by it the plan it follows.
    """

    SOURCE_KIND: ClassVar[str] = "planning.plan"

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("已提交")
        RETURNED = "returned", _("已退回")
        CONFIRMED = "confirmed", _("已确认")

    class Kind(models.TextChoices):
        WORK = "work", _("工作计划")
        PROJECT = "project", _("课题计划")
        PERSONAL = "personal", _("个人计划")
        SCHEME = "scheme", _("实施方案")
        GUIDELINE = "guideline", _("上级要求")

    class Period(models.TextChoices):
        TERM = "term", _("学期")
        HALF_YEAR = "half_year", _("半年")
        SCHOOL_YEAR = "school_year", _("学年")
        YEAR = "year", _("年度")
        THREE_YEARS = "three_years", _("三年")
        FIVE_YEARS = "five_years", _("五年")
        OTHER = "other", _("自定起止日期")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    owner = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.WORK)
    project = models.CharField(_("课题"), max_length=80, blank=True, default="")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="plans")
    period = models.CharField(_("周期"), max_length=12, choices=Period.choices, default=Period.TERM)
    starts_on = models.DateField(_("从"), null=True, blank=True)
    ends_on = models.DateField(_("到（不含）"), null=True, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    superior = models.CharField(_("上级单位"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    version = models.PositiveSmallIntegerField(default=0)
    credits_total = _amount()
    credits_least = _amount()
    hours_yearly = _amount()
    hours_per_credit = _amount()
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_uid = models.UUIDField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=40, blank=True, default="")
    returned_because = models.CharField(max_length=200, blank=True, default="")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_uid = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=40, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_uid = models.UUIDField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-term__starts_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Span:
        """The days of its period."""
        return Span(self.starts_on or self.term.starts_on, self.ends_on or self.term.ends_on)

    @property
    def is_in_hand(self) -> bool:
        """Whether its author still writes it: parts can be changed and removed freely."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


class PlanVersion(models.Model):
    """计划版本: a plan as it stood, frozen, with the reason why it became so."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    is_approved = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a plan has one of a version"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class PlanEvent(models.Model):
    """计划经过: submitted, returned, approved, revised or read out, by whom and when."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("提交")
        WITHDRAWN = "withdrawn", _("撤回提交")
        RETURNED = "returned", _("退回")
        APPROVED = "approved", _("审批通过")
        CONFIRMED = "confirmed", _("确认")
        REVISED = "revised", _("修订")
        READ_OUT = "read_out", _("宣读")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    text = models.CharField(max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}"


class CarryOver(models.Model):
    """沿用情况: what became of one part of the plan before, and why."""

    class Mark(models.TextChoices):
        KEPT = "kept", _("沿用")
        CHANGED = "changed", _("改动")
        DROPPED = "dropped", _("不再沿用")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="carry_overs")
    kind = models.CharField(max_length=10)
    origin_id = models.UUIDField()
    text = models.CharField(max_length=200)
    mark = models.CharField(max_length=10, choices=Mark.choices, default=Mark.KEPT)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "origin_id"], name="a part is carried over once into a plan"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PlanDemand(models.Model):
    """计划布置: plans that schools, groups or teachers hand in by a day."""

    SOURCE_KIND: ClassVar[str] = "planning.plan_demand"

    class Whom(models.TextChoices):
        SCHOOLS = "schools", _("所属各校")
        UNITS = "units", _("各教研组")
        TEACHERS = "teachers", _("每位教师")
        TIER = "tier", _("某一层级的教师")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plan_demands"
    )
    item = models.ForeignKey(
        "planning.PlanItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("标题"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=Plan.Kind.choices)
    period = models.CharField(_("周期"), max_length=12, choices=Plan.Period.choices)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    whom = models.CharField(_("谁来写"), max_length=10, choices=Whom.choices)
    tier = models.ForeignKey("people.Tier", on_delete=models.PROTECT, null=True, blank=True)
    due_on = models.DateField(_("截止日期"))
    note = models.TextField(_("要求"), blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-due_on", "id"]

    def __str__(self) -> str:
        return self.title


class ActMinutes(models.Model):
    """用时: how long one act takes at an organisation from a day on, not the usual figure."""

    SOURCE_KIND: ClassVar[str] = "planning.act_minutes"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    act = models.CharField(max_length=40)
    doing = models.PositiveSmallIntegerField(_("做一次（分钟）"))
    writing = models.PositiveSmallIntegerField(_("填写一次（分钟）"))
    starts_on = models.DateField(_("从哪天起"))
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "act", "starts_on"],
                name="an act has one length from a day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.doing}+{self.writing}"

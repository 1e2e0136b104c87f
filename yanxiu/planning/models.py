"""Plans as confirmed by a person, and the proposals read from documents."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.terms.models import Term


class Proposal(models.Model):
    """计划草案: what was read from one document, value by value, before anybody confirmed it."""

    SOURCE_KIND: ClassVar[str] = "planning.proposal"

    class State(models.TextChoices):
        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DROPPED = "dropped", _("已放弃")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    period = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    source_lines = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-made_at", "first_line"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256", "first_line"],
                name="a document is read once by an organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    """读取结果: one value read from one line, and what a person decided about it."""

    SOURCE_KIND: ClassVar[str] = "planning.finding"

    class Decision(models.TextChoices):
        PENDING = "pending", _("待确认")
        ACCEPTED = "accepted", _("采用")
        CHANGED = "changed", _("改后采用")
        DROPPED = "dropped", _("不采用")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="findings")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    value = models.JSONField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    per = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=40, blank=True)
    line = models.PositiveIntegerField()
    text = models.TextField()
    inferred = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    changed = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """计划: one plan of a school or a unit for a term, as confirmed."""

    SOURCE_KIND: ClassVar[str] = "planning.plan"

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        CONFIRMED = "confirmed", _("已确认")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(_("标题"), max_length=200)
    superior = models.CharField(_("上级单位"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_uid = models.UUIDField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-term__starts_on", "id"]

    def __str__(self) -> str:
        return self.title


class PlanPart(models.Model):
    """A piece of a plan, in its order, with the line of the document it was read from."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    order = models.PositiveSmallIntegerField(default=0)
    source_line = models.PositiveIntegerField(null=True, blank=True)
    source_text = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["order", "id"]


class Goal(PlanPart):
    """目标: what the plan wants; without an indicator it is shown as not measurable."""

    SOURCE_KIND: ClassVar[str] = "planning.goal"

    name = models.CharField(_("名称"), max_length=60, blank=True)
    text = models.TextField(_("目标"))
    indicator = models.CharField(_("指标"), max_length=60, blank=True)
    target = models.DecimalField(
        _("目标值"), max_digits=11, decimal_places=4, null=True, blank=True
    )

    def __str__(self) -> str:
        return self.name or self.text[:20]


class Quota(PlanPart):
    """数量要求: how many of something each teacher (or unit, or the school) does in the period."""

    SOURCE_KIND: ClassVar[str] = "planning.quota"

    class Per(models.TextChoices):
        TEACHER = "teacher", _("每位教师")
        UNIT = "unit", _("每个教研组")
        SCHOOL = "school", _("全校")

    class Period(models.TextChoices):
        WEEK = "week", _("每周")
        MONTH = "month", _("每月")
        TERM = "term", _("每学期")
        YEAR = "year", _("每学年")

    name = models.CharField(_("事项"), max_length=60)
    amount = models.DecimalField(_("数量"), max_digits=11, decimal_places=4)
    unit_of_measure = models.CharField(_("单位"), max_length=10)
    at_least = models.BooleanField(_("至少"), default=True)
    per = models.CharField(_("对象"), max_length=10, choices=Per.choices, default=Per.TEACHER)
    period = models.CharField(_("周期"), max_length=10, choices=Period.choices, default=Period.TERM)

    def __str__(self) -> str:
        return self.name


class Rhythm(PlanPart):
    """节奏: when a unit meets, week by week; without a weekday it is still to be agreed."""

    SOURCE_KIND: ClassVar[str] = "planning.rhythm"

    class HalfDay(models.TextChoices):
        MORNING = "morning", _("上午")
        AFTERNOON = "afternoon", _("下午")
        EVENING = "evening", _("晚上")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(_("对象"), max_length=60)
    weekday = models.PositiveSmallIntegerField(_("星期"), null=True, blank=True)
    half_day = models.CharField(_("时段"), max_length=10, choices=HalfDay.choices, blank=True)
    starts_at = models.TimeField(_("开始时间"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=80)
    every_weeks = models.PositiveSmallIntegerField(_("每几周一次"), default=1)
    place = models.CharField(_("地点"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class PlanItem(PlanPart):
    """计划事项: one line of the month schedule; its state follows from what happens."""

    SOURCE_KIND: ClassVar[str] = "planning.plan_item"

    class State(models.TextChoices):
        PLANNED = "planned", _("未到")
        DUE = "due", _("本月应办")
        SCHEDULED = "scheduled", _("已排期")
        DONE = "done", _("已完成")
        MISSED = "missed", _("未举行")
        OVERDUE = "overdue", _("已过期")
        DROPPED = "dropped", _("已取消")

    text = models.CharField(_("事项"), max_length=200)
    month = models.DateField(_("月份"), help_text=_("月份的第一天"))
    owner = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_because = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.text


class ItemEvent(models.Model):
    """事项落实: something that a doing app scheduled, held or missed for a plan item."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("已排期")
        HELD = "held", _("已举行")
        MISSED = "missed", _("未举行")

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="events")
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=State.choices)
    happens_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "source_kind", "source_id"],
                name="a source tells an item its state once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.state}"


class PlanNote(PlanPart):
    """计划内容: a form, a content, a role or another text of the plan that needs no own shape."""

    SOURCE_KIND: ClassVar[str] = "planning.plan_note"

    kind = models.CharField(max_length=20)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:20]

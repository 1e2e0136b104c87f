"""What a plan is made of."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Role, Tier, Unit
from yanxiu.planning.models.plan import Plan


def month_after(month: date) -> date:
    """Return the first day of the following month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


class PlanPart(models.Model):
    """A piece of a plan, in its order, with the line of the document it was read from.

    `origin` is the uid of the part of an earlier plan that it was carried over from. `CONTENT`
    names the columns that people write: those are versioned, compared and carried over.
    """

    CONTENT: ClassVar[tuple[str, ...]] = ()

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    order = models.PositiveSmallIntegerField(default=0)
    source_line = models.PositiveIntegerField(null=True, blank=True)
    source_text = models.TextField(blank=True)
    origin = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["order", "id"]


class Goal(PlanPart):
    """目标: what the plan wants; without an indicator it is shown as not measurable.

    `figure` is the code of the figure that gives the current value. `upper` is the goal of a plan
    above, or the numbered item of a superior's guideline, that it serves.
    """

    SOURCE_KIND: ClassVar[str] = "planning.goal"
    CONTENT = (
        "name", "text", "level", "parent", "tier", "beneficiary", "indicator", "figure", "target",
        "deadline", "priority", "tags", "upper", "projects",
    )  # fmt: skip

    class Level(models.TextChoices):
        OVERALL = "overall", _("总目标")
        SPECIFIC = "specific", _("具体目标")
        TIER = "tier", _("分层目标")
        THEME = "theme", _("研修主题")
        TASK = "task", _("重点任务")
        FIELD = "field", _("重点领域")

    class Beneficiary(models.TextChoices):
        STUDENTS = "students", _("学生发展")
        TEACHERS = "teachers", _("教师发展")
        SCHOOL = "school", _("学校发展")

    class Priority(models.IntegerChoices):
        HIGH = 1, _("先办")
        USUAL = 2, _("照常")
        LOW = 3, _("有余力再办")

    name = models.CharField(_("名称"), max_length=60, blank=True)
    text = models.TextField(_("目标"))
    indicator = models.CharField(_("指标"), max_length=60, blank=True)
    target = models.DecimalField(
        _("目标值"), max_digits=11, decimal_places=4, null=True, blank=True
    )
    figure = models.CharField(_("数据项"), max_length=60, blank=True, default="")
    deadline = models.DateField(_("期限"), null=True, blank=True)
    level = models.CharField(
        _("层次"), max_length=10, choices=Level.choices, default=Level.SPECIFIC
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("属于"),
    )
    tier = models.ForeignKey(
        Tier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("层级"),
    )
    beneficiary = models.CharField(
        _("为了谁"), max_length=10, choices=Beneficiary.choices, blank=True, default=""
    )
    priority = models.PositiveSmallIntegerField(
        _("轻重"), choices=Priority.choices, default=Priority.USUAL
    )
    tags = models.JSONField(_("标签"), default=list, blank=True)
    projects = models.CharField(_("承载的课题"), max_length=200, blank=True, default="")
    upper = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="served_by",
        verbose_name=_("落实上级目标"),
    )

    def __str__(self) -> str:
        return self.name or self.text[:20]

    @property
    def is_measured(self) -> bool:
        """Whether a number will tell if it was reached."""
        return bool(self.indicator or self.figure)


class Quota(PlanPart):
    """数量要求: how many of something each teacher (or unit, or the school) does in the period.

    Where `is_open`, the number is left to those concerned and `amount` is 0. `figure` is the code
    of the figure that counts it by itself.
    """

    SOURCE_KIND: ClassVar[str] = "planning.quota"
    CONTENT = (
        "name", "act", "amount", "is_open", "unit_of_measure", "at_least", "per", "period", "tier",
        "role", "unit", "figure",
    )  # fmt: skip

    class Per(models.TextChoices):
        TEACHER = "teacher", _("每位教师")
        UNIT = "unit", _("每个教研组")
        SCHOOL = "school", _("全校")

    class Period(models.TextChoices):
        WEEK = "week", _("每周")
        TWO_WEEKS = "two_weeks", _("每两周")
        MONTH = "month", _("每月")
        TERM = "term", _("每学期")
        YEAR = "year", _("每学年")

    name = models.CharField(_("事项"), max_length=60)
    act = models.CharField(_("种类"), max_length=40, blank=True, default="")
    amount = models.DecimalField(_("数量"), max_digits=11, decimal_places=4)
    is_open = models.BooleanField(_("数量自定"), default=False)
    unit_of_measure = models.CharField(_("单位"), max_length=10)
    at_least = models.BooleanField(_("至少"), default=True)
    per = models.CharField(_("对象"), max_length=10, choices=Per.choices, default=Per.TEACHER)
    period = models.CharField(_("周期"), max_length=10, choices=Period.choices, default=Period.TERM)
    tier = models.ForeignKey(
        Tier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("只对层级"),
    )
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("只对岗位"),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("只对单位"),
    )
    figure = models.CharField(_("数据项"), max_length=60, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Rhythm(PlanPart):
    """节奏: when a unit meets, week by week; without a weekday it is still to be agreed.

    Every so many weeks (`every_weeks`) from a week of the term on (`from_week`, from 1): what
    schools call 单周 is every second week from the first, 双周 from the second.
    """

    SOURCE_KIND: ClassVar[str] = "planning.rhythm"
    CONTENT = (
        "unit", "name", "weekday", "half_day", "starts_at", "minutes", "every_weeks",
        "from_week", "times_a_month", "place",
    )  # fmt: skip

    class HalfDay(models.TextChoices):
        MORNING = "morning", _("上午")
        AFTERNOON = "afternoon", _("下午")
        EVENING = "evening", _("晚上")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("教研组")
    )
    name = models.CharField(_("对象"), max_length=60)
    weekday = models.PositiveSmallIntegerField(_("星期"), null=True, blank=True)
    half_day = models.CharField(_("时段"), max_length=10, choices=HalfDay.choices, blank=True)
    starts_at = models.TimeField(_("开始时间"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=80)
    every_weeks = models.PositiveSmallIntegerField(_("每几周一次"), default=1)
    from_week = models.PositiveSmallIntegerField(_("从第几周起"), default=1)
    times_a_month = models.PositiveSmallIntegerField(_("每月几次"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class PlanItem(PlanPart):
    """计划事项: one line of the month schedule; its state follows from what happens.

    `month` is the month in which it begins. `last_on` is the last day it may be done: the day
    itself where one is set (`on`), the end of the last month of a span; empty, the month's end.
    Items that recur over months share a `series`.
    """

    SOURCE_KIND: ClassVar[str] = "planning.plan_item"
    CONTENT = (
        "text", "month", "on", "last_on", "part", "form", "hours", "owner", "owner_name",
        "audience", "tier", "role", "goal", "upper",
    )  # fmt: skip

    class State(models.TextChoices):
        PLANNED = "planned", _("未到")
        DUE = "due", _("本月应办")
        SCHEDULED = "scheduled", _("已排期")
        DONE = "done", _("已完成")
        MISSED = "missed", _("未举行")
        OVERDUE = "overdue", _("已过期")
        DROPPED = "dropped", _("已取消")

    class Audience(models.TextChoices):
        ALL = "all", _("全体")
        TIER = "tier", _("某一层级")
        ROLE = "role", _("某一岗位")

    text = models.CharField(_("事项"), max_length=200)
    month = models.DateField(_("月份"), help_text=_("月份的第一天"))
    on = models.DateField(_("日期"), null=True, blank=True)
    last_on = models.DateField(_("最后一天"), null=True, blank=True)
    part = models.CharField(_("时段"), max_length=10, blank=True, default="")
    form = models.CharField(_("形式"), max_length=40, blank=True, default="")
    hours = models.DecimalField(_("学时"), max_digits=11, decimal_places=4, null=True, blank=True)
    owner = models.ForeignKey(
        "people.Teacher",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("负责人"),
    )
    owner_name = models.CharField(_("文中的负责人"), max_length=60, blank=True, default="")
    audience = models.CharField(
        _("对象"), max_length=10, choices=Audience.choices, default=Audience.ALL
    )
    tier = models.ForeignKey(
        Tier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("层级"),
    )
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("岗位"),
    )
    goal = models.ForeignKey(
        Goal,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("为了目标"),
    )
    upper = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="served_by",
        verbose_name=_("落实上级事项"),
    )
    series = models.UUIDField(null=True, blank=True, editable=False)
    dropped_because = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.text

    @property
    def until(self) -> date | None:
        """The first day of the last month of a span of months, None within one month."""
        if self.last_on is None or self.last_on < month_after(self.month):
            return None
        return self.last_on.replace(day=1)


class ItemStep(models.Model):
    """步骤: one step of a plan item, with who does it by when."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("步骤"), max_length=200)
    owner = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("截止日期"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]

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


class YearRow(PlanPart):
    """年度安排: theme, contents and credits of one year of a plan over several years."""

    SOURCE_KIND: ClassVar[str] = "planning.year_row"
    CONTENT = ("number", "school_year", "theme", "contents", "credits")

    number = models.PositiveSmallIntegerField(_("第几年"))
    school_year = models.PositiveSmallIntegerField(_("学年开始的年份"))
    theme = models.CharField(_("主题"), max_length=200)
    contents = models.TextField(_("内容"), blank=True)
    credits = models.DecimalField(_("学分"), max_digits=11, decimal_places=4, null=True, blank=True)

    def __str__(self) -> str:
        return self.theme


class PlanNote(PlanPart):
    """计划内容: a section of text (指导思想, 原则, 现状分析 …) that needs no own shape."""

    SOURCE_KIND: ClassVar[str] = "planning.plan_note"
    CONTENT = ("kind", "text")

    kind = models.CharField(_("类别"), max_length=20)
    text = models.TextField(_("内容"))

    def __str__(self) -> str:
        return self.text[:20]

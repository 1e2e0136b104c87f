"""Activities, their sessions, and who has a part in them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.levels import OrganiserLevel
from yanxiu.people.models import Organisation, Unit
from yanxiu.planning.models import PlanItem, Rhythm
from yanxiu.terms.models import Term


class ActivityKind(models.Model):
    """活动类别: data that a school edits; `record_kind` is the word the schemes know it by.

    A retired kind stays with what was held, and is offered no more.
    """

    class Class(models.TextChoices):
        THEORY = "theory", _("理论学习")
        OBSERVATION = "observation", _("听课评课")
        EXCHANGE = "exchange", _("交流研讨")
        TRAINING = "training", _("学习培训")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    record_kind = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    activity_class = models.CharField(
        _("大类"), max_length=12, choices=Class.choices, default=Class.EXCHANGE
    )
    is_series = models.BooleanField(
        _("由若干场组成（开放周、系列讲座、共读、工作坊）"), default=False
    )
    is_one_way = models.BooleanField(_("以讲授为主"), default=False)
    needs_note = models.BooleanField(_("到场者要交心得才予认定"), default=False)
    asks_feedback = models.BooleanField(_("结束后请到场者匿名评一评"), default=True)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="an activity kind is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """活动: one event or series with a theme, of a unit or of the whole organisation."""

    SOURCE_KIND: ClassVar[str] = "activities.activity"

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("现场")
        ONLINE = "online", _("线上")
        MIXED = "mixed", _("线上线下结合")

    class Form(models.TextChoices):
        WHOLE = "whole", _("集中")
        GROUP = "group", _("分组")
        DISPERSED = "dispersed", _("分散（自学）")

    class Level(models.TextChoices):
        # Named as in OrganiserLevel; one is stored by a shorter code than the schemes have.
        SCHOOL = "school", OrganiserLevel.SCHOOL.label
        CENTRAL_SCHOOL = "central", OrganiserLevel.CENTRAL_SCHOOL.label
        COUNTY = "county", OrganiserLevel.COUNTY.label

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT)
    theme = models.CharField(_("主题"), max_length=120)
    mode = models.CharField(_("方式"), max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
    form = models.CharField(_("形式"), max_length=10, choices=Form.choices, default=Form.GROUP)
    level = models.CharField(
        _("组织层级"), max_length=10, choices=Level.choices, default=Level.SCHOOL
    )
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    needs_note = models.BooleanField(_("到场者要交心得才予认定"), default=False)
    guests = models.CharField(_("嘉宾"), max_length=200, blank=True)
    sessions_to_complete = models.PositiveSmallIntegerField(
        _("到场几场算完成"), null=True, blank=True
    )
    research_theme = models.ForeignKey(
        "activities.Theme",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
    )
    plan_item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, blank=True)
    rhythm = models.ForeignKey(Rhythm, on_delete=models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rhythm", "term"],
                condition=~Q(rhythm=None),
                name="a rhythm makes one series a term",
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    @property
    def organiser_level(self) -> str:
        """Who holds it, as the schemes say it."""
        return OrganiserLevel[self.Level(self.level).name].value


INTERACTIONS = {
    "question": _("提问交流"),
    "group_task": _("小组任务"),
    "vote": _("投票或表决"),
    "demonstration": _("现场展示"),
    "practice": _("动手操作"),
}
"""互动环节: what the participants themselves did, beside listening."""


class Session(models.Model):
    """场次: one sitting of an activity.

    `slot_on` is the day for which a rhythm made it; it stays when the session is moved, so that
    scheduling again does not fill the day a second time.
    """

    SOURCE_KIND: ClassVar[str] = "activities.session"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    slot_on = models.DateField(null=True, blank=True)
    title = models.CharField(_("主题"), max_length=120)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    place = models.CharField(_("地点"), max_length=60, blank=True)
    sign_in_key = models.CharField(max_length=64, blank=True)
    sign_in_opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_uid = models.UUIDField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=40, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    mode = models.CharField(_("方式"), max_length=10, choices=Activity.Mode.choices, blank=True)
    link = models.URLField(_("线上会议链接"), max_length=300, blank=True)
    interactions = models.JSONField(_("互动环节"), default=list, blank=True)
    batch = models.ForeignKey(
        "activities.SchedulingBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
    )

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="a session has its number in the activity"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="a session ends after it starts",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(cancelled_at=None),
                name="a cancelled session is not closed",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="activities_by_day"),
            models.Index(fields=["unit", "starts_at"], name="activities_by_unit_and_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """The planned length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def mode_label(self) -> str:
        """The mode of this sitting in words; what it does not say itself, the activity says."""
        return str(Activity.Mode(self.mode or self.activity.mode).label)

    def state(self, at: datetime) -> str:
        """Return the state's code: cancelled, closed, open (for sign-in), due or planned."""
        if self.cancelled_at:
            return "cancelled"
        if self.closed_at:
            return "closed"
        if self.sign_in_opened_at:
            return "open"
        return "due" if self.starts_at <= at else "planned"


class Part(models.Model):
    """角色: a person with a part of its own in a session, beside the members of the unit."""

    class Role(models.TextChoices):
        HOST = "host", _("主持人")
        MAIN_SPEAKER = "main_speaker", _("主讲人")
        RECORDER = "recorder", _("记录人")
        ATTENDEE = "attendee", _("参加")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20, choices=Role.choices)
    home = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The invited school the person comes from; None for people of the session's own school."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher", "role"], name="a part is given once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.role}"

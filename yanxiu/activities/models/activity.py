"""Activities, their sessions, and who has a part in them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.planning.models import PlanItem, Rhythm
from yanxiu.terms.models import Term


class ActivityKind(models.Model):
    """活动类别: data that a school edits; `record_kind` is the word the schemes know it by."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    record_kind = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

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

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT)
    theme = models.CharField(_("主题"), max_length=120)
    mode = models.CharField(_("方式"), max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher", "role"], name="a part is given once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.role}"

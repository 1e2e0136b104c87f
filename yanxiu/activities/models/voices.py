"""What participants say: discussion, notes of their own, and anonymous feedback."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Activity, Session
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class Remark(models.Model):
    """讨论发言: one contribution to the discussion of an activity; withdrawn ones leave a gap."""

    SOURCE_KIND: ClassVar[str] = "activities.remark"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="remarks")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=2000)
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:20]


class ParticipantNote(models.Model):
    """参与心得: what a participant noted of a session; private unless the writer shares it."""

    SOURCE_KIND: ClassVar[str] = "activities.participant_note"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("心得"))
    is_shared = models.BooleanField(_("给一起参加的老师看"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["saved_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher"], name="a participant has one note of a session"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:20]


class FeedbackAnswer(models.Model):
    """匿名评价: what somebody who was there thinks of a session.

    There is no teacher and no moment here, and the key is drawn by lot, so that the order of the
    rows says nothing either; see `actions.feedback`.
    """

    class Usefulness(models.IntegerChoices):
        VERY = 4, _("很有用")
        SOMEWHAT = 3, _("有用")
        LITTLE = 2, _("用处不大")
        NONE = 1, _("没有用")

    class WillUse(models.TextChoices):
        YES = "yes", _("下周就能用上")
        PARTLY = "partly", _("要改一改才能用")
        NO = "no", _("用不上")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="feedback")
    usefulness = models.PositiveSmallIntegerField(choices=Usefulness.choices)
    will_use = models.CharField(max_length=10, choices=WillUse.choices)
    word = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.usefulness)


class FeedbackGiven(models.Model):
    """已评价: that a person has answered about a session, so that nobody answers twice.

    Nothing here says what the answer was; no page shows whose rows there are.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "teacher"], name="a person answers about a session once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"


class ActivitySetting(models.Model):
    """活动设置: what a school decides about its activities as a whole."""

    SOURCE_KIND: ClassVar[str] = "activities.setting"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="activity_setting"
    )
    minutes_due_days = models.PositiveSmallIntegerField(_("活动记录几天内写好"), default=3)
    lecture_share_hint = models.PositiveSmallIntegerField(
        _("讲授为主的场次超过百分之几时提醒"), default=50
    )
    asks_photos = models.BooleanField(_("每场要留一份照片或文件"), default=False)

    def __str__(self) -> str:
        return f"{self.organisation_id}"

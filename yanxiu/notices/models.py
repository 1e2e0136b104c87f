"""What a person is told, how the person wants to be told, and what is on its way."""

from datetime import datetime, time
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit

QUIET_FROM, QUIET_UNTIL = time(21), time(7)


class Notice(models.Model):
    """通知: one thing that one person is told, kept until long after it was read."""

    SOURCE_KIND: ClassVar[str] = "notices.notice"

    class Kind(models.TextChoices):
        CHANGE = "change", _("变更")
        DECISION = "decision", _("办理结果")
        REMINDER = "reminder", _("提醒")
        REQUEST = "request", _("需要你办")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["teacher", "-at"], name="notices_of_a_teacher"),
            models.Index(
                fields=["teacher"], condition=Q(read_at=None), name="notices_unread_of_a_teacher"
            ),
            models.Index(fields=["kind", "at"], name="notices_by_kind_and_time"),
        ]

    def __str__(self) -> str:
        return self.title


def default_wishes() -> dict[str, list[str]]:
    """Return what goes by which channel until the person says otherwise."""
    return {"email": ["change", "decision", "reminder", "request", "digest", "nudge"]}


class NoticeWishes(models.Model):
    """通知方式: how one person wants to be told; who has no row has the defaults.

    `channels` names for each channel what goes by it: kinds of notice, `digest`, `nudge`. A notice
    always stays on the person's own page. `digest_made_on` is the last day a digest was composed.
    """

    SOURCE_KIND: ClassVar[str] = "notices.wishes"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.OneToOneField(
        "people.Teacher", on_delete=models.CASCADE, related_name="notice_wishes"
    )
    email = models.EmailField(_("邮箱"), blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    channels = models.JSONField(default=default_wishes)
    quiet_from = models.TimeField(_("免打扰从"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("到"), default=QUIET_UNTIL)
    digest_hour = models.PositiveSmallIntegerField(_("每日摘要几点发"), default=7)
    digest_made_on = models.DateField(null=True, blank=True)
    nudge_made_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_hour__lte=23), name="a digest goes out at an hour of the day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id}"

    def wants(self, what: str, channel: str) -> bool:
        """Tell whether `what` (a kind, `digest` or `nudge`) goes by `channel`."""
        return what in self.channels.get(channel, ())


class Robot(models.Model):
    """群机器人: the robot of one chat group, of a unit or of a whole organisation.

    Its address and signing secret lie outside the database (`keys.py`); nothing shows them again.
    What goes to a robot may be seen by the whole unit, so it is never about one person.
    """

    SOURCE_KIND: ClassVar[str] = "notices.robot"

    class Channel(models.TextChoices):
        WECOM = "wecom", _("企业微信")
        DINGTALK = "dingtalk", _("钉钉")
        FEISHU = "feishu", _("飞书")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True)
    channel = models.CharField(_("软件"), max_length=10, choices=Channel.choices)
    name = models.CharField(_("群名"), max_length=40)
    digest_hour = models.PositiveSmallIntegerField(_("每天几点发"), default=7)
    is_active = models.BooleanField(_("启用"), default=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True, blank=True)
    digest_made_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "unit", "id"]

    def __str__(self) -> str:
        return self.name


class Waiting(models.QuerySet[Any]):
    """Messages on their way."""

    def free(self, now: datetime) -> "Waiting":
        """Return those that are due and that nobody is sending."""
        return self.filter(
            Q(leased_until=None) | Q(leased_until__lt=now),
            state=Message.State.WAITING,
            due_at__lte=now,
        )


class Message(models.Model):
    """待发消息: one message by one channel to one person or one robot; the outbox.

    `key` says what it is about, so that it is composed once. It is tried until it is `sent`, a
    bounded number of times, then `failed`; past `useless_from` it is `dropped`. Who sends it holds
    it by `lease` until `leased_until`; a lease that ran out is free again.
    """

    SOURCE_KIND: ClassVar[str] = "notices.message"

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENT = "sent", _("已发出")
        FAILED = "failed", _("没有发成")
        DROPPED = "dropped", _("过时不发")

    class Purpose(models.TextChoices):
        DIGEST = "digest", _("每日摘要")
        NUDGE = "nudge", _("当天提醒")
        CHANGE = "change", _("当天变更")
        TEST = "test", _("试发")
        CONFIRM = "confirm", _("确认邮箱")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    key = models.CharField(max_length=160, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.CharField(max_length=10)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, null=True, blank=True)
    robot = models.ForeignKey(Robot, on_delete=models.CASCADE, null=True, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    useless_from = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = Waiting.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(teacher=None, robot__isnull=False)
                | Q(teacher__isnull=False, robot=None),
                name="a message goes to a person or to a group",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "attempts", "due_at"],
                condition=Q(state="waiting"),
                name="notices_waiting",
            ),
            models.Index(fields=["organisation", "-made_at"], name="notices_messages_by_school"),
        ]

    def __str__(self) -> str:
        return self.title

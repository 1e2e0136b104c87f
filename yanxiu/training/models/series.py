"""Series of parts, and sessions held for those who missed one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Activity, Session, Tag
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.planning.models import PlanItem
from yanxiu.training.models.outside import OutsideCourse
from yanxiu.training.models.skills import SkillCheck


class TrainingSeries(models.Model):
    """培训系列: what a group of people is to go through, in parts; each part must be completed."""

    SOURCE_KIND: ClassVar[str] = "training.series"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(_("名称"), max_length=80)
    organiser = models.CharField(_("主办单位"), max_length=80, blank=True)
    purpose = models.CharField(_("要达到什么"), max_length=200, blank=True)
    audience = models.CharField(_("谁参加"), max_length=80)
    starts_on = models.DateField(_("从哪天起算"))
    last_on = models.DateField(_("到哪天为止"))
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "starts_on"], name="a series is set up once"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("starts_on")),
                name="a series ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeriesPart(models.Model):
    """系列内容: one part of a series; it points to the thing in which it is done.

    A part of self-study points to nothing: it is done by a note that was accepted.
    """

    SOURCE_KIND: ClassVar[str] = "training.series_part"

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("一场或一个系列的活动")
        TAG = "tag", _("任何一场带某个标签的活动")
        ITEM = "item", _("计划事项")
        COURSE = "course", _("外训课程")
        SELF_STUDY = "self_study", _("自学或实践作业")
        SKILL = "skill", _("技能测查")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    series = models.ForeignKey(TrainingSeries, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(_("怎样完成"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("内容"), max_length=120)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(
        PlanItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    course = models.ForeignKey(
        OutsideCourse, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    skill = models.ForeignKey(
        SkillCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class MakeUp(models.Model):
    """补训: a session held for those who missed a training; who comes counts as trained in it."""

    SOURCE_KIND: ClassVar[str] = "training.make_up"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="made_up_for")
    subject = models.CharField(max_length=60)
    invited = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="training_make_up_subject")]

    def __str__(self) -> str:
        return self.subject

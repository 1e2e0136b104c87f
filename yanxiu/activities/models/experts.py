"""Who teaches: outside experts and trainers of the own school, and their visits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.activities.models.tags import Tag
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class ExpertKind(models.Model):
    """专家类别: 区教研员, 高校教授, 一线名师 …; `is_internal` marks people of the own school."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    is_internal = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="an expert kind is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Expert(models.Model):
    """专家: somebody who can be asked to teach; an internal trainer is a teacher as well."""

    SOURCE_KIND: ClassVar[str] = "activities.expert"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    kind = models.ForeignKey(ExpertKind, on_delete=models.PROTECT)
    name = models.CharField(_("姓名"), max_length=40)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    workplace = models.CharField(_("单位"), max_length=80, blank=True)
    topics = models.CharField(_("擅长的专题"), max_length=200, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="experts")
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    ends_on = models.DateField(_("不再邀请"), null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["kind__order", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "teacher"],
                condition=~Q(teacher=None),
                name="a teacher is a trainer of an organisation once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExpertVisit(models.Model):
    """专家到校: one expert asked to one session, for what, how long and at which cost.

    A visit counts once the session is closed, unless somebody noted that the expert did not come.
    """

    class Role(models.TextChoices):
        LECTURE = "lecture", _("专题讲座")
        GUIDANCE = "guidance", _("现场指导")
        LESSON = "lesson", _("示范课")
        COMMENT = "comment", _("点评")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="visits")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="visits")
    role = models.CharField(_("担任"), max_length=10, choices=Role.choices, default=Role.LECTURE)
    topic = models.CharField(_("题目"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=0)
    fee = models.DecimalField(
        _("费用（元）"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    came = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["session__starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "expert"], name="an expert is asked to a session once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.session_id}"

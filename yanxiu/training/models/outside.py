"""Training given by others: the course, who went, and what the school asks for."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Activity, Session, Tag
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.levels import OrganiserLevel, between
from yanxiu.people.models import Organisation


def hours_field(label: Any = "", **options: Any) -> "models.DecimalField[Any, Any]":
    """Return a column for 课时 as certificates write them: two places."""
    return models.DecimalField(label or None, max_digits=6, decimal_places=2, **options)


class TrainingSetting(models.Model):
    """培训设置: what a school (or its superior) asks of outside training and self-study."""

    SOURCE_KIND: ClassVar[str] = "training.setting"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="training_setting"
    )
    self_report = models.BooleanField(_("没有事先申请的，也可以由本人补报"), default=True)
    reference_required = models.BooleanField(_("交汇报时要写证书或文件编号"), default=False)
    proof_required = models.BooleanField(_("交汇报时要附证明文件"), default=False)
    automatic = models.BooleanField(_("交了汇报就自动认定，不再逐份审核"), default=False)
    report_days = models.PositiveSmallIntegerField(_("培训结束后几天内交汇报"), default=14)
    self_study_hours = hours_field(_("自学每人每学期最多认定几课时"), default=Decimal(10))

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class OutsideCourse(models.Model):
    """外训课程: one training given elsewhere, entered once for all who go.

    A compulsory one says for whom (`audience`, see `queries.audiences`) and until when.
    """

    SOURCE_KIND: ClassVar[str] = "training.outside_course"

    Level = OrganiserLevel
    LEVELS: ClassVar = between(Level.CENTRAL_SCHOOL, Level.NATIONAL)

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    title = models.CharField(_("课程"), max_length=120)
    organiser = models.CharField(_("主办单位"), max_length=80)
    level = models.CharField(_("级别"), max_length=20, choices=LEVELS, default=Level.COUNTY)
    mode = models.CharField(
        _("方式"), max_length=10, choices=Activity.Mode.choices, default=Activity.Mode.ON_SITE
    )
    place = models.CharField(_("地点"), max_length=60, blank=True)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    starts_on = models.DateField(_("开始日期"))
    last_on = models.DateField(_("结束日期"))
    hours = hours_field(_("课时"), default=0)
    tags = models.ManyToManyField(Tag, blank=True, related_name="outside_courses")
    is_compulsory = models.BooleanField(_("上级或学校要求必须参加"), default=False)
    demand = models.CharField(_("要求的出处"), max_length=120, blank=True)
    audience = models.CharField(_("要求谁参加"), max_length=80, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title", "starts_on"],
                name="a course of a day is entered once",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("starts_on")),
                name="a course ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OutsideTraining(models.Model):
    """外出培训: one person's way through one course, from the application to the record."""

    SOURCE_KIND: ClassVar[str] = "training.outside_training"

    class State(models.TextChoices):
        APPLIED = "applied", _("待审核")
        RETURNED = "returned", _("已退回")
        APPROVED = "approved", _("已同意")
        REPORTED = "reported", _("待认定")
        RECOGNISED = "recognised", _("已认定")
        WITHDRAWN = "withdrawn", _("已撤回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    course = models.ForeignKey(OutsideCourse, on_delete=models.PROTECT, related_name="trainings")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="outside_trainings"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=State.choices, default=State.APPLIED)
    purpose = models.CharField(_("想解决什么问题"), max_length=200, blank=True)
    cost = models.DecimalField(
        _("预计费用（元）"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    budget_line = models.CharField(_("经费列支"), max_length=60, blank=True)
    not_the_same = models.CharField(
        _("和以前报过的有什么不同"), max_length=200, blank=True, default=""
    )
    returned_because = models.CharField(max_length=200, blank=True)
    hours_claimed = hours_field(_("课时"), null=True, blank=True)
    hours_recognised = hours_field(null=True, blank=True)
    reference = models.CharField(_("证书或文件编号"), max_length=60, blank=True)
    report = models.TextField(_("学到了什么，打算怎样用"), blank=True)
    shared_in = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=40, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    recognised_at = models.DateTimeField(null=True, blank=True)
    recognised_by_name = models.CharField(max_length=40, blank=True)
    recognised_because = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-course__starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "teacher"],
                condition=~Q(state="withdrawn"),
                name="a person goes to a course once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="training_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.course_id}"

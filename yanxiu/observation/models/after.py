"""What follows an observation: advice, the talk, a small test, and the teacher's own account."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.observation.models.observation import Observation
from yanxiu.people.models import Organisation


class Advice(models.Model):
    """建议（听课）: one suggestion to the presenter, who alone decides whether to try it.

    Taken on, it is shown at the presenter's next lessons until it is marked done. `proof_kind` and
    `proof_id` point to what changed, as a version of a lesson plan.
    """

    SOURCE_KIND: ClassVar[str] = "observation.advice"

    class State(models.TextChoices):
        OFFERED = "offered", _("等授课教师看")
        TAKEN = "taken", _("准备试一试")
        DONE = "done", _("已经试过")
        LEFT = "left", _("这次不采用")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="advice")
    presenter = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="advice_received"
    )
    text = models.CharField(_("建议"), max_length=500)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    plan = models.CharField(_("打算怎样做"), max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    done_in = models.ForeignKey(
        "lessons.Lesson", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    what_changed = models.TextField(_("改了什么，看到了什么"), blank=True)
    proof_kind = models.CharField(max_length=40, blank=True)
    proof_id = models.UUIDField(null=True, blank=True)
    proof_part = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["presenter", "state"], name="observation_advice_of")]

    def __str__(self) -> str:
        return self.text


class Remark(models.Model):
    """议课发言: what somebody who was there said in the talk after the silent round."""

    SOURCE_KIND: ClassVar[str] = "observation.remark"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    lesson = models.ForeignKey("lessons.Lesson", on_delete=models.PROTECT, related_name="remarks")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("想说的话"))
    is_highlight = models.BooleanField(_("值得推广的亮点或新点子（本校都看得到）"), default=False)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return self.text


class InstantTest(models.Model):
    """课后小测: what a class showed right after the lesson, in counts; never a pupil's name."""

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="instant_test"
    )
    about = models.CharField(_("测了什么"), max_length=120, blank=True)
    pupils = models.PositiveSmallIntegerField(_("参加测试人数"))
    full = models.DecimalField(_("满分"), max_digits=5, decimal_places=1, default=Decimal(100))
    mean = models.DecimalField(_("平均分"), max_digits=5, decimal_places=1)
    passed = models.PositiveSmallIntegerField(_("及格人数"))
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(passed__lte=F("pupils")) & Q(mean__lte=F("full")) & Q(full__gt=0),
                name="a test has no more passes than pupils",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id}"

    @property
    def pass_rate(self) -> Decimal:
        """How many of a hundred passed."""
        return Decimal(self.passed) * 100 / self.pupils if self.pupils else Decimal(0)

    @property
    def share(self) -> Decimal:
        """The mean, out of a hundred."""
        return self.mean * 100 / self.full


class LessonAccount(models.Model):
    """述课表: the presenter's own account of a lesson; private until handed in."""

    SOURCE_KIND: ClassVar[str] = "observation.account"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    lesson = models.ForeignKey("lessons.Lesson", on_delete=models.PROTECT, related_name="accounts")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="lesson_accounts"
    )
    texts = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "teacher"], name="a lesson is accounted for once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}"


class AppraisalNotice(models.Model):
    """评价听课告知: says, before it happens, that observing this lesson serves appraisal."""

    SOURCE_KIND: ClassVar[str] = "observation.appraisal_notice"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    lesson = models.OneToOneField(
        "lessons.Lesson", on_delete=models.PROTECT, related_name="appraisal_notice"
    )
    because = models.CharField(_("用来评什么"), max_length=120)
    told_at = models.DateTimeField()
    told_by_name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.because


class ObservationSetting(models.Model):
    """听课设置: what a school (or its superior) has agreed on for observing."""

    SOURCE_KIND: ClassVar[str] = "observation.setting"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="observation_setting"
    )
    check_days = models.PositiveSmallIntegerField(_("提交后几天内检查"), default=7)
    hand_in_days = models.PositiveSmallIntegerField(_("听课后几天内提交"), default=3)
    empty_phrases = models.TextField(_("放在哪节课都成立的话（一行一句）"), blank=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}"

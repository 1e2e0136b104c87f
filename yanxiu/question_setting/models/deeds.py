"""What teachers do to set better questions: solving, setting, explaining, classes."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.levels import OrganiserLevel, between
from yanxiu.people.models import Organisation


class QuestionDeed(models.Model):
    """命题活动: once 解题, 命题 or 说题, or questions set for a district.

    What is secret until an exam is seen, until then, by the teacher alone.
    """

    SOURCE_KIND: ClassVar[str] = "question_setting.deed"

    class Kind(models.TextChoices):
        SOLVE = "solve", _("解题")
        SET = "set", _("命题")
        EXPLAIN = "explain", _("说题")
        ANALYSE = "analyse", _("试卷分析")
        DUTY = "duty", _("受上级委托命题")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="question_deeds"
    )
    kind = models.CharField(_("做了什么"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("内容"), max_length=80)
    organiser = models.CharField(_("哪里组织的"), max_length=60, blank=True)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    happened_on = models.DateField(_("日期"))
    secret_until = models.DateField(_("哪天以前保密"), null=True, blank=True)
    rating = models.CharField(_("评价"), max_length=40, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-happened_on"], name="question_deeds_by_school"),
        ]

    def __str__(self) -> str:
        return self.title


class Nomination(models.Model):
    """推荐: a teacher proposed for a question-setting class outside, to its certificate."""

    SOURCE_KIND: ClassVar[str] = "question_setting.nomination"

    class State(models.TextChoices):
        NOMINATED = "nominated", _("待同意")
        APPROVED = "approved", _("已同意")
        DECLINED = "declined", _("未同意")
        ATTENDED = "attended", _("已参加")
        CERTIFIED = "certified", _("已结业")

    Level = OrganiserLevel
    LEVELS: ClassVar = between(Level.COUNTY, Level.PROVINCIAL)

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="question_nominations"
    )
    nominated_by = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    course = models.CharField(_("哪个命题班"), max_length=80)
    level = models.CharField(_("级别"), max_length=12, choices=LEVELS, default=Level.COUNTY)
    starts_on = models.DateField(_("开班日期"), null=True, blank=True)
    reason = models.CharField(_("推荐的理由"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOMINATED)
    reference = models.CharField(_("结业证书编号"), max_length=60, blank=True)
    comment = models.CharField(max_length=200, blank=True)
    nominated_at = models.DateTimeField()

    class Meta:
        ordering = ["-nominated_at", "-id"]

    def __str__(self) -> str:
        return self.course


class QuestionSetting(models.Model):
    """命题设置: what a school expects; a school without a row takes the defaults."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="question_setting"
    )
    grades: Any = models.JSONField(_("每单元自己命题的年级"), default=list, blank=True)
    difficulty_from = models.DecimalField(
        _("得分率从"), max_digits=3, decimal_places=2, default=Decimal("0.60")
    )
    difficulty_to = models.DecimalField(
        _("到"), max_digits=3, decimal_places=2, default=Decimal("0.85")
    )

    def __str__(self) -> str:
        return f"{self.organisation_id}"

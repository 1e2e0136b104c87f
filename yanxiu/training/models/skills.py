"""Skill checks: who masters what was trained; an answer about the training, not a ranking."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Tag
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class SkillCheck(models.Model):
    """技能测查: one check of a skill for a group of people, in levels that a school names.

    `passing` is the number of the first level, counted from 1, that means the skill is mastered.
    """

    SOURCE_KIND: ClassVar[str] = "training.skill_check"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(_("测查什么"), max_length=80)
    tag = models.ForeignKey(
        Tag, on_delete=models.PROTECT, null=True, blank=True, related_name="skill_checks"
    )
    audience = models.CharField(_("测查谁"), max_length=80)
    levels = models.JSONField(_("等级"), default=list)
    passing = models.PositiveSmallIntegerField(_("从第几级起算掌握"), default=2)
    held_on = models.DateField(_("日期"))
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.name


class SkillResult(models.Model):
    """测查结果: where one teacher stands in one check: as rated by oneself, and as checked."""

    check_of = models.ForeignKey(SkillCheck, on_delete=models.CASCADE, related_name="results")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="skill_results"
    )
    own_level = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "teacher"], name="a teacher is checked once in a check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.level}"

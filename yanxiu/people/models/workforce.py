"""The staff as a whole: settings, analysis, goals, skills and mixed teams."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Organisation, Unit
from yanxiu.people.models.tier import Tier


class WorkforceSetting(models.Model):
    """队伍口径: from which age somebody no longer counts as young, and when a share is low."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE)
    young_below = models.PositiveSmallIntegerField(_("青年教师：不满（岁）"), default=45)
    senior_from = models.PositiveSmallIntegerField(_("老教师：满（岁）"), default=50)
    low_share = models.PositiveSmallIntegerField(_("占比低于（%）时标出"), default=10)

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class WorkforceNote(models.Model):
    """队伍分析: what people make of the structure, beside the numbers as they stood that day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    text = models.TextField(_("分析"))
    figures = models.JSONField(default=dict)
    written_on = models.DateField()
    written_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-written_on", "-id"]

    def __str__(self) -> str:
        return self.text[:20]


class Skill(models.Model):
    """能力项: something teachers can do (制作课件) or a competence (沟通); a school edits them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    group = models.CharField(_("类别"), max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="a skill is named once by an organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeacherSkill(models.Model):
    """能力水平: how far one teacher is with one skill, in the own eyes and as checked."""

    class Level(models.IntegerChoices):
        NONE = 0, _("未填")
        LEARNING = 1, _("在学")
        ABLE = 2, _("会")
        SKILLED = 3, _("熟练")

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="levels")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, related_name="skills")
    rated = models.PositiveSmallIntegerField(_("自评"), choices=Level.choices, default=0)
    rated_at = models.DateTimeField(null=True, blank=True)
    checked = models.PositiveSmallIntegerField(_("核定"), choices=Level.choices, default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "teacher"], name="a teacher has one level in a skill"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.skill_id}"


class WorkforceGoal(models.Model):
    """队伍目标: how many of which teachers shall have what, by when; the value is reckoned.

    Without an indicator the goal cannot be measured and says so.
    """

    class Population(models.TextChoices):
        ALL = "all", _("全体教师")
        YOUNG = "young", _("青年教师")
        NEWCOMERS = "newcomers", _("近三年参加工作的教师")
        TIER = "tier", _("某一层级的教师")
        SUBJECT = "subject", _("某一学科的教师")

    class Indicator(models.TextChoices):
        NONE = "", _("尚无指标")
        SKILL = "skill", _("会某项能力（核定，未核定的看自评）")
        SKILLED = "skilled", _("熟练某项能力")
        TIER = "tier", _("达到某一层级及以上")
        EDUCATION = "education", _("学历达到")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    text = models.CharField(_("目标"), max_length=200)
    population = models.CharField(
        _("对象"), max_length=10, choices=Population.choices, default=Population.ALL
    )
    population_tier = models.ForeignKey(
        Tier, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals_for"
    )
    population_subject = models.CharField(_("学科"), max_length=40, blank=True)
    indicator = models.CharField(
        _("指标"), max_length=10, choices=Indicator.choices, blank=True, default=Indicator.NONE
    )
    skill = models.ForeignKey(Skill, on_delete=models.SET_NULL, null=True, blank=True)
    tier = models.ForeignKey(
        Tier, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals_of"
    )
    education = models.CharField(_("学历"), max_length=20, blank=True)
    target_percent = models.PositiveSmallIntegerField(_("目标（%）"), null=True, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text


class Team(models.Model):
    """混编小组: experienced, young and backbone teachers put together for one piece of work."""

    SOURCE_KIND: ClassVar[str] = "people.team"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(_("名称"), max_length=60)
    task = models.CharField(_("任务"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True)
    made_on = models.DateField()

    class Meta:
        ordering = ["-made_on", "-id"]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """小组成员: one teacher in a mixed team, and for which force the person stands."""

    class Force(models.TextChoices):
        SENIOR = "senior", _("老教师")
        YOUNG = "young", _("年轻教师")
        BACKBONE = "backbone", _("骨干教师")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.CASCADE, related_name="teams")
    force = models.CharField(max_length=10, choices=Force.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "teacher"], name="a teacher is in a team once"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.team_id}"

"""A lesson that others watch, the series it belongs to, and who is asked to come."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Activity, Session
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.levels import OrganiserLevel
from yanxiu.lessons.models.kinds import LessonKind
from yanxiu.people.models import Organisation, Unit


class LessonSeries(models.Model):
    """系列课: lessons that belong together.

    磨课 are successive trials of one lesson, 同课异构 one topic taught by several teachers, 教学节
    and 开放周 a programme of lessons over some days. `activity` is the event they are part of.
    """

    SOURCE_KIND: ClassVar[str] = "lessons.series"

    class Kind(models.TextChoices):
        POLISHING = "polishing", _("磨课")
        SAME_TOPIC = "same_topic", _("同课异构")
        FESTIVAL = "festival", _("教学节")
        OPEN_WEEK = "open_week", _("开放周")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("名称"), max_length=120)
    purpose = models.CharField(_("想弄清什么"), max_length=300, blank=True)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    starts_on = models.DateField(_("从"))
    last_on = models.DateField(_("到"), null=True, blank=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="lesson_series"
    )
    summary = models.TextField(_("小结"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("系列课")

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """课: one lesson of one teacher that others watch, from its arrangement to its being given.

    There are no pupils in it but their number. An unannounced lesson is hidden from its teacher
    until it is given. `level` is who organised it, in the words of the records; one above the
    school is believed only once somebody else than the teacher has checked it
    (`level_confirmed_at`). `number` is the number of the trial in its series. It counts, and its
    teacher's record is written, only once the teacher or whoever manages it has said that it was
    given.
    """

    SOURCE_KIND: ClassVar[str] = "lessons.lesson"

    class Type(models.TextChoices):
        NEW = "new", _("新授课")
        PRACTICE = "practice", _("练习课")
        REVISION = "revision", _("复习课")
        COMMENT = "comment", _("讲评课")
        EXPERIMENT = "experiment", _("实验课")
        ACTIVITY = "activity", _("活动课")
        MIXED = "mixed", _("综合课")

    Level = OrganiserLevel
    LOCAL: ClassVar[tuple[str, ...]] = (OrganiserLevel.GROUP, OrganiserLevel.SCHOOL)
    """Levels at which the school itself organises; of a higher one somebody else has the proof."""

    class Audience(models.TextChoices):
        SCHOOL = "school", _("全校都可以来听")
        UNIT = "unit", _("本组的人来听")
        INVITED = "invited", _("只请名单上的人")

    class State(models.TextChoices):
        PLANNED = "planned", _("已安排")
        GIVEN = "given", _("已上")
        CANCELLED = "cancelled", _("已取消")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="lessons")
    kind = models.ForeignKey(LessonKind, on_delete=models.PROTECT)
    level = models.CharField(_("级别"), max_length=14, choices=Level.choices, default=Level.SCHOOL)
    level_confirmed_at = models.DateTimeField(null=True, blank=True)
    level_confirmed_by_name = models.CharField(max_length=40, blank=True)
    lesson_type = models.CharField(_("课型"), max_length=12, choices=Type.choices, blank=True)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    class_name = models.CharField(_("班级"), max_length=40, blank=True)
    class_size = models.PositiveSmallIntegerField(_("班级人数"), null=True, blank=True)
    title = models.CharField(_("课题"), max_length=120, blank=True)
    textbook_unit = models.CharField(_("教材单元"), max_length=120, blank=True)
    period_of_unit = models.PositiveSmallIntegerField(_("第几课时"), null=True, blank=True)
    period_no = models.PositiveSmallIntegerField(_("节次"), null=True, blank=True)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    room = models.CharField(_("地点"), max_length=60, blank=True)
    link = models.URLField(_("线上或录像链接"), max_length=300, blank=True)
    audience = models.CharField(
        _("谁可以来听"), max_length=10, choices=Audience.choices, default=Audience.SCHOOL
    )
    announced = models.BooleanField(_("事先告诉上课教师"), default=True)
    responsible = models.ForeignKey(
        "people.Teacher",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons_in_charge",
        verbose_name=_("负责人"),
    )
    researcher_requested = models.BooleanField(_("请教研员参加"), default=False)
    researcher = models.CharField(_("到场的教研员"), max_length=40, blank=True)
    researcher_came = models.BooleanField(_("教研员到场"), null=True, blank=True)
    series = models.ForeignKey(
        LessonSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons"
    )
    number = models.PositiveSmallIntegerField(_("第几次试教"), null=True, blank=True)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by_name = models.CharField(max_length=40, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="a lesson ends after it starts"
            ),
            models.CheckConstraint(
                condition=Q(state="given", given_at__isnull=False)
                | (~Q(state="given") & Q(given_at=None)),
                name="a lesson that was given says when it was confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="lessons_by_day"),
            models.Index(fields=["teacher", "starts_at"], name="lessons_by_teacher"),
            models.Index(fields=["unit", "starts_at"], name="lessons_by_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level_stands(self) -> bool:
        """Whether the level is the school's own, or somebody else than the teacher checked it."""
        return self.level in self.LOCAL or self.level_confirmed_at is not None

    @property
    def level_text(self) -> str:
        """The level in words, and that it waits to be checked as long as it does."""
        level = str(self.get_level_display())
        return level if self.level_stands else _("%(level)s（待核对）") % {"level": level}

    @property
    def name(self) -> str:
        """What the lesson is called where its title is not known yet: subject and class."""
        return self.title or f"{self.subject}{self.class_name}" or str(_("课题待定"))

    @property
    def minutes(self) -> int:
        """The length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Invitation(models.Model):
    """邀请: a person, a group or another school that is asked to a lesson; nobody must answer."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="invitations")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(teacher__isnull=False, unit=None, organisation=None)
                | Q(teacher=None, unit__isnull=False, organisation=None)
                | Q(teacher=None, unit=None, organisation__isnull=False),
                name="an invitation goes to one",
            ),
            models.UniqueConstraint(
                fields=["lesson", "teacher"],
                condition=Q(teacher__isnull=False),
                name="a person is invited to a lesson once",
            ),
            models.UniqueConstraint(
                fields=["lesson", "unit"],
                condition=Q(unit__isnull=False),
                name="a unit is invited to a lesson once",
            ),
            models.UniqueConstraint(
                fields=["lesson", "organisation"],
                condition=Q(organisation__isnull=False),
                name="a school is invited to a lesson once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}"


class Listener(models.Model):
    """听课人: somebody who says to come, came, or handed in what was observed.

    `coming` is the answer to an invitation, None where nobody answered. `recorded_at` is when an
    observation of the lesson by this person was handed in: only lessons with one count where a
    quota asks for it.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="listeners")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="lessons_heard"
    )
    coming = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "teacher"], name="a person listens to a lesson once"
            ),
        ]
        indexes = [models.Index(fields=["teacher", "recorded_at"], name="lessons_heard_by")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.lesson_id}"

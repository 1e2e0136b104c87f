"""One person's observation of one lesson, with all that was noted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.observation.models.rubrics import RubricVersion
from yanxiu.people.models import Organisation


class Observation(models.Model):
    """听课记录: what one observer noted of one lesson.

    `organisation` is the observer's school on that day: it counts and checks the record. The
    lesson keeps its own. A growth observation is read by the observer, the presenter and, if
    `audience` says so, those who sat in the same lesson and handed in theirs: nobody else, ever.
    One for appraisal is announced as such before the lesson (`AppraisalNotice`).
    """

    SOURCE_KIND: ClassVar[str] = "observation.observation"

    class Kind(models.TextChoices):
        DAILY = "daily", _("随堂听课")
        PUSH_DOOR = "push_door", _("推门听课")
        OPEN = "open", _("公开课听课")
        REPORT = "report", _("汇报课听课")
        MENTORING = "mentoring", _("师徒听课")
        FOLLOW_UP = "follow_up", _("跟踪听课")
        ONLINE = "online", _("线上听课")

    class Purpose(models.TextChoices):
        GROWTH = "growth", _("为了改进教学")
        APPRAISAL = "appraisal", _("用于评价")

    class Audience(models.TextChoices):
        LISTENERS = "listeners", _("授课教师，和一起听课、也交了记录的人")
        PRESENTER = "presenter", _("只给授课教师")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        HANDED_IN = "handed_in", _("已提交")
        CHECKED = "checked", _("已检查")
        RETURNED = "returned", _("已退回")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.PROTECT, related_name="observations"
    )
    observer = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="observations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="observations"
    )
    kind = models.CharField(_("听课方式"), max_length=12, choices=Kind.choices, default=Kind.DAILY)
    purpose = models.CharField(
        _("用途"), max_length=10, choices=Purpose.choices, default=Purpose.GROWTH
    )
    audience = models.CharField(
        _("谁能看"), max_length=10, choices=Audience.choices, default=Audience.LISTENERS
    )
    rubric = models.ForeignKey(
        RubricVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    pupils = models.PositiveSmallIntegerField(_("班级人数"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_name = models.CharField(max_length=40, blank=True)
    check_comment = models.CharField(_("检查意见"), max_length=200, blank=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "observer"], name="a person observes a lesson once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(handed_in_at__isnull=False),
                name="what is checked was handed in",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="observation_by_state"),
            models.Index(fields=["observer", "-began_at"], name="observation_by_observer"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.observer_id}"

    @property
    def is_open(self) -> bool:
        """Tell whether the observer still writes on it."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


SAME_TIME = "same_time"
"""The name of the text that says how two lessons were heard at one time.

It is none of the words about the lesson: whoever may see that there is a record reads it.
"""


class ObservationText(models.Model):
    """听课文字: one of the texts of an observation; `edition` grows with each change."""

    class Name(models.TextChoices):
        STRENGTHS = "strengths", _("优点")
        WEAKNESSES = "weaknesses", _("不足")
        SUGGESTIONS = "suggestions", _("建议")
        OVERALL = "overall", _("总的看法")
        OWN_LESSON = "own_lesson", _("对我自己的启发")
        REPLY = "reply", _("授课教师回应")

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(max_length=12, choices=Name.choices)
    text = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=40, blank=True)
    device_order = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "name"], name="an observation has each text once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.name}"


class Mark(models.Model):
    """片段: what was seen or heard at one moment of the lesson; its uid is the device's."""

    SOURCE_KIND: ClassVar[str] = "observation.mark"

    class Side(models.TextChoices):
        TEACHER = "teacher", _("教师")
        PUPIL = "pupil", _("学生")
        STAGE = "stage", _("环节")
        QUOTE = "quote", _("原话")
        PHOTO = "photo", _("板书照片")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="marks")
    at_second = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    text = models.TextField(blank=True)
    stage = models.CharField(max_length=40, blank=True)
    edition = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=40, blank=True)
    device_order = models.PositiveBigIntegerField(default=0)
    deleted = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["at_second", "id"]
        indexes = [
            models.Index(fields=["observation", "at_second"], name="observation_marks"),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.at_second}"


class Rating(models.Model):
    """评分: the answer to one item of the rubric, with what it rests on."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="ratings")
    item = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=40, blank=True)
    device_order = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "item"], name="an item is answered once in an observation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.item}"


class MarkConflict(models.Model):
    """两处写法: what another device wrote of the same thing, kept until the person has chosen.

    Of a mark, of a text or of a rating (`name` is then `rating:` and the item's code). `there` is
    what stood, `came` what arrived; nothing of either is lost, whatever is chosen.
    """

    SOURCE_KIND: ClassVar[str] = "observation.conflict"

    class Reason(models.TextChoices):
        CLASH = "clash", _("两台设备都改过")
        LATE = "late", _("提交以后才送到")

    class Outcome(models.TextChoices):
        THERE = "there", _("留下原来的")
        CAME = "came", _("换成后到的")
        BOTH = "both", _("两处都留")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="conflicts")
    mark_uid = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=50, blank=True)
    there = models.JSONField(default=dict)
    came = models.JSONField(default=dict)
    reason = models.CharField(max_length=5, choices=Reason.choices, default=Reason.CLASH)
    device = models.CharField(max_length=40, blank=True)
    device_order = models.PositiveBigIntegerField(default=0)
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["came_at", "id"]
        indexes = [
            models.Index(
                fields=["observation"],
                condition=Q(settled_at__isnull=True),
                name="observation_conflicts_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.name or self.mark_uid}"

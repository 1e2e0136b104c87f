"""Lesson plans, their versions, and the lessons they were used in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Session
from yanxiu.kernel.uids import new_uid
from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Organisation, Unit
from yanxiu.preparation.models.schedule import TeachingTopic
from yanxiu.terms.models import Term


class StandingPlans(models.Manager["LessonPlan"]):
    """All plans but the drafts that their authors have thrown away."""

    def get_queryset(self) -> "models.QuerySet[LessonPlan]":
        """Leave out what was thrown away: no list, count or search ever meets it."""
        return super().get_queryset().exclude(state=LessonPlan.State.DROPPED)


class LessonPlan(models.Model):
    """教案: the plan of one topic, shared by a group (共案) or a teacher's own (个案).

    `content` is what is being written: a list of sections, each with `code`, `name` and
    `paragraphs` of `id` and `text`; an id is given once and never to another paragraph.
    `edition` grows with each saving, so that two who write at once are told of each other.
    """

    SOURCE_KIND: ClassVar[str] = "preparation.plan"

    class Kind(models.TextChoices):
        SHARED = "shared", _("共案")
        PERSONAL = "personal", _("个案")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        DISCUSSED = "discussed", _("研讨中")
        AGREED = "agreed", _("已定稿")
        HANDED_IN = "handed_in", _("已交")
        RETURNED = "returned", _("已退回")
        CHECKED = "checked", _("已检查")
        DROPPED = "dropped", _("已删除")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("教研组或备课组")
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="lesson_plans"
    )
    title = models.CharField(_("课题"), max_length=120)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    textbook_unit = models.CharField(_("教材单元"), max_length=120, blank=True)
    periods = models.PositiveSmallIntegerField(_("课时数"), default=1)
    topic = models.ForeignKey(
        TeachingTopic, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="lesson_plans"
    )
    new_ideas = models.CharField(_("用了哪些新理念"), max_length=200, blank=True)
    reform = models.CharField(_("用了哪些教改做法"), max_length=200, blank=True)
    project = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("和哪个课题结合"),
    )  # fmt: skip
    base = models.ForeignKey(
        "preparation.PlanVersion", on_delete=models.PROTECT, null=True, blank=True,
        related_name="own_plans",
    )  # fmt: skip
    """The version of another plan that this one started from."""
    content = models.JSONField(default=list)
    last_paragraph = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    edited_by_name = models.CharField(max_length=40)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by_name = models.CharField(max_length=40, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(_("可作范例"), default=False)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = StandingPlans()
    everything = models.Manager["LessonPlan"]()
    """Also the drafts that can still be taken out of the bin."""

    class Meta:
        ordering = ["-edited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "base"],
                condition=Q(kind="personal"),
                name="a teacher makes a version into the own plan once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="personal", state__in=["discussed", "agreed"]),
                name="only a shared plan is discussed and agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "state"], name="preparation_by_state"),
            models.Index(fields=["unit", "kind", "state"], name="preparation_by_unit"),
            models.Index(fields=["author", "edited_at"], name="preparation_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state where the word alone says too little."""
        return {"discussed": "gold", "agreed": "green"}.get(str(self.state), "")

    @property
    def is_shared(self) -> bool:
        """Tell whether it is the plan of a group."""
        return self.kind == self.Kind.SHARED


class PlanVersion(models.Model):
    """教案版本: a plan as it was at a moment worth keeping; it never changes."""

    SOURCE_KIND: ClassVar[str] = "preparation.version"

    class Moment(models.TextChoices):
        OFFERED = "offered", _("主备稿")
        AGREED = "agreed", _("共案")
        OWN = "own", _("个案起稿")
        HANDED_IN = "handed_in", _("交稿")
        TAUGHT = "taught", _("上课稿")
        REVISED = "revised", _("修订稿")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    plan = models.ForeignKey(LessonPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=10, choices=Moment.choices)
    reason = models.CharField(_("为什么改"), max_length=200, blank=True)
    content = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="a version has its number in the plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class PlanUse(models.Model):
    """用课: a lesson that was, or is to be, taught by one version of a plan.

    With `shown`, whoever may see the lesson may read that version.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="uses")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="plan_uses")
    shown = models.BooleanField(_("听课的人可以看"), default=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "lesson"], name="a version is used in a lesson once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.lesson_id}"

"""What teachers write: works, their texts, versions, authors, and who read them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Session
from yanxiu.kernel.sources import Source
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.works.models.kinds import WorkKind


class Work(models.Model):
    """作品: a reflection, a case, a paper; its author's alone until handed in or shared.

    `edition` counts what was saved, so that of two who write at once neither overwrites the
    other. `about` is what it was prompted by, in words (the lesson and its class); `source_kind`
    and `source_id` point to anything else that it came from, such as an outside training.
    """

    SOURCE_KIND: ClassVar[str] = "works.work"

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        HANDED_IN = "handed_in", _("已交")
        RETURNED = "returned", _("退回修改")
        READ = "read", _("已阅")
        RATED = "rated", _("已评")
        RECOMMENDED = "recommended", _("已推荐")
        SENT = "sent", _("已选送")
        AWARDED = "awarded", _("已获奖")
        PUBLISHED = "published", _("已发表")

    class Shared(models.TextChoices):
        NOBODY = "nobody", _("只有我自己")
        GROUP = "group", _("同组老师")
        SCHOOL = "school", _("全校老师")

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("优秀")
        GOOD = "good", _("良好")
        FAIR = "fair", _("合格")

    WRITTEN: ClassVar[tuple[str, ...]] = (State.DRAFT, State.RETURNED)
    """States in which its authors go on writing."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.ForeignKey(WorkKind, on_delete=models.PROTECT, related_name="works")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="works")
    title = models.CharField(_("题目"), max_length=120, blank=True)
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    about = models.CharField(_("写的是"), max_length=160, blank=True)
    happened_on = models.DateField(_("日期"))
    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.PROTECT, null=True, blank=True, related_name="works"
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="works"
    )
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    shared_with = models.CharField(
        _("给谁看"), max_length=10, choices=Shared.choices, default=Shared.NOBODY
    )
    grade = models.CharField(max_length=10, choices=Grade.choices, blank=True)
    edition = models.PositiveIntegerField(default=0)
    characters = models.PositiveIntegerField(default=0)
    has_file = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(max_length=40, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["teacher", "-happened_on"], name="works_by_author"),
            models.Index(fields=["organisation", "state", "-happened_on"], name="works_by_state"),
            models.Index(
                fields=["organisation", "shared_with", "-happened_on"], name="works_by_sharing"
            ),
            models.Index(fields=["source_kind", "source_id"], name="works_by_source"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        tones = {"draft": "grey", "handed_in": "gold", "returned": "red", "read": "blue"}
        return tones.get(self.state, "green")

    @property
    def source(self) -> Source | None:
        """What it came from, if it was something without a column of its own."""
        return Source(self.source_kind, self.source_id) if self.source_id else None


class WorkAuthor(models.Model):
    """作者: one author in the order of the paper; a teacher of the house, or a name from outside.

    Co-authors of the house write in the same draft.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="authors")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "teacher"],
                condition=~Q(teacher=None),
                name="a teacher is an author of a work once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkText(models.Model):
    """作品正文: what is written under one heading, as it was typed; "" is the work's one text.

    A private one is read by the authors and by whoever reads what was handed in, even where the
    work itself is shared.
    """

    SOURCE_KIND: ClassVar[str] = "works.text"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="texts")
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    is_private = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "code"], name="a heading stands once in a work"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkVersion(models.Model):
    """作品的一稿: title and texts as they were at a moment worth keeping; never changed."""

    class Why(models.TextChoices):
        IMPORTED = "imported", _("从文件导入")
        HANDED_IN = "handed_in", _("交出")
        RESTORED = "restored", _("恢复旧稿之前")
        ASIDE = "aside", _("与别人同时写，留存的一份")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=12, choices=Why.choices)
    title = models.CharField(max_length=120, blank=True)
    texts: Any = models.JSONField(default=list)
    characters = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="a version has its number"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.number}"


class Reading(models.Model):
    """审阅: what somebody who read a handed-in work said; all of them are kept."""

    class Decision(models.TextChoices):
        READ = "read", _("已阅")
        RATED = "rated", _("评等")
        RETURNED = "returned", _("退回修改")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    grade = models.CharField(max_length=10, choices=Work.Grade.choices, blank=True)
    comment = models.TextField(_("意见"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.work_id}"

"""Calls for papers, what is entered for them, and its blind review."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.works.models.kinds import WorkKind
from yanxiu.works.models.outcomes import Level, Prize
from yanxiu.works.models.works import Work


class CallForPapers(models.Model):
    """征集: what a school, or a superior over its schools, asks teachers to send, and until when.

    `closes_on` is the last day inside the house, `sends_on` the last day of `destination`, to
    which the chosen ones go. Of `kinds` none means any.
    """

    SOURCE_KIND: ClassVar[str] = "works.call"

    class Way(models.TextChoices):
        REVIEW = "review", _("匿名评审后定结果")
        CHOICE = "choice", _("不评审，直接选定")

    class State(models.TextChoices):
        OPEN = "open", _("征集中")
        REVIEWING = "reviewing", _("评审中")
        ANNOUNCED = "announced", _("已公布")
        CANCELLED = "cancelled", _("已取消")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    title = models.CharField(_("名称"), max_length=80)
    text = models.TextField(_("要求"), blank=True)
    way = models.CharField(_("怎样定结果"), max_length=10, choices=Way.choices, default=Way.REVIEW)
    level = models.CharField(_("级别"), max_length=20, choices=Level.choices, default=Level.SCHOOL)
    kinds = models.ManyToManyField(WorkKind, blank=True, related_name="calls")
    subject = models.CharField(_("学科"), max_length=40, blank=True)
    closes_on = models.DateField(_("交稿截止"))
    destination = models.CharField(_("选出的送往哪里"), max_length=80, blank=True)
    sends_on = models.DateField(_("对方截止"), null=True, blank=True)
    sends_level = models.CharField(
        _("送往的级别"), max_length=20, choices=Level.choices, default=Level.COUNTY
    )
    most_each = models.PositiveSmallIntegerField(_("每人最多几份"), default=1)
    reviewers_each = models.PositiveSmallIntegerField(_("每份几人评"), default=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-closes_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "state", "-closes_on"], name="works_calls_open"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """评审项目: one line of the score sheet of a call, with the most points it can earn."""

    call = models.ForeignKey(CallForPapers, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(max_length=60)
    most = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="a criterion is named once"),
        ]

    def __str__(self) -> str:
        return self.name


class CallEntry(models.Model):
    """参评作品: one work in one call.

    `number` is drawn by lot when the call closes; nothing that reviewers see says more.
    `blind_title` and `blind_text` are the work as it was entered, set anew without the names.
    """

    SOURCE_KIND: ClassVar[str] = "works.call_entry"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    call = models.ForeignKey(CallForPapers, on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="entries")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    blind_title = models.CharField(max_length=160)
    blind_text = models.TextField(blank=True)
    hidden = models.PositiveIntegerField(default=0)
    prize = models.CharField(_("等次"), max_length=20, choices=Prize.choices, blank=True)
    is_chosen = models.BooleanField(_("选送"), default=False)
    remark = models.CharField(_("写给作者的话"), max_length=200, blank=True)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call", "number", "id"]
        indexes = [models.Index(fields=["teacher", "-entered_at"], name="works_entries_by_author")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "work"],
                condition=Q(withdrawn_at=None),
                name="a work is entered for a call once",
            ),
            models.UniqueConstraint(fields=["call", "number"], name="a number is drawn once"),
        ]

    def __str__(self) -> str:
        return self.title


class PanelMember(models.Model):
    """评委: somebody among whom the papers of a call are divided."""

    call = models.ForeignKey(CallForPapers, on_delete=models.CASCADE, related_name="panel")
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "teacher"], name="a reviewer is named once"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.teacher_id}"


class BlindReview(models.Model):
    """匿名评审: what one reviewer says of one paper, known to that reviewer by its number alone.

    `scores` are points by the primary key of the criterion. `comment` reaches the authors, without
    a name, when the result is announced; `remark` is for the office.
    """

    SOURCE_KIND: ClassVar[str] = "works.blind_review"

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("待评")
        SCORED = "scored", _("已评")
        DECLINED = "declined", _("已回避")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    entry = models.ForeignKey(CallEntry, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    scores: Any = models.JSONField(default=dict)
    total = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(_("写给作者的话"), blank=True)
    remark = models.CharField(_("只给主办方看"), max_length=200, blank=True)
    assigned_at = models.DateTimeField()
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry__number", "id"]
        indexes = [models.Index(fields=["reviewer", "state"], name="works_reviews_of_reviewer")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "reviewer"], name="a reviewer has a paper once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.reviewer_id}"

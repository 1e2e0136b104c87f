"""What became of works outside: where they were sent, which prizes and publications they won."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.models.levels import OrganiserLevel
from yanxiu.people.models import Organisation
from yanxiu.works.models.works import Work

Level = OrganiserLevel
"""级别 of a prize or a publication."""


class Prize(models.TextChoices):
    """等次, in the words of the schemes (`Record.prize`)."""

    SPECIAL = "special", _("特等奖")
    FIRST = "first", _("一等奖")
    SECOND = "second", _("二等奖")
    THIRD = "third", _("三等奖")
    EXCELLENCE = "excellence", _("优秀奖")


class Submission(models.Model):
    """选送: one way of one work to a journal or a contest, from the recommendation to the result.

    `source_kind` and `source_id` name the call for papers that it came from, if any.
    """

    SOURCE_KIND: ClassVar[str] = "works.submission"

    class Where(models.TextChoices):
        JOURNAL = "journal", _("投稿发表")
        CONTEST = "contest", _("参加评选")

    class State(models.TextChoices):
        RECOMMENDED = "recommended", _("已推荐")
        SENT = "sent", _("已送出")
        SHORTLISTED = "shortlisted", _("已入围")
        AWARDED = "awarded", _("已获奖")
        PUBLISHED = "published", _("已发表")
        NOT_CHOSEN = "not_chosen", _("未入选")
        WITHDRAWN = "withdrawn", _("已收回")

    ENDED: ClassVar[tuple[str, ...]] = (
        State.AWARDED, State.PUBLISHED, State.NOT_CHOSEN, State.WITHDRAWN,
    )  # fmt: skip

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="submissions")
    where = models.CharField(
        _("怎样送出"), max_length=10, choices=Where.choices, default=Where.CONTEST
    )
    destination = models.CharField(_("送往哪里"), max_length=80)
    level = models.CharField(_("级别"), max_length=20, choices=Level.choices, default=Level.COUNTY)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECOMMENDED)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    recommended_at = models.DateTimeField()
    recommended_by_name = models.CharField(max_length=40)
    sent_on = models.DateField(null=True, blank=True)
    result_on = models.DateField(null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        ordering = ["-recommended_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="works_submission_by_state"),
            models.Index(fields=["source_kind", "source_id"], name="works_submission_by_source"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "destination"],
                condition=~Q(state="withdrawn"),
                name="a work goes to a place once",
            ),
        ]

    def __str__(self) -> str:
        return self.destination

    @property
    def tone(self) -> str:
        """The colour of its state."""
        tones = {"awarded": "green", "published": "green", "shortlisted": "blue", "sent": "blue"}
        return tones.get(self.state, "gold" if self.state == "recommended" else "grey")


class Outcome(models.Model):
    """获奖与发表: one line of the register, with its proof (an attachment) and its authors.

    The author tells it, the office looks at the proof and confirms; only then it is recorded.
    """

    SOURCE_KIND: ClassVar[str] = "works.outcome"

    class Kind(models.TextChoices):
        PRIZE = "prize", _("获奖")
        PUBLICATION = "publication", _("发表")

    class State(models.TextChoices):
        TOLD = "told", _("待核对")
        RETURNED = "returned", _("退回补充")
        CONFIRMED = "confirmed", _("已登记")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="work_outcomes"
    )
    work = models.ForeignKey(
        Work, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    kind = models.CharField(_("登记"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("题目"), max_length=120)
    event = models.CharField(_("评选活动或刊物"), max_length=80)
    issuer = models.CharField(_("主办或出版单位"), max_length=80, blank=True)
    level = models.CharField(_("级别"), max_length=20, choices=Level.choices, default=Level.COUNTY)
    prize = models.CharField(_("等次"), max_length=20, choices=Prize.choices, blank=True)
    reference = models.CharField(_("证书编号或刊期页码"), max_length=80, blank=True)
    happened_on = models.DateField(_("证书或出刊日期"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.TOLD)
    comment = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-happened_on"], name="works_outcome_by_school"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {"told": "gold", "returned": "red"}.get(self.state, "green")


class OutcomeAuthor(models.Model):
    """获奖或发表的作者: in the order of the certificate, which may differ from the draft's."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="authors")
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "teacher"],
                condition=~Q(teacher=None),
                name="a teacher is an author of an outcome once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

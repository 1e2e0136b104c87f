"""What teachers learn by themselves, with a note that others can read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Tag
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class SelfStudy(models.Model):
    """自学记录: what somebody read, watched or tried, with a note as evidence.

    It counts by itself, apart from sessions, once somebody has read the note and accepted it.
    """

    SOURCE_KIND: ClassVar[str] = "training.self_study"

    class State(models.TextChoices):
        SENT = "sent", _("待审核")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已通过")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="self_studies"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    part = models.ForeignKey(
        "training.SeriesPart",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="self_studies",
    )
    title = models.CharField(_("学了什么"), max_length=120)
    note = models.TextField(_("要点与想法"))
    tags = models.ManyToManyField(Tag, blank=True, related_name="self_studies")
    happened_on = models.DateField(_("日期"))
    minutes = models.PositiveSmallIntegerField(_("用时（分钟）"))
    minutes_accepted = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    comment = models.CharField(_("审阅意见"), max_length=200, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="training_study_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

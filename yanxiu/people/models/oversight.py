"""What supervisors remark, and what leaders do to guide."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Organisation


class SupervisionNote(models.Model):
    """监督意见: a remark or question about something that was planned, done or recorded.

    It changes nothing of what it is about. Neither remark nor answer is changed afterwards.
    """

    SOURCE_KIND: ClassVar[str] = "people.supervision_note"

    class Kind(models.TextChoices):
        COMMENT = "comment", _("意见")
        QUESTION = "question", _("提问")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    source_title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("内容"))
    author = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="supervision_notes"
    )
    authority = models.CharField(max_length=60, blank=True, default="")
    made_at = models.DateTimeField()
    answer = models.TextField(_("答复"), blank=True, default="")
    answered_by = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="people_notes_by_source"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class GuidanceAct(models.Model):
    """督导记录: one thing a leader did to guide: a visit, a check, a meeting, a talk.

    Sessions that a leader attended are not entered here: they are records already.
    """

    SOURCE_KIND: ClassVar[str] = "people.guidance_act"

    class Work(models.TextChoices):
        SERVE = "serve", _("服务")
        RESEARCH = "research", _("研究")
        GUIDE = "guide", _("指导")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    leader = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="guidance")
    on = models.DateField(_("日期"))
    form = models.CharField(_("形式"), max_length=20)
    work = models.CharField(_("职能"), max_length=10, choices=Work.choices, default=Work.GUIDE)
    minutes = models.PositiveSmallIntegerField(_("用时（分钟）"), null=True, blank=True)
    matter = models.CharField(_("事项"), max_length=120)
    finding = models.TextField(_("发现"), blank=True, default="")
    follow_up = models.TextField(_("后续"), blank=True, default="")
    settled_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.matter

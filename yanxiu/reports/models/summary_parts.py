"""What hangs on summaries: the versions of a paragraph, readers, and who is asked for one."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.models.summary import Summary, period_text
from yanxiu.terms.models import Term


class ProseVersion(models.Model):
    """文字版本: one paragraph of a summary as somebody once saved it."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="prose_versions")
    place = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by_uid = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)

    class Meta:
        ordering = ["place", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "place", "number"], name="a paragraph has one of a version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.number}"


class SummaryReader(models.Model):
    """读者: who opened a published summary for the first time and when; shown as a number alone."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="readers")
    teacher = models.ForeignKey(Teacher, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["summary", "teacher"], name="a reader is counted once"),
        ]

    def __str__(self) -> str:
        return f"{self.summary_id} {self.teacher_id}"


class EmptyPhrase(models.Model):
    """空泛的说法: a phrase that claims without saying how much, beside those that come along."""

    SOURCE_KIND: ClassVar[str] = "reports.empty_phrase"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    text = models.CharField(_("说法"), max_length=20)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "text"], name="a phrase is listed once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SummaryDemand(models.Model):
    """总结布置: summaries that schools, groups or teachers hand in by a day."""

    SOURCE_KIND: ClassVar[str] = "reports.summary_demand"

    class Whom(models.TextChoices):
        UNITS = "units", _("各教研组")
        SCHOOLS = "schools", _("所属各校")
        TEACHERS = "teachers", _("每位教师")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="summary_demands"
    )
    whom = models.CharField(_("谁来写"), max_length=10, choices=Whom.choices)
    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    period = models.CharField(_("周期"), max_length=12, choices=Summary.Period.choices)
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(_("到（不含）"))
    due_on = models.DateField(_("截止日期"))
    note = models.TextField(_("要求"), blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a demand is for some days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_text}总结（{self.get_whom_display()}）"

    @property
    def span(self) -> Span:
        """The days to be summed up."""
        return Span(self.starts_on, self.ends_on)

    @property
    def period_text(self) -> str:
        """The period in words."""
        if self.period == Summary.Period.TERM and self.term is not None:
            return str(self.term)
        return period_text(self.period, self.span)

"""What happens to a person besides posts: leave, and going away for good."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Dated, Organisation


class Leave(models.Model):
    """离岗: one teacher away from the work of the school over a time.

    From `starts_on` (included) to `ends_on` (excluded, or open). Nothing is expected of the person
    meanwhile; no reason beyond the kind is asked for.
    """

    SOURCE_KIND: ClassVar[str] = "people.leave"

    class Kind(models.TextChoices):
        SICK = "sick", _("病假")
        MATERNITY = "maternity", _("产假")
        STUDY = "study", _("外出学习")
        SECONDED = "seconded", _("借调、支教")
        OTHER = "other", _("其他")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    noted_by_name = models.CharField(max_length=40, blank=True)

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="a leave ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.kind}"


class Departure(models.Model):
    """去向: one teacher who left an organisation: to another school, into retirement, or away."""

    class Kind(models.TextChoices):
        TRANSFER = "transfer", _("调动")
        RETIREMENT = "retirement", _("退休")
        OTHER = "other", _("离职及其他")

    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="departures"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    kind = models.CharField(_("去向"), max_length=10, choices=Kind.choices)
    to = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="arrivals"
    )
    to_text = models.CharField(_("去往"), max_length=80, blank=True)
    on = models.DateField()
    noted_by_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.kind}"

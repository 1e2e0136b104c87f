"""What a teacher is excused from, for how long, and on which paper."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Leave, Organisation, Teacher


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Exemptions, and those of them that hold."""

    def living(self) -> "ExemptionQuerySet":
        """Return those that nobody has taken back."""
        return self.filter(withdrawn_at=None)


class Exemption(models.Model):
    """减免: one teacher excused for a reason of the scheme, from `starts_on` to before `ends_on`.

    What a reason does (the year falls away, is reckoned by months …) is said by the scheme, not
    here. One that was a mistake is taken back with a reason; nothing is deleted.
    """

    SOURCE_KIND: ClassVar[str] = "ledger.exemption"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="exemptions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    reason = models.CharField(_("原因"), max_length=40)
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(null=True, blank=True)
    document = models.CharField(_("凭据"), max_length=120, blank=True)
    leave = models.ForeignKey(Leave, on_delete=models.SET_NULL, null=True, blank=True)
    approved_by_uid = models.UUIDField()
    approved_by_name = models.CharField(max_length=80)
    approved_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=80, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")),
                name="an exemption ends after it starts",
            ),
        ]
        indexes = [models.Index(fields=["teacher", "starts_on"], name="ledger_exempt_teacher")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.reason}"

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds, where it ends."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

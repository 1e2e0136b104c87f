"""Public notices inside the house."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class Publication(models.Model):
    """公示: what was recognised in a span, shown to the people of a school for some working days.

    `lines` is kept as it was when it was put up: what is corrected during the notice is seen in
    the records, not by the text changing under the reader. From `ends_on` on, officers alone see
    it.
    """

    SOURCE_KIND: ClassVar[str] = "recognition.publication"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="publications"
    )
    title = models.CharField(max_length=80)
    scheme = models.CharField(max_length=60)
    basis = models.CharField(max_length=120, blank=True)
    span_from = models.DateField()
    span_to = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    working_days = models.PositiveSmallIntegerField()
    fields = models.JSONField(default=list)
    mask = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    unit = models.CharField(max_length=10, blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=40)
    taken_down_at = models.DateTimeField(null=True)
    taken_down_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="a public notice ends after it begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "ends_on"], name="recognition_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_up(self, day: date) -> bool:
        """Tell whether the people of the school can read it on `day`."""
        return self.taken_down_at is None and self.starts_on <= day < self.ends_on

"""Where each teacher stands, kept so that a county can be read at once."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.ledger.models.amounts import amount_field
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today


class StandingRow(models.Model):
    """达标情况: what one teacher has reached at one school under one scheme, as last reckoned.

    It is reckoned from the ledger and can be thrown away and made again; nothing is decided by it.
    The columns tell the main requirement of the running `period`, `rest` those beside it. Each
    change in the ledger adds one to `changes`; the row is true while `reckoned` has caught up and
    the day is before `holds_until`, on which the next period, tier or exemption begins or ends.
    Where no scheme is in force, one row without `scheme` says so. `is_first` is the row of the
    first scheme, so that persons can be counted without counting them twice. `behind_from` is the
    day from which what is reached lags behind the period, if nothing more comes.
    `person` is the mark of the tiers, posts and exemptions by which it was reckoned.
    """

    class State(models.TextChoices):
        MET = "met", _("已达到")
        WAITING = "waiting", _("待认定后达到")
        MISSING = "missing", _("还差")
        EXEMPT = "exempt", _("减免")
        NOTHING = "nothing", _("没有要求")

    teacher = models.ForeignKey(
        "people.Teacher", on_delete=models.CASCADE, related_name="standing_rows"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="standing_rows"
    )
    scheme = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120, blank=True)
    requirement = models.CharField(max_length=80, blank=True)
    requirement_title = models.CharField(max_length=120, blank=True)
    period_starts_on = models.DateField(null=True)
    period_ends_on = models.DateField(null=True)
    unit_label = models.CharField(max_length=20, blank=True)
    recognised = amount_field(null=True)
    pending = amount_field(null=True)
    required = amount_field(null=True)
    missing = amount_field(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOTHING)
    is_first = models.BooleanField(default=True)
    behind_from = models.DateField(null=True)
    all_met = models.BooleanField(default=False)
    rest = models.JSONField(default=list)
    person = models.CharField(max_length=16, blank=True)
    changes = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)
    reckoned = models.PositiveIntegerField(default=0)
    reckoned_at = models.DateTimeField(null=True)
    holds_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "organisation", "scheme"],
                name="a teacher stands once at a school under a scheme",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "scheme", "state"], name="ledger_standing_by_school"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.scheme} {self.state}"

    def is_true(self, day: date) -> bool:
        """Tell whether the row says on `day` what the ledger says."""
        return self.changes == self.reckoned and (
            self.holds_until is None or self.holds_until > day
        )

    @property
    def is_behind(self) -> bool:
        """Whether help may be welcome today."""
        return self.behind_from is not None and self.behind_from <= today()

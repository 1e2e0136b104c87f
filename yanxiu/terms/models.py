"""Terms and days without school."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation


class Term(models.Model):
    """学期: one semester of an organisation and of all below it that have none of their own."""

    SOURCE_KIND: ClassVar[str] = "terms.term"

    class Half(models.IntegerChoices):
        FIRST = 1, _("第一学期")
        SECOND = 2, _("第二学期")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="terms")
    school_year = models.PositiveSmallIntegerField(_("学年开始的年份"))
    half = models.PositiveSmallIntegerField(_("学期"), choices=Half.choices)
    starts_on = models.DateField(_("开学日期"))
    ends_on = models.DateField(_("结束日期（不含）"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "school_year", "half"], name="a term comes once a year"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="a term ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        years = {"first": self.school_year, "second": self.school_year + 1}
        return gettext("%(first)d—%(second)d学年%(half)s") % {
            **years,
            "half": self.get_half_display(),
        }

    @property
    def span(self) -> Span:
        """The days of the term."""
        return Span(self.starts_on, self.ends_on)


class DayOff(models.Model):
    """校历例外: days without school, or a make-up day on which another weekday is taught."""

    class Kind(models.TextChoices):
        OFF = "off", _("放假")
        MAKE_UP = "make_up", _("调休上课")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.OFF)
    name = models.CharField(_("名称"), max_length=40)
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(_("到（不含）"))
    taught_as = models.PositiveSmallIntegerField(_("按星期几上课"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="days off end after they start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def span(self) -> Span:
        """The days it covers."""
        return Span(self.starts_on, self.ends_on)

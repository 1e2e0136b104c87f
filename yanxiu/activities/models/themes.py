"""What is studied: themes from the school down to the group, and problems to be discussed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Session
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.terms.models import Term


class Theme(models.Model):
    """研究主题: what a school, or a group under the school's theme, studies over a term."""

    SOURCE_KIND: ClassVar[str] = "activities.theme"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    text = models.CharField(_("主题"), max_length=120)
    retired_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)

    class Meta:
        ordering = ["unit__kind__order", "unit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "term", "text"],
                condition=Q(retired_at=None),
                name="a theme is set once a term",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Problem(models.Model):
    """教学问题: something common, difficult or much discussed that a session takes up."""

    SOURCE_KIND: ClassVar[str] = "activities.problem"

    class Kind(models.TextChoices):
        COMMON = "common", _("共性问题")
        DIFFICULT = "difficult", _("难点问题")
        HOT = "hot", _("热点问题")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices, default=Kind.COMMON)
    text = models.CharField(_("问题"), max_length=200)
    raised_by = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="problems"
    )
    conclusion = models.TextField(_("结论"), blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-id"]

    def __str__(self) -> str:
        return self.text

"""The teaching schedule of a group: which topics a term has."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Unit
from yanxiu.terms.models import Term


class TeachingTopic(models.Model):
    """进度课题: one topic of the teaching schedule of a group in a term.

    It is prepared together once a shared plan of it is agreed, alone once somebody has an own
    plan of it, else it is open.
    """

    SOURCE_KIND: ClassVar[str] = "preparation.topic"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    term = models.ForeignKey(Term, on_delete=models.PROTECT)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    week = models.PositiveSmallIntegerField(_("第几周"), null=True, blank=True)
    textbook_unit = models.CharField(_("教材单元"), max_length=120, blank=True)
    title = models.CharField(_("课题"), max_length=120)
    periods = models.PositiveSmallIntegerField(_("课时数"), default=1)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["grade", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "term", "grade", "title"],
                name="a topic stands once in a schedule",
            ),
        ]

    def __str__(self) -> str:
        return self.title

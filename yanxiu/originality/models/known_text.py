"""What a school knows beforehand: texts that circulate, and texts that all may quote."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation, Teacher


class KnownText(models.Model):
    """范本引文: a template text that circulates, or a quotation that everybody may use."""

    SOURCE_KIND: ClassVar[str] = "originality.known_text"

    class Sort(models.TextChoices):
        TEMPLATE = "template", _("流传的范文、模板")
        QUOTATION = "quotation", _("可以引用的文字")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    sort = models.CharField(_("这是什么"), max_length=10, choices=Sort.choices)
    title = models.CharField(_("名称"), max_length=120)
    origin = models.CharField(_("出处"), max_length=200, blank=True, default="")
    text = models.TextField(_("全文"))
    by = models.ForeignKey(Teacher, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title


class AreaComparison(models.Model):
    """区域核对: that the schools below an organisation may be compared with each other."""

    SOURCE_KIND: ClassVar[str] = "originality.area_comparison"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE)
    by = models.ForeignKey(Teacher, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation}"

"""Content tags: what an activity is about, by several classifications at once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models.activity import Activity, Session
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Organisation
from yanxiu.people.models.organisation import Dated


class Classification(models.Model):
    """分类角度: one way of telling contents apart: matter, kind of knowledge, competence."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="a classification is named once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """内容标签: one content, theme or skill; a campaign has dates and stays searchable afterwards.

    `record_theme` is the word by which a scheme knows the theme, where it counts by themes.
    """

    SOURCE_KIND: ClassVar[str] = "activities.tag"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, related_name="tags"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=40)
    record_theme = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField(_("启用日期"))
    ends_on = models.DateField(_("停用日期（当天起不再用）"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        ordering = ["classification__order", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "classification", "parent", "name"],
                condition=Q(ends_on=None),
                name="a tag in use is named once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="a tag ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """贴标签: an activity, or one of its sessions alone, is about what the tag says."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="taggings")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="taggings"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "activity"],
                condition=Q(session=None),
                name="an activity has a tag once",
            ),
            models.UniqueConstraint(
                fields=["tag", "session"],
                condition=~Q(session=None),
                name="a session has a tag once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} {self.activity_id}"

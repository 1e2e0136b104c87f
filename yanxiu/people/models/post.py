"""Posts and the roles that give them rights."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.coded import NamedByCode
from yanxiu.people.models.organisation import Dated, Organisation


class Role(NamedByCode, models.Model):
    """岗位类别: principal, research office, teacher …, with the rights its posts carry.

    One without organisation is shipped and offered to all; another is offered in its organisation
    and below. `leading` marks the posts of leaders (干部), whose part in activities is counted; it
    is None until the shipped value has been laid.
    """

    SOURCE_KIND: ClassVar[str] = "people.role"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    rights = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("职责"), blank=True, default="")
    leading = models.BooleanField(_("干部岗位"), null=True, default=None)
    retired = models.BooleanField(_("已停用"), default=False)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """任职: one teacher in one organisation in one role, over a time.

    The job number stands on the post, because it is the school that gives it.
    """

    SOURCE_KIND: ClassVar[str] = "people.post"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    teacher = models.ForeignKey("people.Teacher", on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    title = models.CharField(_("职务"), max_length=40, blank=True)
    job_number = models.CharField(_("工号"), max_length=20, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "job_number"],
                condition=Q(ends_on=None) & ~Q(job_number=""),
                name="a job number belongs to one teacher of a school",
            ),
            models.UniqueConstraint(
                fields=["teacher", "organisation", "role"],
                condition=Q(ends_on=None),
                name="a teacher holds a role in an organisation once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="a post ends after it starts",
            ),
        ]
        indexes = [models.Index(fields=["job_number"], name="people_post_by_job_number")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.role_id} {self.organisation_id}"

"""Rights given to somebody else for the days one is away."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yanxiu.audit.kept import Slot
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Dated, held_on
from yanxiu.people.models.post import Post


class Delegation(models.Model):
    """代理: a post holder gives chosen rights of one post to another teacher for some days.

    It counts only while the post itself is held and still carries the right: what ends with the
    post ends for the deputy too. Nobody can give on what came by a delegation, because only a
    post can be given from.
    """

    SOURCE_KIND: ClassVar[str] = "people.delegation"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(
        "people.Teacher", on_delete=models.PROTECT, related_name="delegations"
    )
    rights = models.JSONField(default=list)
    reason = models.CharField(_("原因"), max_length=100)
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("哪天起收回"))
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=40, blank=True, default="")

    objects: ClassVar[Any] = Dated.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="a delegation ends after it starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} to {self.deputy_id}"

    @property
    def last_day(self) -> date:
        """The last day on which the deputy holds the rights."""
        return date.fromordinal(self.ends_on.toordinal() - 1)


def in_force(day: date | Slot, prefix: str = "") -> Q:
    """Return the condition that a delegation, reached by `prefix`, counts on `day`.

    That the post is still held is the caller's to add.
    """
    return held_on(day, prefix) & Q(**{f"{prefix}revoked_at": None})

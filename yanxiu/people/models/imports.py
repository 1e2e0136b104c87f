"""Roster imports, each a batch that can be looked at and undone as a whole."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.kernel.uids import new_uid
from yanxiu.people.models.organisation import Organisation


class RosterImport(models.Model):
    """花名册导入: one staff list, as read, compared and (once confirmed) applied.

    `rows` holds one object per row of the list: where it stood, the person as read, what would
    change, the problems; after applying also what was there before, so that the batch can be
    undone. The file itself is not kept: it holds more than the school has a purpose for.
    """

    SOURCE_KIND: ClassVar[str] = "people.roster_import"

    class State(models.TextChoices):
        READ = "read", _("待确认")
        APPLIED = "applied", _("已导入")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    rows = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True, blank=True)
    made_by_name = models.CharField(max_length=40, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name
